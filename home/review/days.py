"""The editors' page of takeover days: which group asks on which day."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods
from wagtail.admin.widgets import AdminDateInput

from foundation.accounts.models import User

from .desk import editors_only, number_of
from .errors import NotNow
from .forms import one_name
from .models import TakeoverDay
from .services.days import drop_day, name_day


class DayForm(forms.Form):
    """A day, and the group that asks."""

    on = forms.DateField(label="Day", widget=AdminDateInput, error_messages={"required": "Choose the day."})
    group_name = forms.CharField(
        label="Name of the group", max_length=80, help_text="As the group calls itself. Never the name of one person.",
        error_messages={"required": "Write the name of the group."},
    )  # fmt: skip
    about = forms.CharField(label="What it is about", max_length=200, required=False)

    def clean_group_name(self) -> str:
        return one_name(self.cleaned_data["group_name"])


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def takeover_days(request: HttpRequest) -> HttpResponse:
    """All days; name one, or take one away that nobody has asked anything on."""
    form = DayForm(request.POST if request.POST.get("act") == "name" else None)
    by = cast(User, request.user)
    try:
        if request.POST.get("act") == "drop":
            drop_day(day=get_object_or_404(TakeoverDay, pk=number_of(request, "day")), by=by)
            messages.success(request, "Taken away.")
            return redirect("young_advisors_days")
        if form.is_valid():
            day = name_day(by=by, **form.cleaned_data)
            messages.success(request, f"{day}: Young Advisors can ask for that day now.")
            return redirect("young_advisors_days")
    except NotNow as error:
        messages.error(request, str(error))
    days = TakeoverDay.objects.prefetch_related("questions")
    context = {"form": form, "days": days}
    return render(request, "home/review/admin/days.html", context, status=422 if form.errors else 200)
