"""Names of audiences and topics for filters, in the language of the page."""

from django.core.cache import cache
from django.utils.translation import get_language, gettext

from home.models import Audience, Topic

_SECONDS = 300


def audience_names() -> dict[str, str]:
    """Slug to name, in the editors' order."""
    return _names("audience", Audience)


def topic_names() -> dict[str, str]:
    """Slug to name, in the editors' order."""
    return _names("topic", Topic)


def forget_labels() -> None:
    """Read names anew; called when an audience or a topic changes."""
    cache.set("search-labels", cache.get("search-labels", 0) + 1, None)


def _names(what: str, model: type[Audience] | type[Topic]) -> dict[str, str]:
    language = get_language() or "en"
    key = f"search-labels-{cache.get('search-labels', 0)}-{what}-{language}"
    names: dict[str, str] | None = cache.get(key)
    if names is None:
        names = {}
        rows = model.objects.order_by("order", "name").values_list("slug", "name", "locale__language_code")
        for slug, name, code in rows:
            if slug not in names or code == language:
                # Without a version of its own in this language, the catalogue may still know the word.
                names[slug] = name if code == language else gettext(name)
        cache.set(key, names, _SECONDS)
    return names
