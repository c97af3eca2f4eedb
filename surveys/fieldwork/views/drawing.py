"""Square codes."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(text: str) -> SafeString:
    """An SVG without a size of its own, so that the style sheet decides, in a level that survives a dim projector."""
    made = segno.make(text, error="m", micro=False)
    drawn = made.svg_inline(border=3, omitsize=True, dark="#1d1128", light="#ffffff", svgclass="cs-square")
    return mark_safe(drawn)  # noqa: S308 - drawn by the library from our own text
