"""Young Advisors see the public view of a release before it is public, and say what they think of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_http_methods, require_safe

from foundation.accounts.roles import YOUNG_ADVISOR
from foundation.forms.base import PlainForm
from foundation.redirects import see_other

from ...fieldwork.views.schools import signed_in
from ...release.enums import ReleaseState
from ...release.models import Release
from ...results.audiences import PUBLIC
from ...results.figures import figures, items_of
from ...results.presenting import by_question, charts_for_everybody
from ...results.selectors import topics_of
from ...results.views.public import wave_context
from ..permissions import EDIT
from ..words import add_words
from .frame import show, user_of

View = Callable[..., HttpResponse]


class WordsForm(PlainForm):
    """What a Young Advisor says."""

    text = forms.CharField(
        label=__("What do you think?"),
        help_text=__(
            "What stands out? What would you tell adults? Up to 600 characters. Somebody at the partnership reads it first."
        ),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": __("Write what you think")},
    )
    topic_key = forms.ChoiceField(label=__("What is it about?"), required=False)
    credited_as = forms.CharField(
        label=__("Shown as"),
        help_text=__("Your first name, or your group. Leave it empty to be “a Young Advisor”. Never your last name."),
        max_length=60,
        required=False,
    )

    def __init__(self, *args: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic_key"].choices = [("", _("Everything")), *topics]  # type: ignore[attr-defined]

    def clean_credited_as(self) -> str:
        name = " ".join(str(self.cleaned_data["credited_as"]).split())
        if "@" in name:
            raise forms.ValidationError(_("Use a first name or nickname, not an e-mail address."))
        return name


def young_advisors_only(view: View) -> View:
    """For Young Advisors, and survey managers who show it to them. For everybody else there is no such page."""

    @signed_in
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_advisor = request.user.groups.filter(name=YOUNG_ADVISOR.name).exists()
        if not (is_advisor or request.user.has_perm(EDIT)):
            raise Http404
        return view(request, *args, **kwargs)

    return inner


@young_advisors_only
@require_safe
def first_look(request: HttpRequest) -> HttpResponse:
    """What waits for a first look."""
    return show(request, "first_looks.html", {"releases": list(_waiting())}, trail=[])


@young_advisors_only
@require_http_methods(["GET", "HEAD", "POST"])
def first_look_wave(request: HttpRequest, survey: str, wave: str) -> HttpResponse:
    """The public view before it is public, and a box for words."""
    release = _waiting().filter(wave__survey__key=survey, wave__slug=wave).first()
    if release is None:
        raise Http404
    context = wave_context(release, for_adults=False)
    topics = topics_of(release)
    form = WordsForm(
        request.POST if request.method == "POST" else None, topics=[(topic.key, topic.name_here) for topic in topics]
    )
    if request.method == "POST" and form.is_valid():
        add_words(release=release, by=user_of(request), **form.cleaned_data)
        messages.success(request, _("Thank you. Somebody at the partnership reads it before it is shown."))
        return see_other(f"{request.path}#yours")
    context |= {
        "form": form,
        "form_has_errors": form.has_errors,
        "yours": release.young_advisor_words.filter(author=request.user.pk),
        "chapters": _chapters(release, topics),
    }
    trail = [(_("First look"), reverse("first_look"))]
    return show(request, "first_look.html", context, trail=trail, status=422 if form.has_errors else 200)


def _waiting() -> Any:
    return Release.objects.filter(state=ReleaseState.READY).select_related("wave__survey")


def _chapters(release: Release, topics: list[Any]) -> list[dict[str, Any]]:
    """Every topic with the charts of its questions: before publication there are no pages to link to."""
    found = figures(release, [item["key"] for item in items_of(release)], audience=PUBLIC)
    questions = [one for one in by_question(found.values()) if any(figure.is_shown for figure in one)]
    return [
        {
            "topic": topic,
            "charts": [
                chart for one in questions if one[0].item["topic"] == topic.key for chart in charts_for_everybody(one)
            ],
        }
        for topic in topics
    ]
