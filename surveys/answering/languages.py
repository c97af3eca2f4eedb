"""Languages as pupils choose them: each named in itself, whether Django knows it or not."""

from django.utils.translation import get_language_info

from ..questionnaire.languages import direction_of

OWN_NAMES = {
    "am": "አማርኛ", "gu": "ગુજરાતી", "ku": "Kurdî", "om": "Oromoo", "pa": "ਪੰਜਾਬੀ", "prs": "دری", "ps": "پښتو",
    "ti": "ትግርኛ", "tl": "Tagalog", "yo": "Yorùbá", "zh": "中文",
}  # fmt: skip
"""Names of languages spoken here that Django has none for."""


def language_choices(codes: list[str]) -> list[dict[str, str]]:
    """`{code, name, dir}` of each language."""
    return [{"code": code, "name": own_name(code), "dir": direction_of(code)} for code in codes]


def own_name(code: str) -> str:
    """The language's name in itself; its code where nobody knows it."""
    try:
        return OWN_NAMES.get(code) or str(get_language_info(code)["name_local"])
    except KeyError:
        return code
