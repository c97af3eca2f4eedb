"""All tables of the survey room, gathered for Django from the subjects that own them."""

from .collection.models import Begun, Held, HeldText, Pooled, Sealed, TextAnswer, ToClean
from .fieldwork.models import ClassSession, Wave, WaveSchool, WaveVersion
from .questionnaire.models import (
    GridRow,
    Option,
    Question,
    Questionnaire,
    Section,
    Survey,
    Topic,
    Version,
    VersionComment,
    Wording,
)
from .release.models import LedgerEntry, Release, ReleaseCell, ReleaseTruth, YoungAdvisorWords
from .response.models import Finding, Response, ResultsDecision
from .texts.models import TextDecision, Theme

__all__ = [
    "Begun",
    "ClassSession",
    "Finding",
    "GridRow",
    "Held",
    "HeldText",
    "LedgerEntry",
    "Option",
    "Pooled",
    "Question",
    "Questionnaire",
    "Release",
    "ReleaseCell",
    "ReleaseTruth",
    "Response",
    "ResultsDecision",
    "Sealed",
    "Section",
    "Survey",
    "TextAnswer",
    "TextDecision",
    "Theme",
    "ToClean",
    "Topic",
    "Version",
    "VersionComment",
    "Wave",
    "WaveSchool",
    "WaveVersion",
    "Wording",
    "YoungAdvisorWords",
]
