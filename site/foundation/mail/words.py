"""Words of a stranger in a mail to an address that nobody has confirmed: they may not carry a link there."""

import re

_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]{1,20}:/{2,}|\bmailto:|\btel:")
_DOT_IN_A_NAME = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2})")
_AT = re.compile(r"(?<=\S)@(?=\S)")


def unlinked(words: str) -> str:
    """The same words, of which no mail programme makes a link: "see https://evil.example/a" becomes "see evil. example/a".

    Anybody can type somebody else's address into a form, with words of their own beside it, and the mail that follows is
    the partnership's: it must be of no use for sending people elsewhere. Names such as "St. Mary’s" stay as they are.
    """
    return _AT.sub(" at ", _DOT_IN_A_NAME.sub(". ", _SCHEME.sub("", words)))
