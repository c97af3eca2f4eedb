"""Activities, places, sessions and safeguarding contacts: their lists, adding, changing, removing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.audit import services as audit
from foundation.redirects import see_other

from ...errors import RegistryError
from ..enums import VenueKind
from ..forms.base import RecordForm
from ..forms.people import SafeguardingForm
from ..forms.sessions import DatesForm, NewSessionForm, WeeklyForm
from ..guide import is_first_way, next_url, place_of
from ..models import Activity, Postcode, SafeguardingContact, Session, Setting, Venue
from ..pages import PART_KINDS, Page, PartKind, part_page_after
from ..preview import preview
from ..services.records import add_part, remove_part
from .area import go, member, show, typed
from .record import after_save, save


@member
def parts(request: HttpRequest, setting: Setting, kind: str) -> HttpResponse:
    """What there is, and a button to add one."""
    about = PART_KINDS[kind]
    if about.is_restricted:
        _record_reading(request, setting)
    rows = [{"part": part, "text": _line(part)} for part in _of(setting, about)]
    needs = _needed_first(setting, about)
    full = about.model is SafeguardingContact and len(rows) >= 3
    return show(
        request, "parts.html", setting, kind=about, rows=rows, needs=needs, is_full=full,
        cards=preview(setting, about.section), first=about.first_page.key,
    )  # fmt: skip


@member
def costs(request: HttpRequest, setting: Setting) -> HttpResponse:
    """The activities, each with what it costs; straight to the page where there is one alone."""
    activities = list(setting.activities.all())
    if len(activities) == 1:
        return go("activities_edit", setting.pk, activities[0].pk, "cost")
    return show(request, "costs.html", setting, activities=activities, cards=preview(setting, "costs"))


@member
def access(request: HttpRequest, setting: Setting) -> HttpResponse:
    """The places, each with how easy it is to get in; straight to the page where there is one alone."""
    venues = [venue for venue in setting.venues.all() if venue.kind != VenueKind.ONLINE]
    if len(venues) == 1:
        return go("venues_edit", setting.pk, venues[0].pk, "access")
    return show(request, "access.html", setting, venues=venues, cards=preview(setting, "access"))


@member
def add(request: HttpRequest, setting: Setting, kind: str) -> HttpResponse:
    """A new activity, place or contact."""
    about = PART_KINDS[kind]
    page = about.first_page
    part = about.model(setting=setting)
    form = _form(about, page, typed(request), part)
    if request.method == "POST" and form.is_valid() and _try_add(request, setting, about, part, page, form):
        return _onward(request, setting, about, page, part)
    return _show_form(request, setting, about, page, form, part=None)


@member
def add_sessions(request: HttpRequest, setting: Setting, way: str) -> HttpResponse:
    """New sessions, every week or on single dates."""
    about = PART_KINDS["sessions"]
    if _needed_first(setting, about):
        return go("sessions", setting.pk)
    form_class: type[NewSessionForm] = DatesForm if way == "dates" else WeeklyForm
    form = form_class(typed(request), setting=setting, like=_like(request, setting))
    if request.method == "POST" and form.is_valid():
        try:
            sessions = form.sessions()  # type: ignore[attr-defined]
            for session in sessions:
                add_part(setting=setting, part=session, page="time", by=request.user)
        except RegistryError as error:
            form.add_error(None, str(error))
        else:
            after_save(request, setting)
            return _after_sessions(request, setting, way, sessions[-1])
    title = _("Sessions on single dates") if way == "dates" else _("Sessions every week")
    is_first = is_first_way(setting)
    return show(
        request, "add_sessions.html", setting, form=form, title=title, way=way, cards=preview(setting, "sessions"),
        is_first=is_first, place=place_of(setting, "sessions.time") if is_first else None,
        status=422 if form.has_errors else 200,
    )  # fmt: skip


def _after_sessions(request: HttpRequest, setting: Setting, way: str, last: Session) -> HttpResponse:
    if "another" in request.POST:  # the next one is much like this one
        return see_other(f"{reverse(f'community:sessions_add_{way}', args=[setting.pk])}?like={last.pk}")
    if is_first_way(setting) and "back" not in request.POST:
        return see_other(next_url(setting, after="sessions.time"))
    return go("setting" if is_first_way(setting) else "sessions", setting.pk)


@member
def edit(request: HttpRequest, setting: Setting, kind: str, part: str, page: str) -> HttpResponse:
    """One page about one activity, place, session or contact."""
    about = PART_KINDS[kind]
    if page not in about.pages:
        raise Http404
    current = about.pages[page]
    row = _find(setting, about, part)
    if row is None:
        return _removed_meanwhile(request, setting, about, current)
    if about.is_restricted and request.method != "POST":
        _record_reading(request, setting)
    form = _form(about, current, typed(request), row)
    clashes: list[dict[str, Any]] = []
    if request.method == "POST":
        saved, clashes = save(request, setting, current, form, row)
        if saved:
            return _onward(request, setting, about, current, row)
    return _show_form(request, setting, about, current, form, part=row, clashes=clashes)


@member
def remove(request: HttpRequest, setting: Setting, kind: str, part: str) -> HttpResponse:
    """Asks once, then removes."""
    about = PART_KINDS[kind]
    row = _find(setting, about, part)
    if row is None:
        messages.info(request, _("It was removed already."))
        return go(about.key, setting.pk)
    error = ""
    if request.method == "POST":
        try:
            remove_part(setting=setting, part=row, page=about.key, by=request.user)
        except RegistryError as why:
            error = str(why)
        else:
            after_save(request, setting)
            return go(about.key, setting.pk)
    return show(request, "remove.html", setting, kind=about, part=row, error=error, status=422 if error else 200)


def _like(request: HttpRequest, setting: Setting) -> Session | None:
    """The session that the next one is begun from."""
    about, key = PART_KINDS["sessions"], request.GET.get("like", "")
    try:
        return _find(setting, about, key) if key else None
    except Http404:
        return None


def _of(setting: Setting, about: PartKind) -> Any:
    if about.model is Session:
        return Session.objects.filter(activity__setting=setting).select_related("activity", "venue")
    return about.model.objects.filter(setting=setting)


def _find(setting: Setting, about: PartKind, part: str) -> Any:
    try:
        return _of(setting, about).filter(pk=part).first()
    except (ValueError, ValidationError) as error:
        raise Http404 from error


def _form(about: PartKind, page: Page, data: Any, row: Any) -> RecordForm:
    if page.form is SafeguardingForm:
        taken = tuple(SafeguardingContact.objects.filter(setting=row.setting_id).values_list("role", flat=True))
        return SafeguardingForm(data, instance=row, taken=taken)
    return page.form(data, instance=row)


def _try_add(request: HttpRequest, setting: Setting, about: PartKind, part: Any, page: Page, form: RecordForm) -> bool:
    for name, value in form.values.items():
        setattr(part, name, value)
    try:
        add_part(setting=setting, part=part, page=page.key, by=request.user)
    except ValidationError:
        form.add_error(None, _("This does not fit together with what a colleague saved meanwhile. Please check it."))
        return False
    except RegistryError as error:
        form.add_error(None, str(error))
        return False
    after_save(request, setting)
    return True


def _onward(request: HttpRequest, setting: Setting, about: PartKind, page: Page, part: Any) -> HttpResponse:
    """The next page about the same thing, else another of its kind, the next step, or the list."""
    if isinstance(part, Venue) and page.key == "place":
        _say_what_a_postcode_means(request, part)
    is_first = is_first_way(setting)
    following = part_page_after(about, page, is_first=is_first)
    if isinstance(part, Venue) and part.kind == VenueKind.ONLINE:
        following = None
    if "back" in request.POST or (is_first and page.can_wait):
        return go("setting" if is_first else about.key, setting.pk)
    if following is not None:
        return go(f"{about.key}_edit", setting.pk, part.pk, following.key)
    if "another" in request.POST and about.model is not Session:
        return go(f"{about.key}_add", setting.pk)
    return see_other(next_url(setting, after=f"{about.key}.{page.key}")) if is_first else go(about.key, setting.pk)


def _say_what_a_postcode_means(request: HttpRequest, venue: Venue) -> None:
    fresh = Venue.objects.get(pk=venue.pk)
    if not fresh.postcode:
        return
    row = Postcode.objects.filter(code=fresh.postcode).first()
    if row is None:
        words = _("We do not know where %(code)s is, so parents who search by distance will not find this place.")
    elif not row.in_area:
        words = _("%(code)s is outside our area. You can still send it: we will look at it with you.")
    else:
        return
    messages.info(request, words % {"code": fresh.postcode})


def _show_form(
    request: HttpRequest, setting: Setting, about: PartKind, page: Page, form: RecordForm, *, part: Any,
    clashes: list[dict[str, Any]] | None = None, note: str = "",
) -> HttpResponse:  # fmt: skip
    steps = list(about.pages.values())
    is_first = is_first_way(setting)
    is_end = part_page_after(about, page, is_first=is_first) is None and not (is_first and page.can_wait)
    status = 409 if clashes else 422 if form.has_errors else 200
    return show(
        request, "edit.html", setting, form=form, current=page, kind=about, part=part, clashes=clashes or [], note=note,
        cards=preview(setting, page.section), step=steps.index(page) + 1, steps=1 if is_first else len(steps),
        status=status, is_last=page.can_wait if is_first else page is steps[-1],
        place=place_of(setting, f"{about.key}.{page.key}") if is_first else None,
        another=about.another if is_first and is_end else "",
    )  # fmt: skip


def _removed_meanwhile(request: HttpRequest, setting: Setting, about: PartKind, page: Page) -> HttpResponse:
    """What was typed about something that a colleague removed is shown, not lost."""
    if request.method != "POST":
        raise Http404
    row = about.model(activity=setting.activities.first()) if about.model is Session else about.model(setting=setting)
    if about.model is Session and row.activity_id is None:
        raise Http404
    form = _form(about, page, request.POST, row)
    note = _(
        "A colleague removed this while you were working. What you typed is still here: copy what you need, or add it again."
    )
    return show(
        request, "edit.html", setting, form=form, current=page, kind=about, part=None, clashes=[], note=note,
        cards=preview(setting, page.section), step=1, steps=1, is_gone=True, status=409,
    )  # fmt: skip


def _needed_first(setting: Setting, about: PartKind) -> list[PartKind]:
    """What must be there before a session can be added."""
    if about.model is not Session:
        return []
    return [PART_KINDS[key] for key in ("activities", "venues") if not getattr(setting, key).exists()]


def _line(part: Any) -> str:
    if isinstance(part, Activity):
        return _("%(young)d to %(old)d years") % {"young": part.age_min, "old": part.age_max}
    if isinstance(part, Venue):
        return ", ".join(filter(None, [str(part.get_kind_display()), part.postcode]))
    if isinstance(part, Session):
        return f"{part.activity}, {part.venue}"
    if isinstance(part, SafeguardingContact):
        return str(part.name)
    return ""


def _record_reading(request: HttpRequest, setting: Setting) -> None:
    audit.record(
        action="community.read_restricted", actor=request.membership.user,  # type: ignore[attr-defined]
        subject=setting, facts={"what": "safeguarding_contact"}
    )  # fmt: skip
