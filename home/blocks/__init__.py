"""What a page's body is made of. The names in `BodyBlock` are used by templates and by content files."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .figures import ChartBlock, TableBlock
from .media import CaptionedImageBlock, DownloadBlock, VideoBlock
from .ways import CardsBlock, ContactBlock, HelpBoxBlock, RelatedBlock
from .words import CalloutBlock, DoDontBlock, LanguageTextBlock, QuestionsBlock, QuoteBlock, StepsBlock, TextBlock


class BodyBlock(blocks.StreamBlock):
    """The body of every page."""

    text = TextBlock(group=_("Words"))
    callout = CalloutBlock(group=_("Words"))
    do_dont = DoDontBlock(group=_("Words"))
    steps = StepsBlock(group=_("Words"))
    questions = QuestionsBlock(group=_("Words"))
    quote = QuoteBlock(group=_("Words"))
    language_text = LanguageTextBlock(group=_("Words"))
    contact = ContactBlock(group=_("Ways on"))
    help_box = HelpBoxBlock(group=_("Ways on"))
    cards = CardsBlock(group=_("Ways on"))
    related = RelatedBlock(group=_("Ways on"))
    table = TableBlock(group=_("Figures"))
    chart = ChartBlock(group=_("Figures"))
    image = CaptionedImageBlock(group=_("Pictures and files"))
    video = VideoBlock(group=_("Pictures and files"))
    download = DownloadBlock(group=_("Pictures and files"))


__all__ = ["BodyBlock"]
