"""Blocks that lead somewhere: a contact, cards, related pages, the helplines."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from .choosers import CardPageBlock, HelplineBlock
from .words import short_text


class ContactBlock(blocks.StructBlock):
    """Whom to call: a helpline of ours, or a contact typed here. Numbers of a helpline are edited in one place."""

    helpline = HelplineBlock("partnership.Helpline", required=False)
    name = blocks.CharBlock(required=False, max_length=120)
    phone = blocks.CharBlock(required=False, max_length=40)
    email = blocks.EmailBlock(required=False)
    hours = blocks.CharBlock(required=False, max_length=120)
    text = short_text(required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned.get("helpline") and not cleaned.get("name"):
            raise StructBlockValidationError({"name": ValidationError(_("Choose a helpline, or type a name."))})
        return cleaned

    class Meta:
        icon = "mobile-alt"
        label = _("Contact card")
        template = "home/blocks/contact.html"


class CardBlock(blocks.StructBlock):
    """A card: where it leads, and why one would go there."""

    title = blocks.CharBlock(max_length=80)
    text = blocks.CharBlock(required=False, max_length=200)
    page = CardPageBlock(required=False)
    url = blocks.URLBlock(required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            message = _("Choose a page or type an address, one of the two.")
            raise StructBlockValidationError({"page": ValidationError(message)})
        return cleaned


class CardsBlock(blocks.StructBlock):
    """A few cards side by side."""

    title = blocks.CharBlock(required=False, max_length=120)
    items = blocks.ListBlock(CardBlock(), label=_("Cards"))

    class Meta:
        icon = "grip"
        label = _("Cards")
        template = "home/blocks/cards.html"


class RelatedBlock(blocks.StructBlock):
    """Pages to read next."""

    title = blocks.CharBlock(required=False, max_length=120)
    pages = blocks.ListBlock(CardPageBlock(), label=_("Pages"))

    class Meta:
        icon = "link"
        label = _("Related pages")
        template = "home/blocks/related.html"


class HelpBoxBlock(blocks.StaticBlock):
    """The helplines, kept up to date in one place."""

    class Meta:
        icon = "warning"
        label = _("Helplines")
        admin_text = _("Shows the helplines. Edit them under Helplines.")
        template = "home/blocks/help_box.html"
