"""Blocks of figures: tables and charts."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class TableBlock(blocks.StructBlock):
    """A table of words or figures. Plain cells, so that it can be translated and read out row by row."""

    caption = blocks.CharBlock(max_length=200, help_text=_("What the table shows."))
    header = blocks.ListBlock(blocks.CharBlock(required=False, max_length=120), label=_("Headings of the columns"))
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(required=False, max_length=600), label=_("Cells")), label=_("Rows")
    )
    row_headers = blocks.BooleanBlock(required=False, default=True, label=_("The first cell of a row is its heading"))

    class Meta:
        icon = "table"
        label = _("Table")
        template = "home/blocks/table.html"


class ChartRowBlock(blocks.StructBlock):
    """One bar."""

    label = blocks.CharBlock(max_length=160)
    value = blocks.DecimalBlock(min_value=0)
    display = blocks.CharBlock(
        required=False, max_length=60, help_text=_("How the figure is written, if not as a plain number.")
    )


class ChartBlock(blocks.StructBlock):
    """Figures as a table with bars. The title says the finding, so that nobody has to read it off the bars."""

    title = blocks.CharBlock(max_length=160, help_text=_("A sentence that says what was found."))
    caption = blocks.CharBlock(max_length=300, help_text=_("What was measured, of whom, and when."))
    unit = blocks.CharBlock(required=False, max_length=20, help_text=_("%, people, or nothing."))
    rows = blocks.ListBlock(ChartRowBlock(), label=_("Bars"))
    source = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "order"
        label = _("Chart")
        template = "home/blocks/chart.html"
