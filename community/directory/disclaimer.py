"""What being listed means, in the words that stand on every page, print, spreadsheet, calendar and API answer."""

from django.utils.translation import gettext_lazy as _

DISCLAIMER = _(
    "These clubs and classes chose to join this register. Most of them are not inspected by anyone. Being listed means "
    "that they gave us this information and agreed to our terms. It does not mean that the partnership or the council "
    "recommends them, has checked everybody who works there, or promises that your child will be safe. Beside each "
    "statement we say whether they told us, whether we have seen proof, or whether we saw it on a visit, and when. "
    "Always visit, ask questions and trust your own judgement."
)
SHORT_DISCLAIMER = _("Being listed is not a recommendation. Always visit, ask questions and trust your own judgement.")
NOT_LISTED = _(
    "This setting is not currently on the register. That may be for many reasons and says nothing by itself about safety."
)
DISTANCES = _("Distances are straight lines on the map. The way there is longer.")
