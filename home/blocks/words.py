"""Blocks of words: text, callouts, lists of what to do, questions, quotations."""

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_FEATURES = ["h2", "h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


def short_text(**kwargs: object) -> blocks.RichTextBlock:
    """Rich text inside another block: no headings, which would break the outline of the page."""
    return blocks.RichTextBlock(features=SHORT_TEXT_FEATURES, **kwargs)


class TextBlock(blocks.RichTextBlock):
    """Headings, paragraphs, lists and links."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "home/blocks/text.html"


class CalloutBlock(blocks.StructBlock):
    """A box that stands out. Few on a page, or none of them does."""

    tone = blocks.ChoiceBlock(
        choices=[
            ("info", _("Good to know")),
            ("warning", _("Warning")),
            ("help", _("Where to get help")),
            ("success", _("Good news")),
        ],
        default="info",
    )
    title = blocks.CharBlock(max_length=120)
    text = short_text(required=False)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "home/blocks/callout.html"


class DoDontBlock(blocks.StructBlock):
    """What helps and what does not, side by side."""

    title = blocks.CharBlock(required=False, max_length=120)
    do = blocks.ListBlock(blocks.CharBlock(max_length=200), label=_("Do"))
    dont = blocks.ListBlock(blocks.CharBlock(max_length=200), label=_("Don't"))

    class Meta:
        icon = "circle-check"
        label = _("Do and don't")
        template = "home/blocks/do_dont.html"


class StepBlock(blocks.StructBlock):
    """One step."""

    title = blocks.CharBlock(max_length=120)
    text = short_text(required=False)


class StepsBlock(blocks.StructBlock):
    """What happens, in order."""

    title = blocks.CharBlock(required=False, max_length=120)
    items = blocks.ListBlock(StepBlock(), label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "home/blocks/steps.html"


class QuestionBlock(blocks.StructBlock):
    """A question with its answer."""

    question = blocks.CharBlock(max_length=200)
    answer = short_text()


class QuestionsBlock(blocks.StructBlock):
    """Questions that open to their answers."""

    title = blocks.CharBlock(required=False, max_length=120)
    items = blocks.ListBlock(QuestionBlock(), label=_("Questions"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "home/blocks/questions.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said. A young person is quoted by role or age group, never by name."""

    text = blocks.TextBlock()
    attribution = blocks.CharBlock(required=False, max_length=160, help_text=_("A role, not a person's name."))
    is_young_voice = blocks.BooleanBlock(required=False, label=_("A young person said it"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "home/blocks/quote.html"


def passage_languages() -> list[tuple[str, str]]:
    """Every language that the site knows the direction of, not only those that have pages of their own."""
    named = [(code, info["name"]) for code, info in LANG_INFO.items() if "name" in info and code != "en"]
    return sorted(named, key=lambda pair: pair[1])


class LanguageTextBlock(blocks.StructBlock):
    """A passage in another language, marked so that a screen reader speaks it rightly."""

    language = blocks.ChoiceBlock(choices=passage_languages, label=_("Language"))
    text = short_text()

    class Meta:
        icon = "globe"
        label = _("Passage in another language")
        template = "home/blocks/language_text.html"
