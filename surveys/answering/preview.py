"""The pupil's page for survey managers: the same script and the same look, with nowhere to send anything."""

from django.http import HttpRequest, HttpResponse

from ..questionnaire.reading import Document
from .carried import Carried
from .response import marked
from .sheet import data_block, languages_of, sheet_for
from .steps import Way
from .views.steps import step_page


def preview_response(
    request: HttpRequest, *, document: Document, year_group: int, language: str = "en", at_school: str = ""
) -> HttpResponse:
    """What a pupil of this year group would meet. No code, no nonce and no address to send to is in the page.

    document: as `compile_document` makes it, of a draft or a frozen version.
    language: the one that the page begins in; every language of the document can be chosen.
    """
    languages = languages_of(document, list(document["languages"]))
    language = language if language in languages else languages[0]
    sheet = sheet_for(document, year_group=year_group, languages=languages, at_school=at_school, is_preview=True)
    sheet |= {"code": "", "language": language, "send": ""}
    return marked(
        step_page(
            request,
            way=Way(document, year_group, {}),
            carried=Carried(code="", version=document["version"], language=language),
            languages=languages,
            at_school=at_school,
            sheet=data_block(sheet),
            is_preview=True,
        )
    )
