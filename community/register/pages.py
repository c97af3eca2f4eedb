"""The pages of a record, in the order in which they are asked. One thing a page; one form a page."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .forms import about, activities, people, sessions, venues
from .forms.base import RecordForm
from .models import Activity, SafeguardingContact, Session, Venue

READ_FIRST = _("Once you are listed, we read changes on this page before parents see them.")


@dataclass(frozen=True)
class Page:
    """One form. `shows`: what happens to changes on a listed record."""

    key: str
    section: str
    title: Promise
    form: type[RecordForm]
    intro: Promise | str = ""
    shows: Promise | str = READ_FIRST


AT_ONCE = _("Once you are listed, changes on this page show at once.")
IN_PART = _("Once you are listed, the price and its unit show at once. We read your own words first.")

SETTING_PAGES: dict[str, Page] = {
    page.key: page
    for page in (
        Page("name", "about", _("Name and kind"), about.NameForm),
        Page("words", "about", _("In your words"), about.WordsForm),
        Page("runs", "about", _("Who runs it"), about.RunsForm),
        Page("people", "about", _("People"), about.PeopleForm),
        Page("ofsted", "about", _("Ofsted"), about.OfstedForm),
        Page("languages", "access", _("Languages"), about.LanguagesForm),
        Page("send", "access", _("Special educational needs and disability (SEND)"), about.SendForm),
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
    first: str = field(default="")

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
                Page("how", "activities", _("How it is run"), activities.HowForm),
                Page("cost", "costs", _("What it costs"), activities.CostForm, shows=IN_PART),
                Page(
                    "booking", "costs", _("Getting a place"), activities.BookingForm,
                    shows=_("Once you are listed, whether there are places shows at once. We read your own words first."),
                ),
            ),
            intro=_("One for each thing that has its own ages, times or price."),
            removal=_("Its sessions go with it."),
        ),
        PartKind(
            "venues", "venues", Venue, _("Places"), _("place"), _("Add a place"),
            _pages(
                Page("place", "venues", _("The place"), venues.VenueForm,
                     shows=_("A new place or address is checked by us before parents see it.")),
                Page("access", "access", _("Getting in"), venues.VenueAccessForm),
            ),
            intro=_("Where children come to."),
        ),
        PartKind(
            "sessions", "sessions", Session, _("Sessions"), _("session"), _("Add sessions"),
            _pages(Page("time", "sessions", _("The session"), sessions.SessionForm, shows=AT_ONCE)),
            intro=_("When and where each activity happens. Changes of times show at once, even on a listed record."),
        ),
        PartKind(
            "safeguarding", "safeguarding", SafeguardingContact, _("Safeguarding contact"), _("contact"),
            _("Add a contact"),
            _pages(Page("contact", "safeguarding", _("Safeguarding contact"), people.SafeguardingForm,
                        shows=_("This is not public. We get the change at once."))),
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


def page_after(page: Page) -> Page | None:
    """The next page of the same section."""
    section = pages_of(page.section)
    place = section.index(page)
    return section[place + 1] if place + 1 < len(section) else None


def part_page_after(kind: PartKind, page: Page) -> Page | None:
    """The next page about the same part."""
    pages = list(kind.pages.values())
    place = pages.index(page)
    return pages[place + 1] if place + 1 < len(pages) else None
