"""What officers fill in."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...register.enums import SettingState, SettingType
from ..enums import Agency, ContactKind, Purpose
from ..models import Contact, Issue, IssueItem, Segment
from ..states import How

MARKUP = _(
    "An empty line ends a paragraph. - at the start of a line makes a list. **bold**, [words](https://example.org)."
)


class IssueForm(forms.ModelForm):
    """The head of an issue."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    language = forms.ChoiceField(
        label=_("Written in"), choices=settings.LANGUAGES, required=False,
        help_text=_("Small words, direction and the page in the archive follow. A segment can be the readers of one language."),
    )  # fmt: skip

    class Meta:
        model = Issue
        fields = ("kind", "language", "title", "subject", "intro", "segment", "in_archive")
        widgets = {"intro": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"intro": MARKUP, "kind": _("Each kind goes to those who agreed to it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["language"] = self.instance.language_code
        if self.instance.pk and (self.instance.version_of_id or self.instance.versions.exists()):
            # Who gets which version hangs on it.
            self.fields["language"].disabled = True


class ItemForm(forms.ModelForm):
    """One item: officers may shorten what came from a page or an organisation."""

    class Meta:
        model = IssueItem
        fields = ("kicker", "title", "text", "url")
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}
        help_texts = {"text": MARKUP, "url": _("A whole web address, or a path of this site. May be empty.")}

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        is_path = url.startswith("/") and not url.startswith("//")
        if url and not is_path and not url.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Start with https:// or, for a page of this site, with /."))
        if not url.isprintable():
            raise forms.ValidationError(_("There is a character in this address that no address has."))
        return url


class OwnTextForm(ItemForm):
    """An item of the officer's own."""

    prefix = "own"

    class Meta(ItemForm.Meta):
        fields = ("title", "text", "url")  # type: ignore[assignment]


class ScheduleForm(forms.Form):
    """When it goes out."""

    send_at = forms.DateTimeField(
        label=_("Goes out at"),
        help_text=_("London time, on the quarter of an hour or so: the mails leave within five minutes of it."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
        error_messages={
            "required": _("Choose a day and a time"), "invalid": _("Type a day and a time like 31/12/2026 09:30"),
        },
    )  # fmt: skip

    def clean_send_at(self) -> datetime:
        at: datetime = self.cleaned_data["send_at"]
        return timezone.make_aware(at) if timezone.is_naive(at) else at


class ConsentForm(forms.Form):
    """A consent on paper: to what, when, how, and where the paper is."""

    purposes = forms.MultipleChoiceField(
        label=_("They agreed to"), choices=Purpose.choices, widget=forms.CheckboxSelectMultiple
    )
    on = forms.DateField(label=_("On this day"), widget=forms.DateInput(attrs={"type": "date"}))
    how = forms.ChoiceField(
        label=_("How"), choices=[(how.value, how.label) for how in (How.PAPER, How.EVENT, How.EMAIL)]
    )
    words = forms.CharField(
        label=_("Where it is kept"), max_length=300, help_text=_("So that it can be shown to whoever asks.")
    )


class ContactForm(forms.ModelForm):
    """Facts about a contact. None of them is a consent."""

    setting_types = forms.MultipleChoiceField(
        label=_("Kinds of setting they run"), choices=SettingType.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = Contact
        fields = ("email", "name", "organisation", "kind", "agency", "ward", "setting", "setting_types", "source")
        help_texts = {"source": _("People ask. Say it as you would tell them.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].required = True
        # Another address is another contact: what one mailbox agreed to, no other did.
        self.fields["email"].disabled = self.instance.pk is not None

    def clean_email(self) -> str:
        """Two spellings of one mailbox are one contact."""
        address = str(self.cleaned_data["email"]).strip().lower()
        if Contact.objects.filter(email=address).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a contact with this address already."))
        return address


class SegmentForm(forms.ModelForm):
    """The filters of a segment."""

    kinds = forms.MultipleChoiceField(
        label=_("Who they are"), choices=ContactKind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    agencies = forms.MultipleChoiceField(
        label=_("Agencies"), choices=Agency.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    setting_types = forms.MultipleChoiceField(
        label=_("Kinds of setting"), choices=SettingType.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    stages = forms.MultipleChoiceField(
        label=_("Where their setting stands on the register"), choices=SettingState.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    language = forms.ChoiceField(
        label=_("Only people who read"), choices=[("", _("any language")), *settings.LANGUAGES], required=False,
        help_text=_("The language of the page on which they subscribed; lists that were brought in count as English."),
    )  # fmt: skip

    class Meta:
        model = Segment
        fields = ("name", "language", "kinds", "agencies", "wards", "setting_types", "stages", "looks_after_setting")
        widgets = {"wards": forms.CheckboxSelectMultiple}


class ArticleWordsForm(forms.Form):
    """The wording of an article, as an officer mends it."""

    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("Text"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 12}))
