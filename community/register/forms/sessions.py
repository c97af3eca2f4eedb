"""When it happens: every week on one or more days, or on single dates."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from foundation.forms.widgets import DateParts

from ..enums import Season, Weekday
from ..models import Activity, Session, Setting, Venue
from .base import RecordForm, TextForm

WEEK = "week"
MOST_DATES = 30
EMPTY_BOXES = 4
STARTS, ENDS = _("Type when it starts, such as 16:00"), _("Type when it ends, such as 17:30")
_TIME = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$", re.IGNORECASE)


class ClockField(forms.TimeField):
    """A time as people type it: 16:00, 4pm, 4.30 pm."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "govuk-input--width-10"})
    default_error_messages = {
        "required": _("Type a time, such as 16:00"),
        "invalid": _("That is not a time of the day. Type it like 16:00 or 4pm."),
    }

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str) and (match := _TIME.match(value.strip())):
            hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
            if half and not 1 <= hour <= 12:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
            if half:
                hour = hour % 12 + (12 if half == "pm" else 0)
            value = f"{hour:02}:{minute:02}"
        return super().to_python(value)


class DatesWidget(forms.Widget):
    """As many date boxes as there are dates, and a few more."""

    template_name = "community/register/widgets/dates.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = [str(each) for each in value or [] if each]
        context["widget"]["boxes"] = (given + [""] * EMPTY_BOXES)[:MOST_DATES]
        return context

    def format_value(self, value: Any) -> Any:
        return value

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [str(each).strip()[:20] for each in values if str(each).strip()]

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_0" if id_ else id_


class DatesField(forms.Field):
    """Single dates, each once, in order, as ISO text."""

    widget = DatesWidget
    default_error_messages = {
        "required": _("Type at least one date"),
        "invalid": _("“%(typed)s” is not a date. Type it like 14/2/2027."),
        "too_many": _("That is more than %(most)d dates. Add the rest as another session."),
    }

    def to_python(self, value: Any) -> list[str]:
        found = set()
        for typed in value or []:
            day = _as_date(typed)
            if day is None:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid", params={"typed": typed})
            found.add(day.isoformat())
        if len(found) > MOST_DATES:
            raise forms.ValidationError(self.error_messages["too_many"], code="too_many", params={"most": MOST_DATES})
        return sorted(found)


def _as_date(typed: str) -> date | None:
    if match := re.match(r"^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$", typed):
        day, month, year = (int(part) for part in match.groups())
    elif match := re.match(r"^(\d{4})-(\d{1,2})-(\d{1,2})$", typed):
        year, month, day = (int(part) for part in match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


class _SessionChecks:
    """What a new and a changed session have in common."""

    setting: Setting
    cleaned_data: dict[str, Any]

    def check_times(self) -> None:
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error(  # type: ignore[attr-defined]
                "ends",
                _now("It ends at %(ends)s, before or when it starts (%(starts)s). Please check both times.")
                % {"ends": ends.strftime("%H:%M"), "starts": starts.strftime("%H:%M")},
            )
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _now("The last day is before the first day."))  # type: ignore[attr-defined]

    def check_dates(self, *, known: list[str]) -> None:
        today = timezone.localdate().isoformat()
        late = (timezone.localdate().replace(day=1, year=timezone.localdate().year + 3)).isoformat()
        for day in self.cleaned_data.get("dates") or []:
            words = date_format(date.fromisoformat(day), "j F Y")
            if day < today and day not in known:
                self.add_error("dates", _now("%(day)s is in the past.") % {"day": words})  # type: ignore[attr-defined]
            if day > late:
                self.add_error("dates", _now("%(day)s is too far away. Please check the year.") % {"day": words})  # type: ignore[attr-defined]

    def twins(self, *, weekday: int | None, dates: list[str]) -> list[Session]:
        """Sessions of this record that say the same thing."""
        said = self.cleaned_data
        same = Session.objects.filter(
            activity=said["activity"], venue=said["venue"], starts=said["starts"], ends=said["ends"], weekday=weekday
        )
        if weekday is None:
            return [session for session in same if set(session.dates) & set(dates)]
        return [
            session
            for session in same.filter(season=said["season"])
            if _overlap(said.get("valid_from"), said.get("valid_to"), session.valid_from, session.valid_to)
        ]


def _overlap(first: date | None, last: date | None, other_first: date | None, other_last: date | None) -> bool:
    begins = max(first or date.min, other_first or date.min)
    return begins <= min(last or date.max, other_last or date.max)


DUPLICATE = _("You have told us about this one already: %(session)s.")


class NewSessionForm(_SessionChecks, TextForm):
    """What both ways of adding a session ask."""

    seldom: tuple[str, ...] = ()
    """Asked below the rest, and closed: most classes go on from term to term."""

    activity = forms.ModelChoiceField(
        queryset=Activity.objects.none(), label=_("Which activity?"), widget=forms.RadioSelect, empty_label=None,
        error_messages={"required": _("Choose an activity")},
    )  # fmt: skip
    venue = forms.ModelChoiceField(
        queryset=Venue.objects.none(), label=_("Where?"), widget=forms.RadioSelect, empty_label=None,
        error_messages={"required": _("Choose a place")},
    )  # fmt: skip
    starts = ClockField(label=_("Starts at"), error_messages={"required": STARTS})
    ends = ClockField(label=_("Ends at"), error_messages={"required": ENDS})

    def __init__(
        self, data: Any = None, *args: Any, setting: Setting, like: Session | None = None, **kwargs: Any
    ) -> None:
        if like is not None:  # times and place of the one before; the day is another
            names = ("activity", "venue", "starts", "ends", "season", "valid_from", "valid_to")
            kwargs["initial"] = {name: getattr(like, name) for name in names}
        super().__init__(data, *args, **kwargs)
        self.setting = setting
        for name, rows in (("activity", setting.activities.all()), ("venue", setting.venues.all())):
            field = self.fields[name]
            field.queryset = rows  # type: ignore[attr-defined]
            if rows.count() == 1:  # nothing is asked that can only have one answer
                field.initial = rows[0].pk
                field.widget = forms.HiddenInput()

    @property
    def says_seldom(self) -> bool:
        """Whether the part that is closed at first holds something to be seen."""
        return any(self[name].errors or self[name].value() for name in self.seldom)


class WeeklyForm(NewSessionForm):
    """Every week, on one day or more."""

    seldom = ("valid_from", "valid_to")

    days = forms.MultipleChoiceField(
        label=_("On which days?"), choices=[(WEEK, _("Monday to Friday")), *Weekday.choices],
        widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose at least one day")},
    )  # fmt: skip
    season = forms.ChoiceField(
        label=_("When in the year?"), choices=Season.choices, widget=forms.RadioSelect, initial=Season.TERM
    )
    valid_from = forms.DateField(
        label=_("First day, if it has not begun yet (optional)"), required=False, widget=DateParts,
        error_messages={"invalid": _("That first day is not a date. Type it like 5 9 2027.")},
    )  # fmt: skip
    valid_to = forms.DateField(
        label=_("Last day, if it will end (optional)"), required=False, widget=DateParts,
        error_messages={"invalid": _("That last day is not a date. Type it like 20 7 2027.")},
    )  # fmt: skip
    field_order = ["activity", "venue", "days", "starts", "ends", "season", "valid_from", "valid_to"]

    def clean_days(self) -> list[int]:
        chosen = self.cleaned_data["days"]
        days = {int(day) for day in chosen if day != WEEK}
        return sorted(days | set(range(5))) if WEEK in chosen else sorted(days)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.check_times()
        if not self.errors:
            for day in cleaned["days"]:
                for twin in self.twins(weekday=day, dates=[]):
                    self.add_error("days", DUPLICATE % {"session": twin})
        return cleaned

    def sessions(self) -> list[Session]:
        """What is to be added, one a day."""
        said = self.cleaned_data
        shared = {
            name: said[name] for name in ("activity", "venue", "starts", "ends", "season", "valid_from", "valid_to")
        }
        return [Session(weekday=day, **shared) for day in said["days"]]


class DatesForm(NewSessionForm):
    """On single dates, such as a holiday club."""

    dates = DatesField(label=_("On which dates?"), help_text=_("If you need more boxes, save, and come back."))
    season = forms.ChoiceField(
        label=_("When in the year?"), choices=Season.choices, widget=forms.RadioSelect, initial=Season.HOLIDAY
    )
    field_order = ["activity", "venue", "dates", "starts", "ends", "season"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.check_times()
        self.check_dates(known=[])
        if not self.errors:
            for twin in self.twins(weekday=None, dates=cleaned["dates"]):
                self.add_error("dates", DUPLICATE % {"session": twin})
        return cleaned

    def sessions(self) -> list[Session]:
        """What is to be added: one session with its dates."""
        said = self.cleaned_data
        shared = {name: said[name] for name in ("activity", "venue", "starts", "ends", "season", "dates")}
        return [Session(**shared)]


class SessionForm(_SessionChecks, RecordForm):
    """Change one session."""

    venue = forms.ModelChoiceField(
        queryset=Venue.objects.none(), label=_("Where?"), widget=forms.RadioSelect, empty_label=None
    )
    weekday = forms.TypedChoiceField(label=_("Day"), choices=Weekday.choices, coerce=int, widget=forms.RadioSelect)
    dates = DatesField(label=_("On which dates?"))
    starts = ClockField(label=_("Starts at"), error_messages={"required": STARTS})
    ends = ClockField(label=_("Ends at"), error_messages={"required": ENDS})
    season = forms.ChoiceField(label=_("When in the year?"), choices=Season.choices, widget=forms.RadioSelect)
    valid_from = forms.DateField(label=_("First day (optional)"), required=False, widget=DateParts)
    valid_to = forms.DateField(label=_("Last day (optional)"), required=False, widget=DateParts)

    class Meta:
        model = Session
        fields = ["venue", "weekday", "dates", "starts", "ends", "season", "valid_from", "valid_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = Venue.objects.filter(setting=self.instance.activity.setting_id)  # type: ignore[attr-defined]
        for name in ("dates",) if self.instance.weekday is not None else ("weekday", "valid_from", "valid_to"):
            del self.fields[name]
        self.known_dates = list(self.instance.dates)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.check_times()
        self.check_dates(known=self.known_dates)
        cleaned["activity"] = self.instance.activity
        if not self.errors:
            others = self.twins(weekday=cleaned.get("weekday"), dates=cleaned.get("dates") or [])
            for twin in others:
                if twin.pk != self.instance.pk:
                    self.add_error("starts", DUPLICATE % {"session": twin})
        return cleaned
