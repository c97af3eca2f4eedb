"""The addresses that the foundation itself holds, and the rows that are about a person rather than by them."""

from foundation.registries.personal import AddressRule, OnErasure, register_rules

DELETE, EMPTY, KEEP = OnErasure.DELETE, OnErasure.EMPTY, OnErasure.KEEP
OF_AN_OFFICE = "an office's address, not a person's"

DONE_BY_THEM = {
    "community.Proposal": "a first word for a step that takes two people: the record of a decision",
    "wagtailcore.Comment": "what was said about a draft: part of its history",
    "wagtailcore.CommentReply": "what was said about a draft: part of its history",
}
"""Rows that would go with the account, but record what was done; they stay and point to an account without a name."""

THEIR_OWN_WORDS = {"review.Remark", "review.Review", "review.Post", "review.PostRemark", "review.PartnershipQuestion",
                   "surveys.YoungAdvisorWords"}  # fmt: skip
"""Rows that are shown whole to the person who asks, for they wrote them as themselves and not as an office."""


def connect() -> None:
    """Register what the foundation holds."""
    register_rules(
        AddressRule("links.SignInLink.email", DELETE, "a way in"),
        AddressRule("account.EmailAddress.email", DELETE, "a copy of the account's address"),
        AddressRule("mail.OutgoingMessage.to", DELETE, "a message to them that has not gone out"),
        AddressRule(
            "mail.OutgoingMessage.reply_to", KEEP, "a message from them that is on its way; deleted when it is sent"
        ),
        AddressRule("partnership.Helpline.email", KEEP, OF_AN_OFFICE),
        AddressRule("partnership.PartnershipSettings.front_door_email", KEEP, OF_AN_OFFICE),
        AddressRule("partnership.PartnershipSettings.contact_email", KEEP, OF_AN_OFFICE),
        AddressRule("home.FormPage.notify_email", KEEP, OF_AN_OFFICE),
    )
