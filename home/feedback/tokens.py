"""The token of the two buttons: it belongs to one page and is good for two days: browsers keep pages."""

from foundation.forms.tokens import TokenRules, make_token

# No earliest time: the page may be minutes old in a cache, so its age says nothing about the reader.
RULES = TokenRules(earliest=0, latest=2 * 24 * 60 * 60)


def purpose_for(page_id: int) -> str:
    """The form's name for this page."""
    return f"useful-{page_id}"


def token_for(page_id: int) -> str:
    """A token for the buttons on this page."""
    return make_token(purpose_for(page_id))
