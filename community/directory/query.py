"""A search as its address says it: what was asked, what could not be understood, and the address of its relatives."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ..places.near import NotAPostcode, Point, UnknownPostcode, example_district, point_of
from ..places.table import REACH_KM
from ..register.enums import SettingType, Weekday
from .options import Options

OLDEST = 25
DEFAULT_WITHIN = "1600"
WITHIN = [
    ("800", _("½ mile (800 metres)")),
    ("1600", _("1 mile (1,600 metres)")),
    ("3200", _("2 miles (3,200 metres)")),
    ("8000", _("5 miles (8,000 metres)")),
]
TIMES = [
    ("morning", _("Morning (starts before 12 noon)")),
    ("afternoon", _("Afternoon (starts 12 noon to 5pm)")),
    ("evening", _("Evening (starts after 5pm)")),
]
COSTS = [
    ("free", _("Free")),
    ("donation", _("Free, or you give what you can")),
    ("reductions", _("Has reductions")),
    ("tax-free", _("Takes Tax-Free Childcare")),
    ("holiday-food", _("In the holiday activities and food programme")),
]
WHO = [
    ("girls", _("Open to girls")),
    ("boys", _("Open to boys")),
    ("girls-only", _("Girls only")),
    ("boys-only", _("Boys only")),
]
SEASONS = [("term", _("In term time")), ("holiday", _("In school holidays"))]
SORTS = [("distance", _("Nearest first")), ("name", _("By name"))]
_WEEKDAYS = [(str(value), label) for value, label in Weekday.choices]
_MANY = ("day", "type", "lang", "send", "access")


class SearchForm(forms.Form):
    """The fields of the search, each of which may be left empty. `area`: the partnership's, for the messages."""

    q = forms.CharField(label=_("What are you looking for?"), max_length=100)
    near = forms.CharField(label=_("Postcode, or its first half"), max_length=40)
    within = forms.ChoiceField(label=_("How far"), choices=[("", ""), *WITHIN])
    age = forms.IntegerField(label=_("Age of your child"), min_value=0, max_value=OLDEST)
    day = forms.MultipleChoiceField(label=_("Day"), choices=_WEEKDAYS)
    time = forms.ChoiceField(label=_("Time of day"), choices=[("", _("Any time")), *TIMES])
    cost = forms.ChoiceField(label=_("Cost"), choices=[("", _("Any cost")), *COSTS])
    season = forms.ChoiceField(label=_("Time of year"), choices=[("", _("All year")), *SEASONS])
    who = forms.ChoiceField(label=_("Girls and boys"), choices=[("", _("Anybody")), *WHO])
    type = forms.MultipleChoiceField(label=_("Kind of club"), choices=SettingType.choices)
    ward = forms.ChoiceField(label=_("Ward"))
    lang = forms.MultipleChoiceField(label=_("Language spoken"))
    send = forms.MultipleChoiceField(label=_("Support for SEND"))
    access = forms.MultipleChoiceField(label=_("Getting in and around"))
    award = forms.ChoiceField(label=_("Award"))
    stay = forms.BooleanField(label=_("Parents can stay"))
    sort = forms.ChoiceField(label=_("Order"), choices=[("", ""), *SORTS])

    def __init__(self, query: QueryDict, *, options: Options, area: str) -> None:
        super().__init__(query)
        self.area = area
        lists: dict[str, list[Any]] = {
            "ward": [("", _("All wards")), *options.wards],
            "award": [("", _("Any or none")), *options.awards],
            "lang": options.languages,
            "send": options.send,
            "access": options.access,
        }
        for name, choices in lists.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        for name, bound in self.fields.items():
            bound.required = False
            bound.error_messages.update(_errors_of(name))

    @property
    def error_summary(self) -> list[dict[str, str]]:
        """Every error with the id of its control."""
        return [{"text": str(text), "target": f"f-{name}"} for name, texts in self.errors.items() for text in texts]

    def clean_near(self) -> Point | None:
        """The point; the postcode itself goes nowhere but into the query that finds it."""
        typed = self.cleaned_data["near"]
        if not typed:
            return None
        try:
            return point_of(typed)
        except NotAPostcode as error:
            example = example_district()
            raise forms.ValidationError(
                _("Type a postcode, or just its first half%(example)s."),
                params={"example": _(", such as %(district)s") % {"district": example} if example else ""},
            ) from error
        except UnknownPostcode as error:
            example = example_district()
            raise forms.ValidationError(
                _("We only know postcodes in and within %(km)d km of %(area)s. Try the first half%(example)s."),
                params={
                    "km": REACH_KM,
                    "area": self.area,
                    "example": f" ({error.outward or example})" if error.outward or example else "",
                },
            ) from error


def _errors_of(name: str) -> dict[str, Any]:
    age = _("Type an age in years, from 0 to %(oldest)d, in numbers.") % {"oldest": OLDEST}
    errors: dict[str, Any] = {"invalid_choice": _("We do not know this choice. Choose one of the list.")}
    if name == "age":
        errors |= {"invalid": age, "min_value": age, "max_value": age}
    if name in {"q", "near"}:
        errors["max_length"] = _("Use a few words only, %(limit_value)d letters at the most.")
    return errors


@dataclass(frozen=True)
class Search:
    """What is asked, understood. Groups are joined by "and"; so are the choices of SEND and access, which are needs;
    the choices of the other groups are joined by "or"."""

    words: str = ""
    near: Point | None = None
    within: int | None = None
    age: int | None = None
    days: tuple[int, ...] = ()
    time: str = ""
    cost: str = ""
    season: str = ""
    who: str = ""
    types: tuple[str, ...] = ()
    ward: str = ""
    languages: tuple[str, ...] = ()
    send: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    award: str = ""
    stay: bool = False
    sort: str = "name"
    faults: frozenset[str] = frozenset()
    """Names of the fields that were left out because they could not be understood."""

    @property
    def asks_of_sessions(self) -> bool:
        """Whether one and the same session has to fit."""
        return bool(
            self.near or self.age is not None or self.days or self.time or self.season or self.who or self.ward
        ) or self.cost == "free"  # fmt: skip


def read(form: SearchForm) -> Search:
    """The search of a form; a field with a fault counts as left empty, and is named in `faults`."""
    form.full_clean()
    given = form.cleaned_data
    near: Point | None = given.get("near")
    within = given.get("within") or ("" if near is None or near.is_district else DEFAULT_WITHIN)
    return Search(
        words=given.get("q") or "",
        near=near,
        within=int(within) if near is not None and within else None,
        age=given.get("age"),
        days=tuple(sorted(int(day) for day in given.get("day") or ())),
        time=given.get("time") or "",
        cost=given.get("cost") or "",
        season=given.get("season") or "",
        who=given.get("who") or "",
        types=tuple(given.get("type") or ()),
        ward=given.get("ward") or "",
        languages=tuple(given.get("lang") or ()),
        send=tuple(given.get("send") or ()),
        access=tuple(given.get("access") or ()),
        award=given.get("award") or "",
        stay=bool(given.get("stay")),
        sort=(given.get("sort") or "distance") if near is not None else "name",
        faults=frozenset(form.errors),
    )


def address(query: QueryDict, *, drop: dict[str, str | None] | None = None, put: dict[str, str] | None = None) -> str:
    """The query string without some parameters (or one value of a parameter), or with others; always from page 1."""
    changed = query.copy()
    changed.pop("page", None)
    for name, value in (drop or {}).items():
        values = [] if value is None else [each for each in changed.getlist(name) if each != value]
        changed.setlist(name, values)
    for name, value in (put or {}).items():
        changed[name] = value
    pairs = [(name, value) for name, values in changed.lists() for value in values if value]
    tidy = QueryDict(mutable=True)
    for name, value in pairs:
        tidy.appendlist(name, value)
    return tidy.urlencode(safe=",")
