"""The pages of a record, in the order in which they are asked. One thing a page; one form a page."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .forms import about, activities, people, sessions, venues
from .forms.base import RecordForm
from .models import Activity, SafeguardingContact, Session, Venue

READ_FIRST = _("Once you are listed, we read changes on this page before parents see them.")


@dataclass(frozen=True)
class Page:
    """One form. `shows`: what happens to changes on a listed record. `can_wait`: a first listing does without it."""

    key: str
    section: str
    title: Promise
    form: type[RecordForm]
    intro: Promise | str = ""
    shows: Promise | str = READ_FIRST
    can_wait: bool = False


AT_ONCE = _("Once you are listed, changes on this page show at once.")
IN_PART = _("Once you are listed, whether there are places shows at once. We read your own words first.")
NOT_PUBLIC = _("This is not public. We get the change at once.")

SETTING_PAGES: dict[str, Page] = {
    page.key: page
    for page in (
        Page("name", "about", _("Name and kind"), about.NameForm),
        Page("words", "about", _("In your words"), about.WordsForm),
        Page("runs", "about", _("Who runs it"), about.RunsForm),
        Page("more", "about", _("Numbers, year and faith"), about.MoreForm, can_wait=True),
        Page("ofsted", "about", _("Ofsted"), about.OfstedForm, can_wait=True),
        Page("languages", "access", _("Languages"), about.LanguagesForm),
        Page("send", "access", _("Special educational needs and disability (SEND)"), about.SendForm, can_wait=True),
        Page(
            "contact", "contacts", _("How parents reach you"), about.ContactForm,
            _("All of this is public. Leave out what you do not want parents to see."),
        ),
        Page("notice", "notice", _("Notice"), about.NoticeForm),
    )
}  # fmt: skip


@dataclass(frozen=True)
class PartKind:
    """Things of which a record has several."""

    key: str
    section: str
    model: Any
    title: Promise
    one: Promise
    add: Promise
    pages: dict[str, Page]
    intro: Promise | str = ""
    is_restricted: bool = False
    removal: Promise | str = ""
    """What else goes when one is removed."""
    another: Promise | str = ""
    """What the button says that saves one and begins the next; empty where most have one alone."""

    @property
    def first_page(self) -> Page:
        return next(iter(self.pages.values()))


def _pages(*pages: Page) -> dict[str, Page]:
    return {page.key: page for page in pages}


PART_KINDS: dict[str, PartKind] = {
    kind.key: kind
    for kind in (
        PartKind(
            "activities", "activities", Activity, _("Activities"), _("activity"), _("Add an activity"),
            _pages(
                Page("basics", "activities", _("The activity"), activities.ActivityForm),
                Page("cost", "costs", _("What it costs"), activities.CostForm, shows=AT_ONCE),
                Page("how", "activities", _("How it is run"), activities.HowForm, can_wait=True),
                Page("booking", "costs", _("Getting a place"), activities.BookingForm, shows=IN_PART, can_wait=True),
            ),
            intro=_("One for each thing that has its own ages, times or price."),
            removal=_("Its sessions go with it."),
            another=_("Save and add another activity"),
        ),
        PartKind(
            "venues", "venues", Venue, _("Places"), _("place"), _("Add a place"),
            _pages(
                Page("place", "venues", _("The place"), venues.VenueForm,
                     shows=_("A new place or address is checked by us before parents see it.")),
                Page("access", "access", _("Finding it and getting in"), venues.VenueAccessForm, can_wait=True),
            ),
            intro=_("Where children come to."),
            another=_("Save and add another place"),
        ),
        PartKind(
            "sessions", "sessions", Session, _("Sessions"), _("session"), _("Add sessions"),
            _pages(Page("time", "sessions", _("The session"), sessions.SessionForm, shows=AT_ONCE)),
            intro=_("When and where each activity happens. Changes of times show at once, even on a listed record."),
        ),
        PartKind(
            "safeguarding", "safeguarding", SafeguardingContact, _("Safeguarding contact"), _("contact"),
            _("Add a contact"),
            _pages(
                Page("contact", "safeguarding", _("Safeguarding contact"), people.SafeguardingForm, shows=NOT_PUBLIC),
                Page("training", "safeguarding", _("Training"), people.TrainingForm, shows=NOT_PUBLIC, can_wait=True),
            ),
            intro=_("Whom the partnership calls about a child. Parents never see a name or a number."),
            is_restricted=True,
        ),
    )
}  # fmt: skip

TASKS = (
    ("about", _("About the setting"), "name", ""),
    ("activities", _("Activities"), "", "activities"),
    ("venues", _("Places"), "", "venues"),
    ("sessions", _("Sessions: days and times"), "", "sessions"),
    ("costs", _("Costs and places"), "", "costs"),
    ("access", _("Languages, SEND and access"), "languages", ""),
    ("contacts", _("Contacts that parents see"), "contact", ""),
    ("safeguarding", _("Safeguarding contact (private)"), "", "safeguarding"),
)
"""Section, its name, and where it begins: a page of the setting, or a list."""


def pages_of(section: str) -> list[Page]:
    """The setting's own pages of a section, in order."""
    return [page for page in SETTING_PAGES.values() if page.section == section]


def page_after(page: Page, *, is_first: bool = False) -> Page | None:
    """The next page of the same section; in a first registration the next one that cannot wait."""
    return _after(page, pages_of(page.section), is_first)


def part_page_after(kind: PartKind, page: Page, *, is_first: bool = False) -> Page | None:
    """The next page about the same part; in a first registration the next one that cannot wait."""
    return _after(page, list(kind.pages.values()), is_first)


def _after(page: Page, pages: list[Page], is_first: bool) -> Page | None:
    later = pages[pages.index(page) + 1 :]
    return next((each for each in later if not (is_first and each.can_wait)), None)
