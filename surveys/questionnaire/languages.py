"""What a language is called, and which way it is written. Any code may be used, known to Django or not."""

from django.utils.translation import get_language_info

RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}


def direction_of(code: str) -> str:
    """ "rtl" or "ltr"."""
    return "rtl" if code.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


def name_of(code: str) -> str:
    """Its English name with its own name, such as "Arabic (العربيّة)"; the code where nobody knows it."""
    try:
        info = get_language_info(code)
    except KeyError:
        return code
    return f"{info['name']} ({info['name_local']})"
