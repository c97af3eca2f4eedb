"""Closed lists of the register. Values go into snapshots and the open data, so they do not change."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class SettingState(TextChoices):
    """Where a record stands; what leads from one to the next is in `moderation.states`."""

    KNOWN = "known", _("Known to the partnership")
    DRAFT = "draft", _("Being filled in")
    SUBMITTED = "submitted", _("Sent, waiting for the partnership")
    IN_REVIEW = "in_review", _("Being checked")
    CHANGES_REQUESTED = "changes_requested", _("Sent back with questions")
    LISTED = "listed", _("Listed")
    HIDDEN = "hidden", _("Hidden by the setting")
    LAPSED = "lapsed", _("Not confirmed in time")
    SUSPENDED = "suspended", _("Taken down by the partnership")
    REMOVED = "removed", _("Removed")
    ARCHIVED = "archived", _("Closed")
    DECLINED = "declined", _("Not listed")
    OUT_OF_SCOPE = "out_of_scope", _("Not an out-of-school setting")


OVER = (SettingState.ARCHIVED, SettingState.REMOVED, SettingState.DECLINED, SettingState.OUT_OF_SCOPE)
"""Where nothing goes on, unless the partnership opens it again."""


class SettingType(TextChoices):
    TUITION = "tuition", _("Tuition")
    SUPPLEMENTARY = "supplementary", _("Supplementary school")
    LANGUAGE = "language", _("Language or culture")
    FAITH = "faith", _("Faith class")
    SPORT = "sport", _("Sport")
    ARTS = "arts", _("Arts, drama or dance")
    MUSIC = "music", _("Music")
    UNIFORMED = "uniformed", _("Uniformed group")
    YOUTH_CLUB = "youth-club", _("Youth club")
    HOLIDAY = "holiday", _("Holiday club")
    AFTER_SCHOOL = "after-school", _("After-school club")
    OTHER = "other", _("Something else")


class LegalForm(TextChoices):
    CHARITY = "charity", _("Charity")
    COMPANY = "company", _("Company")
    CIC = "cic", _("Community interest company")
    ASSOCIATION = "association", _("Club or association with a committee")
    FAITH_BODY = "faith-body", _("Part of a faith organisation")
    SCHOOL = "school", _("Run by a school")
    SOLE_TRADER = "sole-trader", _("One person who works for themselves")
    OTHER = "other", _("Something else")


class OfstedRegister(TextChoices):
    NONE = "none", _("Not registered with Ofsted")
    EXEMPT = "exempt", _("Does not need to register")
    EARLY_YEARS = "eyr", _("Early Years Register")
    COMPULSORY = "ccr-compulsory", _("Childcare Register, compulsory part")
    VOLUNTARY = "ccr-voluntary", _("Childcare Register, voluntary part")


class Size(TextChoices):
    """Sizes of the Department for Education's guide for parents: counted by staff and volunteers together."""

    LONE = "lone", _("One person")
    SMALL = "small", _("Two to four people")
    LARGE = "large", _("Five people or more")


class Who(TextChoices):
    ALL = "all", _("Everybody")
    GIRLS = "girls", _("Girls")
    BOYS = "boys", _("Boys")


class Season(TextChoices):
    TERM = "term", _("Term time")
    HOLIDAY = "holiday", _("School holidays")
    ALL_YEAR = "all-year", _("All year")


class Mode(TextChoices):
    GROUP = "group", _("In a group")
    ONE_TO_ONE = "one-to-one", _("One to one")
    ONLINE = "online", _("Online")


class CostType(TextChoices):
    FREE = "free", _("Free")
    PAID = "paid", _("Paid")
    DONATION = "donation", _("By donation")


class CostUnit(TextChoices):
    SESSION = "session", _("a session")
    HOUR = "hour", _("an hour")
    WEEK = "week", _("a week")
    TERM = "term", _("a term")
    YEAR = "year", _("a year")
    COURSE = "course", _("for the whole course")


class Places(TextChoices):
    YES = "yes", _("Places free")
    WAITING = "waiting", _("Waiting list")
    NO = "no", _("Full")
    ASK = "ask", _("Ask us")


class VenueKind(TextChoices):
    PUBLIC = "public", _("Community building, library or leisure centre")
    SCHOOL = "school", _("School")
    FAITH = "faith", _("Place of worship")
    OUTDOOR = "outdoor", _("Park or outdoors")
    HOME = "home", _("Somebody's home")
    ONLINE = "online", _("Online")


class Weekday(IntegerChoices):
    """As `datetime.date.weekday()` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class ContactRole(TextChoices):
    LEAD = "dsl", _("Designated safeguarding lead")
    DEPUTY = "deputy", _("Deputy safeguarding lead")
    RESPONSIBLE = "responsible", _("Person responsible for the setting")


class MembershipRole(TextChoices):
    OWNER = "owner", _("Owner: can change everything and invite others")
    EDITOR = "editor", _("Editor: can change the record")
