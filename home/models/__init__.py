"""The pages of the public site and what sorts them."""

from .audiences import Attachment, AudiencePage, ResourcePage
from .base import BasePage, ClassifiedPage
from .classification import Audience, Topic
from .contact import ContactPage
from .documents import DocumentFile, DocumentIndexPage, DocumentPage
from .events import EventIndexPage, EventPage
from .forms import FormPage, FormPageAnswer, FormPageField
from .glossary import GlossaryPage, GlossaryTerm
from .homepage import HomePage
from .information import InformationPage
from .news import NewsIndexPage, NewsPage
from .partnership import PartnershipPage, SubgroupPage
from .topics import TopicIndexPage, TopicPage
from .worried import HelplinesPage, WorriedPage, WorriedRoutePage

__all__ = [
    "Attachment",
    "Audience",
    "AudiencePage",
    "BasePage",
    "ClassifiedPage",
    "ContactPage",
    "DocumentFile",
    "DocumentIndexPage",
    "DocumentPage",
    "EventIndexPage",
    "EventPage",
    "FormPage",
    "FormPageAnswer",
    "FormPageField",
    "GlossaryPage",
    "GlossaryTerm",
    "HelplinesPage",
    "HomePage",
    "InformationPage",
    "NewsIndexPage",
    "NewsPage",
    "PartnershipPage",
    "ResourcePage",
    "SubgroupPage",
    "Topic",
    "TopicIndexPage",
    "TopicPage",
    "WorriedPage",
    "WorriedRoutePage",
]
