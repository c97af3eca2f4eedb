"""The questions of a form page, from the `questions` of its content file."""

from typing import Any

from wagtail.contrib.forms.models import FORM_FIELD_CHOICES

from home.models import FormPage, FormPageField

from .errors import ContentError
from .reading import PageFile

KINDS = {name for name, _label in FORM_FIELD_CHOICES}
KEYS = {"label", "type", "required", "help", "choices"}


def set_questions(page: FormPage, file: PageFile) -> None:
    """Put the file's questions on the page in place of those it has; answers that came stay as they are."""
    questions = file.values.get("questions") or []
    page.form_fields.all().delete()
    for number, question in enumerate(questions):
        FormPageField.objects.create(page=page, sort_order=number, **_fields(file, number, question))


def _fields(file: PageFile, number: int, question: Any) -> dict[str, Any]:
    where = f"questions[{number + 1}]"
    if not isinstance(question, dict) or not question.get("label"):
        raise ContentError(file.file, where, "a question needs a label")
    unknown = set(question) - KEYS
    if unknown:
        raise ContentError(file.file, where, f"“{sorted(unknown)[0]}” is none of {', '.join(sorted(KEYS))}")
    kind = question.get("type", "singleline")
    if kind not in KINDS:
        raise ContentError(file.file, where, f"“{kind}” is none of {', '.join(sorted(KINDS))}")
    return {
        "label": question["label"],
        "field_type": kind,
        "required": bool(question.get("required", False)),
        "help_text": question.get("help", ""),
        "choices": "\n".join(map(str, question.get("choices") or [])),
    }
