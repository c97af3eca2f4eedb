"""All tables of the survey room, gathered for Django from the subjects that own them."""

from .collection.models import Held, HeldText, Pooled, Sealed, TextAnswer
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

__all__ = [
    "ClassSession",
    "GridRow",
    "Held",
    "HeldText",
    "Option",
    "Pooled",
    "Question",
    "Questionnaire",
    "Sealed",
    "Section",
    "Survey",
    "TextAnswer",
    "Topic",
    "Version",
    "VersionComment",
    "Wave",
    "WaveSchool",
    "WaveVersion",
    "Wording",
]
