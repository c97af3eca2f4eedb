"""A question with its options and rows on one form.

Options and rows are small formsets; adding and moving a line is a button of the form, so it needs no script.
"""

import re
from typing import Any

from django import forms

from ...answering.symbols import SYMBOLS
from ...years import YearGroup
from ..checks.routing import LEADS
from ..enums import OptionKind, QuestionKind
from ..models import Question, Section, Version
from ..services.editing import WITH_OPTIONS, GivenOption, GivenRow
from .surveys import years_field

PICTURES = [("", "None"), *((name, name.replace("_", " ")) for name in sorted(SYMBOLS))]
KINDS = [
    (OptionKind.ORDINARY, "Ordinary"),
    (OptionKind.ANOTHER, "Another answer"),
    (OptionKind.NONE, "None of these"),
]
FEWEST_LINES = 4
MOST_NUMBERS = 30


class QuestionForm(forms.ModelForm):
    """All of a question but its options and rows. `earlier` are the questions that may lead to it."""

    bands_typed = forms.CharField(
        label="Bands in the figures",
        required=False,
        help_text="The first number of each band, with commas. 0, 1, 5 shows: none, 1 to 4, 5 and more.",
    )

    class Meta:
        model = Question
        fields = [
            "text", "kind", "code", "short_label", "help_text", "section", "year_groups", "is_sensitive",
            "minimum_year", "allows_prefer_not", "subgroups", "may_act_note", "shown_if_code", "shown_if_values",
            "number_min", "number_max", "number_unit",
        ]  # fmt: skip
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "help_text": forms.Textarea(attrs={"rows": 2}),
            "may_act_note": forms.Textarea(attrs={"rows": 2}),
            "kind": forms.RadioSelect,
            "subgroups": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, version: Version, earlier: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version, self.earlier = version, earlier
        is_consultation = version.questionnaire.survey.kind == version.questionnaire.survey.Kind.CONSULTATION
        self._field("kind").choices = [
            (value, label) for value, label in QuestionKind.choices if value != QuestionKind.TEXT or is_consultation
        ]
        self.fields["code"].required = False
        self.fields[
            "code"
        ].help_text = "It names the question in every figure, over the years. Empty: made of the words."
        self._field("section").queryset = version.sections.all()
        years = [(year, YearGroup(year).label) for year in version.questionnaire.year_groups]
        self.fields["year_groups"] = years_field(years, label="Year groups", help_text="None ticked: as its section.")
        self.fields["minimum_year"] = forms.TypedChoiceField(
            label="May be asked from", coerce=int, required=False, empty_value="0", choices=[(0, "any year"), *years]
        )
        leading = [(row.code, f"{row.code}: {row.text}") for row in earlier if row.kind in LEADS]
        self.fields["shown_if_code"] = forms.ChoiceField(
            label="Ask it only after", required=False, choices=[("", "Always ask it"), *leading]
        )
        self.fields["shown_if_values"] = forms.TypedMultipleChoiceField(
            label="when the answer is",
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=self._answers_of(self._leading_code()),
            empty_value=[],
        )
        for name in ("number_min", "number_max"):
            self.fields[name].required = False
        if self.instance.pk:
            self.fields["bands_typed"].initial = ", ".join(map(str, self.instance.number_bands))

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def _leading_code(self) -> str:
        return (
            str(self.data.get(self.add_prefix("shown_if_code"), "")) if self.is_bound else self.instance.shown_if_code
        )

    def _answers_of(self, code: str) -> list[tuple[int, str]]:
        leading = next((row for row in self.earlier if row.code == code), None)
        if leading is None:
            return []
        if leading.kind == QuestionKind.NUMBER:
            last = min(leading.number_max, leading.number_min + MOST_NUMBERS)
            return [(number, str(number)) for number in range(leading.number_min, last + 1)]
        return [(option.value, option.text) for option in leading.options.all()]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip().upper() or self._code_of_words()
        others = Question.objects.filter(section__version=self.version, code=code).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(f"Another question of this version has the code {code}. Choose another code.")
        return code

    def _code_of_words(self) -> str:
        small = {"A", "AN", "THE", "DO", "DOES", "DID", "IS", "ARE", "HOW", "WHAT", "WHICH", "OF", "TO", "IN", "ON",
                 "YOU", "YOUR", "HAVE", "HAS", "WAS", "WERE", "AND", "OR", "AT", "FOR", "IF", "IT", "MANY", "THESE"}  # fmt: skip
        said = re.findall(r"[A-Z0-9]+", self.cleaned_data.get("text", "").upper())
        words = [word for word in said if word not in small] or said or ["QUESTION"]
        base = "_".join(words[:3])[:17].strip("_")
        if not base[:1].isalpha() or len(base) < 2:
            base = f"Q_{base}"[:17]
        taken = set(Question.objects.filter(section__version=self.version).exclude(pk=self.instance.pk)
                    .values_list("code", flat=True))  # fmt: skip
        return next(code for code in (base, *(f"{base}_{n}" for n in range(2, 99))) if code not in taken)

    def clean_bands_typed(self) -> list[int]:
        parts = [part.strip() for part in self.cleaned_data["bands_typed"].replace(";", ",").split(",") if part.strip()]
        if not all(part.isdigit() and part.isascii() for part in parts):
            raise forms.ValidationError("Write whole numbers with commas between them, such as 0, 1, 5.")
        return sorted({int(part) for part in parts})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == QuestionKind.NUMBER:
            low, high = cleaned.get("number_min"), cleaned.get("number_max")
            if low is None or high is None:
                self.add_error("number_max", "Say the smallest and the largest number that can be given.")
            elif high <= low:
                self.add_error("number_max", "The largest number must be above the smallest.")
        if cleaned.get("shown_if_code") and not cleaned.get("shown_if_values"):
            self.add_error("shown_if_values", "Tick the answers that lead to this question.")
        if not cleaned.get("shown_if_code"):
            cleaned["shown_if_values"] = []
        return cleaned

    def fields_to_save(self) -> dict[str, Any]:
        """What `services.editing.save_question` writes."""
        names = ("text", "kind", "code", "short_label", "help_text", "year_groups", "is_sensitive", "allows_prefer_not",
                 "may_act_note", "shown_if_code", "shown_if_values", "number_unit")  # fmt: skip
        cleaned = self.cleaned_data
        low, high = cleaned["number_min"], cleaned["number_max"]
        return {
            **{name: cleaned[name] for name in names},
            "minimum_year": int(cleaned["minimum_year"] or 0),
            "number_bands": cleaned["bands_typed"],
            "number_min": 0 if low is None else low,
            "number_max": 24 if high is None else max(high, low or 0),
        }


class TakeForm(forms.Form):
    """Whose answers to begin with; nothing of it is saved."""

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Question.objects.filter(section__version=version, kind__in=WITH_OPTIONS).order_by("code")
        choices = [("", "…"), *((str(row.pk), f"{row.code}: {row.text}") for row in rows)]
        self.fields["take_from"] = forms.ChoiceField(label="Or take the answers of", required=False, choices=choices)

    def options(self) -> list[dict[str, Any]]:
        """The options of the chosen question, as lines to begin with."""
        if not self.is_valid() or not self.cleaned_data["take_from"]:
            return []
        rows = Question.objects.get(pk=self.cleaned_data["take_from"]).options.all()
        return [{"text": row.text, "kind": row.kind, "symbol": row.symbol} for row in rows]


class OptionForm(forms.Form):
    """One option."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="Answer", max_length=120, required=False)
    kind = forms.ChoiceField(label="Kind", choices=KINDS, required=False, initial=OptionKind.ORDINARY)
    symbol = forms.ChoiceField(label="Picture", choices=PICTURES, required=False)


class RowForm(forms.Form):
    """One row of a grid."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="Row", max_length=160, required=False)


class Lines:
    """Some lines of one form, with a button to add one and two to move each; empty lines are left out."""

    def __init__(self, form: type[forms.Form], prefix: str, *, data: Any = None, initial: list[dict[str, Any]]) -> None:
        self.prefix = prefix
        count = self._count(data) if data is not None else max(FEWEST_LINES, len(initial))
        self.order = list(range(count))
        if data is not None:
            self._rearrange(data)
        self.forms = [
            form(data, prefix=f"{prefix}-{place}", initial=initial[place] if place < len(initial) else None)
            for place in range(len(self.order))
        ]
        if data is not None:
            moved = {f"{prefix}-{new}-{name}": data.get(f"{prefix}-{old}-{name}", "")
                     for new, old in enumerate(self.order) for name in form.base_fields}  # fmt: skip
            for each in self.forms:
                each.data = moved

    @property
    def total(self) -> int:
        """How many lines there are, empty ones among them."""
        return len(self.forms)

    def is_valid(self) -> bool:
        """Whether every line is."""
        return not [each for each in self.forms if not each.is_valid()]

    def filled(self) -> list[dict[str, Any]]:
        """The cleaned lines that have words."""
        return [each.cleaned_data for each in self.forms if each.cleaned_data.get("text", "").strip()]

    def _count(self, data: Any) -> int:
        typed = str(data.get(f"{self.prefix}-total", ""))
        return min(int(typed), 60) if typed.isdigit() and typed.isascii() else FEWEST_LINES

    def _rearrange(self, data: Any) -> None:
        verb, _, rest = str(data.get("do", "")).partition(":")
        prefix, _, number = rest.partition(":")
        if prefix != self.prefix:
            return
        if verb == "add":
            self.order += [len(self.order), len(self.order) + 1]
        place = int(number) if number.isdigit() and number.isascii() else -1
        if not 0 <= place < len(self.order):
            return
        if verb == "remove":
            del self.order[place]
        other = place - 1 if verb == "up" else place + 1 if verb == "down" else -1
        if 0 <= other < len(self.order):
            self.order[place], self.order[other] = self.order[other], self.order[place]


def given_options(lines: Lines, *, kind: str) -> list[GivenOption]:
    """The options to save; none for kinds that have none."""
    if kind not in WITH_OPTIONS:
        return []
    return [
        GivenOption(each["text"].strip(), each["kind"] or OptionKind.ORDINARY, each["symbol"], each["pk"])
        for each in lines.filled()
    ]


def given_rows(lines: Lines) -> list[GivenRow]:
    """The rows to save."""
    return [GivenRow(each["text"].strip(), each["pk"]) for each in lines.filled()]


def earlier_questions(version: Version, question: Question | None, section: Section | None) -> list[Question]:
    """The questions that stand before this one and can lead to it: not routed themselves, and of a fitting kind."""
    found: list[Question] = []
    for each in version.sections.prefetch_related("questions__options"):
        for row in each.questions.all():
            if question is not None and row.pk == question.pk:
                return found
            if row.kind in LEADS and not row.shown_if_code:
                found.append(row)
        if question is None and section is not None and each.pk == section.pk:
            return found
    return found
