"""What a moderator says about a text."""

from typing import Any

from django import forms

from ..collection.models import TextAnswer
from .models import Theme
from .services import LONGEST

OUTCOMES = [
    (TextAnswer.State.PUBLISHED, "Publish as written"),
    (TextAnswer.State.EDITED, "Edit, then publish"),
    (TextAnswer.State.PRIVATE, "Pass to safeguarding; nobody else reads it"),
    (TextAnswer.State.DELETED, "Delete"),
]


class DecisionForm(forms.Form):
    """One of four outcomes; the text as it should be published; themes."""

    outcome = forms.ChoiceField(
        choices=OUTCOMES,
        label="What happens to it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happens to the text."},
    )
    edited_text = forms.CharField(
        label="As it should be published",
        help_text="Only where you chose to edit. Take out names, places and everything that could point to one child.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST,
    )
    themes = forms.ModelMultipleChoiceField(
        queryset=Theme.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, answer: TextAnswer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = Theme.objects.filter(wave=answer.wave_id, question_code=answer.question_code)
        self.fields["themes"].queryset = themes  # type: ignore[attr-defined]
