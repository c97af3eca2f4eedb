"""What Young Advisors write and ask, and what the groups answer."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.forms.base import PlainForm
from foundation.media.content import check_film
from foundation.media.film_traces import forget_place
from foundation.media.forms import check_size
from foundation.media.pictures import redrawn
from foundation.media.webvtt import captions_of_lines, check_captions, lines_of_captions
from foundation.partnership.models import Subgroup

from .forms import TOO_LONG, one_name
from .models import LONGEST_REMARK, Post, TakeoverDay
from .models.posts import LONGEST_TEXT
from .selectors import open_days

MAX_PICTURE = 15 * 1024 * 1024
MAX_FILM = 100 * 1024 * 1024


class RemovableFile(forms.ClearableFileInput):
    """A file with a tick to take it away; the file itself has no address to link to."""

    template_name = "home/review/own/file_input.html"

    def is_initial(self, value: Any) -> bool:
        return bool(value)


def _file(label: Any, help_text: Any, accept: str) -> forms.FileField:
    return forms.FileField(
        label=label, help_text=help_text, required=False, max_length=200, widget=RemovableFile(attrs={"accept": accept})
    )


class PostForm(PlainForm):
    """A post or a theme. Everything may wait until it is sent."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Post.Kind.choices, required=False, initial="post", widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("Title"), max_length=120, required=False, error_messages={"max_length": TOO_LONG})
    theme = forms.ModelChoiceField(
        label=_("Does it belong to a theme?"), queryset=Post.objects.none(), required=False, empty_label=_("No theme"),
        error_messages={"invalid_choice": _("That theme is not there any more. Choose another.")},
    )  # fmt: skip
    summary = forms.CharField(
        label=_("In one sentence"), max_length=200, required=False,
        help_text=_("It stands under the title and in lists."), error_messages={"max_length": TOO_LONG},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Your words"),
        help_text=_(
            "An empty line begins a new paragraph. Begin a line with ## for a heading, with a dash and a space for a list."
        ),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"max_length": TOO_LONG},
    )
    picture = _file(
        _("A picture"),
        _(
            "JPEG, PNG or WebP, up to 15 MB. Nobody who can be recognised, unless they agreed. Where it was taken is removed."
        ),
        "image/jpeg,image/png,image/webp",
    )
    picture_alt = forms.CharField(
        label=_("What does the picture show?"), max_length=200, required=False,
        help_text=_("For people who cannot see it."), error_messages={"max_length": TOO_LONG},
    )  # fmt: skip
    film = _file(_("A film"), _("MP4 or WebM, up to 100 MB. Where it was filmed is removed."), "video/mp4,video/webm")
    captions = _file(
        _("The captions of the film"), _("A WebVTT file (.vtt). A film cannot go on the site without."), ".vtt,text/vtt"
    )
    captions_typed = forms.CharField(
        label=_("Or type the captions here"), max_length=LONGEST_TEXT, required=False,
        help_text=_("One line for each thing that is said, with the time at which it begins: 0:05 We asked adults."),
        widget=forms.Textarea(attrs={"rows": 5}), error_messages={"max_length": TOO_LONG},
    )  # fmt: skip
    film_words = forms.CharField(
        label=_("All the words of the film"), max_length=LONGEST_TEXT, required=False,
        widget=forms.Textarea(attrs={"rows": 5}), error_messages={"max_length": TOO_LONG},
    )  # fmt: skip
    credited_as = forms.CharField(
        label=_("Shown as (if you like)"), max_length=40, required=False,
        help_text=_("Your first name, nickname or group. Never your last name. Empty: no name is shown."),
        error_messages={"max_length": TOO_LONG},
    )  # fmt: skip

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        initial = {name: getattr(post, name) for name in self.base_fields if name != "captions_typed"}
        initial["captions_typed"] = _typed_captions(post)
        super().__init__(*args, initial=initial, **kwargs)
        themes = Post.objects.filter(kind=Post.Kind.THEME, state=Post.State.PAGE, page__live=True).exclude(pk=post.pk)
        self.fields["theme"].queryset = themes.order_by("title")  # type: ignore[attr-defined]
        self.has_themes = themes.exists()

    def clean_kind(self) -> str:
        return str(self.cleaned_data["kind"] or Post.Kind.POST)

    def clean_credited_as(self) -> str:
        return one_name(self.cleaned_data["credited_as"])

    def clean_picture(self) -> Any:
        file = self.cleaned_data["picture"]
        if file and "picture" in self.changed_data:
            check_size(file, MAX_PICTURE)
            return redrawn(file)
        return file

    def clean_film(self) -> Any:
        file = self.cleaned_data["film"]
        if file and "film" in self.changed_data:
            check_size(file, MAX_FILM)
            check_film(file, file.name)
            forget_place(file)
        return file

    def clean_captions(self) -> Any:
        file = self.cleaned_data["captions"]
        if file and "captions" in self.changed_data:
            check_captions(file)
        return file

    def clean(self) -> dict[str, Any]:
        """A theme stands by itself."""
        found = super().clean() or self.cleaned_data
        if found.get("kind") == Post.Kind.THEME:
            found["theme"] = None
        typed = found.get("captions_typed", "").strip()
        if typed and "captions_typed" in self.changed_data and "captions" not in self.changed_data:
            try:
                found["captions"] = ContentFile(captions_of_lines(typed), "captions.vtt")
            except forms.ValidationError as error:
                self.add_error("captions_typed", error)
        return found

    def new_files(self) -> dict[str, Any]:
        """What was uploaded, and None for what was taken away."""
        names = [name for name in ("picture", "film", "captions") if name in self.changed_data]
        if isinstance(self.cleaned_data.get("captions"), ContentFile):  # made of the lines that were typed
            names.append("captions")
        return {name: self.cleaned_data[name] or None for name in names if name in self.cleaned_data}

    def good_words(self) -> dict[str, Any]:
        """Whatever can be kept, even while something else is wrong."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("picture", "film", "captions")}


def _typed_captions(post: Post) -> str:
    if not post.captions:
        return ""
    try:
        with post.captions.open("rb") as file:
            return lines_of_captions(file.read())
    except OSError:
        return ""


class PostRemarkForm(PlainForm):
    """What one Young Advisor says about another's post."""

    text = forms.CharField(
        label=_("What do you think?"),
        help_text=_("Everybody who can see this post reads it: the other Young Advisors and the editors."),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you think"), "max_length": TOO_LONG},
    )


class QuestionForm(PlainForm):
    """A question to the partnership."""

    day = forms.ModelChoiceField(
        label=_("Is it part of a takeover day?"), queryset=TakeoverDay.objects.none(), required=False,
        empty_label=_("No, I ask by myself"),
        help_text=_("Then the name of the group stands beside the question."),
        error_messages={"invalid_choice": _("That day is over. Choose another, or ask by yourself.")},
    )  # fmt: skip
    subgroup = forms.ModelChoiceField(
        label=_("Who should answer?"), queryset=Subgroup.objects.none(), empty_label=_("Choose a group"),
        error_messages={"required": _("Choose the group that should answer"), "invalid_choice": _("Choose a group from the list")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Your question"), help_text=_("Write it so that everybody understands it. Name nobody."), max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your question"), "max_length": TOO_LONG},
    )  # fmt: skip
    why = forms.CharField(
        label=_("Why do you ask? (if you like)"), max_length=1_000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}), error_messages={"max_length": TOO_LONG},
    )  # fmt: skip
    credited_as = forms.CharField(
        label=_("Shown as (if you like)"), max_length=40, required=False,
        help_text=_("Your first name, nickname or group. Never your last name. Empty: “Young Advisors”."),
        error_messages={"max_length": TOO_LONG},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subgroup"].queryset = Subgroup.objects.all()  # type: ignore[attr-defined]
        days = open_days()
        if days:
            self.fields["day"].queryset = days  # type: ignore[attr-defined]
            self.fields["day"].initial = next((day.pk for day in days if day.on == timezone.localdate()), None)
        else:
            del self.fields["day"]

    def clean_credited_as(self) -> str:
        return one_name(self.cleaned_data["credited_as"])


class AnswerForm(PlainForm):
    """What a group answers."""

    text = forms.CharField(
        label=_("Your group’s answer"),
        help_text=_("Plain words, for people of 15. It stands on the public site once an editor has read it."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write the answer"), "max_length": TOO_LONG},
    )
