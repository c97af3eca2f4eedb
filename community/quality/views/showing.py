"""What owners show: files for items of the standard, awards, how many people are checked."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ...errors import RegistryError
from ...register.models import PeopleCheckSummary, Setting
from ...register.views.area import go, member
from ..forms.owners import AwardForm, EvidenceForm, PeopleChecksForm
from ..models import EvidenceCheck, EvidenceFile
from ..selectors.assessment import open_assessment, progress_of
from ..selectors.evidence import checks_of
from ..services.awards import add_award, remove_award
from ..services.evidence import hand_in, record_view, take_back
from ..services.files import EXTENSIONS
from ..services.people_checks import save_people_checks
from .owners_frame import show


@member
@require_GET
def evidence(request: HttpRequest, setting: Setting) -> HttpResponse:
    """What was sent and what came of it, what holds, and what could be shown."""
    progress = progress_of(setting, open_assessment(setting))
    return show(
        request, "evidence.html", setting,
        files=setting.evidence_files.select_related("item").order_by("-uploaded_at"),
        checks=[each for each in checks_of(setting) if each.level != EvidenceCheck.Level.TOLD],
        questions=[each for each in (progress.questions if progress else []) if each.item.evidence_kind],
    )  # fmt: skip


@member
def evidence_add(request: HttpRequest, setting: Setting, code: str) -> HttpResponse:
    """Show a file for one item."""
    progress = progress_of(setting, open_assessment(setting))
    asked = progress.question(code) if progress else None
    if asked is None:
        raise Http404
    form = EvidenceForm(request.POST, request.FILES) if request.method == "POST" else EvidenceForm()
    if request.method == "POST" and form.is_valid():
        try:
            hand_in(setting=setting, item=asked.item, upload=form.cleaned_data["file"], by=request.user)
        except ValidationError as refused:
            form.add_error("file", refused)
        except RegistryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you, we have it. We look at it and tell you what we found."))
            return go("evidence", setting.pk)
    status = 422 if form.has_errors else 200
    return show(request, "evidence_add.html", setting, form=form, item=asked.item, status=status)


@member
@require_GET
def evidence_file(request: HttpRequest, setting: Setting, file: Any) -> HttpResponse:
    """The file that the setting sent."""
    return file_response(get_object_or_404(setting.evidence_files, pk=file), request.user)


@member
@require_POST
def evidence_take_back(request: HttpRequest, setting: Setting, file: Any) -> HttpResponse:
    """Take back what nobody has decided on."""
    try:
        take_back(file=get_object_or_404(setting.evidence_files, pk=file), by=request.user)
    except RegistryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back. The file is deleted."))
    return go("evidence", setting.pk)


def file_response(file: EvidenceFile, by: Any) -> HttpResponse:
    """The file itself, as something to save, kept by nobody on the way. That it was opened is written down."""
    if file.status == EvidenceFile.Status.PURGED or not file.file:
        raise Http404
    try:
        content = file.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    record_view(file=file, by=by)
    kind = file.content_type if file.content_type in EXTENSIONS else "application/octet-stream"
    name = f"evidence-{file.item.code}-{file.pk.hex[:8]}.{EXTENSIONS.get(kind, 'bin')}"
    response = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    return response  # type: ignore[return-value]


@member
@require_GET
def awards(request: HttpRequest, setting: Setting) -> HttpResponse:
    """The awards that the setting has named."""
    return show(request, "awards.html", setting, awards=setting.awards.select_related("scheme"))


@member
def award_add(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Name an award."""
    form = AwardForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            add_award(setting=setting, by=request.user, **form.cleaned_data)
        except RegistryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. Parents see it once we have checked it."))
            return go("awards", setting.pk)
    return show(request, "award_add.html", setting, form=form, status=422 if form.has_errors else 200)


@member
@require_POST
def award_remove(request: HttpRequest, setting: Setting, award: int) -> HttpResponse:
    """Take an award off."""
    try:
        remove_award(award=get_object_or_404(setting.awards, pk=award), by=request.user)
    except RegistryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Removed."))
    return go("awards", setting.pk)


@member
def people_checks(request: HttpRequest, setting: Setting) -> HttpResponse:
    """How many people are checked."""
    row = PeopleCheckSummary.objects.filter(setting=setting).first()
    initial = {
        "people": row.people, "in_regulated_activity": row.in_regulated_activity,
        "checked": row.checked_at_right_level, "oldest_check_on": row.oldest_check_on,
    } if row else {}  # fmt: skip
    form = PeopleChecksForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_people_checks(setting=setting, by=request.user, **form.cleaned_data)
        except RegistryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return go("standard", setting.pk)
    return show(request, "people_checks.html", setting, form=form, row=row, status=422 if form.has_errors else 200)
