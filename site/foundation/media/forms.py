"""Upload forms of the admin. What a file is, is decided by its content (`content`), never by its name alone."""

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from .content import Refused, check_document, check_film
from .film_traces import forget_place
from .models import Captions, SiteDocument
from .pictures import redrawn
from .webvtt import check_captions

MAX_FILM = 300 * 1024 * 1024
MAX_THUMBNAIL = 5 * 1024 * 1024
_TOO_BIG = _("This file is too big (%(size)s). The limit is %(limit)s. Make it smaller and try again.")


class SiteDocumentForm(BaseDocumentForm):
    """Documents: PDF, DOCX, ODT."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            field.widget.attrs["accept"] = ".pdf,.docx,.odt"
            field.help_text = " ".join(str(part) for part in (self._limits(), reading_state(self.instance)) if part)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            check_document(file, file.name)
        return file

    @staticmethod
    def _limits() -> str:
        return str(
            _("PDF, DOCX or ODT, at most %(limit)s, without password and macros.")
            % {"limit": filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)}
        )


def reading_state(document: SiteDocument) -> str:
    """What search could read of a document, in a sentence for its editor."""
    if not document.pk:
        return ""
    state = SiteDocument.Reading(document.reading)
    if state == SiteDocument.Reading.DONE:
        words = len(document.extracted_text.split())
        return ngettext(
            "Search reads %(count)s word of this file.", "Search reads %(count)s words of this file.", words
        ) % {"count": words}
    return str(
        {
            SiteDocument.Reading.WAITING: _("Search has not read this file yet."),
            SiteDocument.Reading.EMPTY: _(
                "There is no text in this file; it may be a scan. Nobody who listens to pages can read it, and search "
                "finds only its title and summary. Upload a version with text if there is one."
            ),
            SiteDocument.Reading.FAILED: _(
                "The text of this file could not be read, so search finds only its title and summary. Save the file "
                "again from the program it was made with and upload it anew."
            ),
        }[state]
    )


class SiteImageForm(BaseImageForm):
    """Pictures, redrawn."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        return redrawn(file) if file and "file" in self.changed_data else file


class SiteMediaForm(BaseMediaForm):
    """Films and recordings, with captions and a transcript."""

    captions_file = forms.FileField(
        label=_("Captions to add or replace"),
        required=False,
        help_text=_("A WebVTT file (.vtt). Captions in a language that has some already take their place."),
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
    )
    captions_language = forms.ChoiceField(
        label=_("Language of these captions"), choices=settings.LANGUAGES, initial="en", required=False
    )
    captions_remove = forms.MultipleChoiceField(
        label=_("Captions to take away"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = list(self.instance.captions.all()) if self.instance.pk else []
        if present:
            self.fields["captions_remove"].choices = [(line.language, line.get_language_display()) for line in present]
        else:
            del self.fields["captions_remove"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            check_size(file, MAX_FILM)
            check_film(file, file.name)
            forget_place(file)
        return file

    def clean_thumbnail(self) -> Any:
        file = self.cleaned_data["thumbnail"]
        if file and "thumbnail" in self.changed_data:
            check_size(file, MAX_THUMBNAIL)
            return redrawn(file)
        return file

    def clean_captions_file(self) -> Any:
        file = self.cleaned_data["captions_file"]
        if file:
            check_captions(file)
        return file

    def save(self, commit: bool = True) -> Any:
        film = super().save(commit=commit)
        if commit:
            self._save_captions(film)
        return film

    def _save_captions(self, film: Any) -> None:
        Captions.objects.filter(media=film, language__in=self.cleaned_data.get("captions_remove") or []).delete()
        file = self.cleaned_data.get("captions_file")
        if file:
            language = self.cleaned_data.get("captions_language") or "en"
            line = Captions.objects.filter(media=film, language=language).first() or Captions(
                media=film, language=language
            )
            line.file.save(f"{film.pk}-{language}.vtt", file, save=False)
            line.save()


def check_size(file: Any, limit: int) -> None:
    """Refuse a file of more than `limit` bytes.

    Raises:
        Refused: it is too big; the words say by how much.
    """
    if file.size > limit:
        raise Refused(
            _TOO_BIG, code="too_big", params={"size": filesizeformat(file.size), "limit": filesizeformat(limit)}
        )
