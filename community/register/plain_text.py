"""Makes pasted text plain: no markup of word processors, no characters that cannot be seen. Smart quotes stay."""

import html
import re
import unicodedata

import nh3

# Only what is closed like a tag: "ages < 5" and "5 <6" are words, and stay.
_MARKUP = re.compile(r"<!--.*?-->|</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>|<[!?][^<>]*>", re.DOTALL)
_HIDDEN_PARTS = re.compile(r"<!--.*?-->|<(style|xml|script|head)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_NEW_LINES = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_ENTITIES = re.compile(r"&(?:nbsp|amp|lt|gt|quot|#\d{2,5}|#x[0-9a-fA-F]{2,5}|[lr][sd]quo|[mn]dash|hellip|bull);")
# Word's bullets live in a private range of a symbol font; elsewhere they are empty boxes.
_BULLETS = dict.fromkeys(map(ord, "\uf0b7\uf0a7\uf0d8\uf0fc\uf076"), "•")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"), " ")
_GONE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff\ufffc\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_LINES = {0x2028: "\n", 0x2029: "\n", 0x0B: "\n", 0x0C: "\n"}
_TABLE = {**_SPACES, **_BULLETS, **_GONE, **_LINES}


def plain(text: str) -> str:
    """The words alone, with their line breaks. Joiners inside words (U+200C, U+200D) stay: some scripts need them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _MARKUP.search(text):
        text = _without_markup(text)
    elif _ENTITIES.search(text):
        text = html.unescape(text)
    text = unicodedata.normalize("NFC", text.translate(_TABLE))
    text = "".join(
        char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Co", "Cn", "Cs"}
    )
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
    lines = [re.sub(r"^[·§] ", "• ", line) for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_markup(text: str) -> str:
    text = _HIDDEN_PARTS.sub("", text)
    if re.search(r"</(?:p|div|li|h[1-6])\s*>|<br", text, re.IGNORECASE):
        text = _NEW_LINES.sub("\n", text.replace("\n", " "))
    # What only looks like an open tag is kept as a word: the cleaner would take everything after it away.
    text = re.sub(r"<(?![!/?A-Za-z])", "&lt;", text)
    text = re.sub(r"<(?=[A-Za-z/])(?![^<>]*>)", "&lt;", text)
    return html.unescape(nh3.clean(text, tags=set(), attributes={}))
