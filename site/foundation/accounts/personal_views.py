"""The admin's page on one person's data: what is held, a file of it, and the erasure."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.personal import agreement
from foundation.personal.erasure import CannotErase, erase_person, reasons_against, what_is_kept
from foundation.personal.export import export_person
from foundation.personal.holdings import holdings_of

from .models import User


class ErasureForm(forms.Form):
    """The address typed out, so that nobody erases the wrong person by a slip."""

    email = forms.CharField(
        label=gettext_lazy("Their e-mail address"),
        max_length=254,
        help_text=gettext_lazy("Type it to show that this is who you mean. An erasure cannot be undone."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"].strip()
        if typed.lower() != self.person.email.lower():
            raise forms.ValidationError(_("This is not the address of this account. Nothing was erased."))
        return typed


def personal_data(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is held about somebody; POST makes the file, or erases: of the staff, after two people's word."""
    by = request.user
    if not isinstance(by, User) or not by.has_perm("accounts.change_user"):
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk)
    # What a superuser did is as far from an Administrator as the account itself.
    if person.is_superuser and not by.is_superuser:
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("do") == "export":
        return _file(person, by)
    if request.method == "POST" and request.POST.get("do") == "withdraw":
        # Not by the one whom it is about: others decide on that.
        if agreement.asked_for(person) and person.pk != by.pk:
            agreement.withdraw(person=person, by=by)
            messages.success(request, _("Nobody is erased. It can be asked for again."))
        return redirect("personal_data", person.pk)
    form = ErasureForm(request.POST if request.POST.get("do") in {"ask", "erase"} else None, person=person)
    if form.is_bound and form.is_valid():
        if request.POST["do"] == "ask" and not reasons_against(person=person, by=by):
            agreement.ask(person=person, by=by)
            messages.success(
                request, _("Asked. Every other Administrator was told; one of them must agree within a week.")
            )
            return redirect("personal_data", person.pk)
        if _erase(request, person, by, form):
            return redirect("wagtailusers_users:index")
    return _page(request, person, by, form)


def _erase(request: HttpRequest, person: User, by: User, form: ErasureForm) -> bool:
    """Whether it was done; else the form says why not."""
    try:
        done = erase_person(person=person, by=by)
    except (CannotErase, agreement.NotAgreed) as refusal:
        form.add_error(None, str(refusal))
        return False
    stays = _("Their account stays without a name, because decisions point to it.") if done.account_stays else ""
    messages.success(request, f"{_('Erased.')} {stays}".strip())
    return True


def _page(request: HttpRequest, person: User, by: User, form: ErasureForm) -> HttpResponse:
    holdings, asked = holdings_of(email=person.email, person=person), agreement.asked_for(person)
    return render(
        request,
        "accounts/personal_data.html",
        {
            "person": person,
            "form": form,
            "about": [(each.table, len(each.rows)) for each in holdings if each.is_about],
            "done": [(each.table, len(each.rows)) for each in holdings if not each.is_about],
            "reasons": reasons_against(person=person, by=by),
            "kept": what_is_kept(),
            "takes_two": agreement.takes_two(person),
            "asked": asked,
            "asked_by_me": asked is not None and asked.by.pk == by.pk,
        },
        status=422 if form.errors else 200,
    )


def _file(person: User, by: User) -> HttpResponse:
    response = HttpResponse(export_person(email=person.email, person=person, by=by), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="everything-held-{person.pk}.zip"'
    return response
