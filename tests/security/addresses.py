"""Every address of the site, from the URLconf, with made-up values where an address has parts to fill in."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# What a part of an address may be. Where no such row exists a view says so, or refuses before it looks: both are fine.
SAMPLES = {
    "app_label": "partnership",
    "model_name": "helpline",
    "content_type_app_name": "wagtailcore",
    "content_type_model_name": "page",
    "content_type_app_label": "wagtailcore",
    "language_code": "en",
    "filter_spec": "width-100",
    "mode": "x",
    "media_type": "video",
    "panel": "x",
    "action": "publish",
    "action_name": "approve",
    "action_type": "delete",
    "field_name": "title",
    "report": "x",
    "feature": "page",
}


def patterns(resolver: URLResolver | None = None, prefix: str = "", spaces: str = "") -> Iterator[tuple[str, str]]:
    """Pairs of a name (with its name spaces; the pattern itself where it has none) and a pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            space = f"{spaces}{entry.namespace}:" if entry.namespace else spaces
            yield from patterns(entry, pattern, space)
        elif isinstance(entry, URLPattern):
            yield (spaces + entry.name if entry.name else pattern), pattern


def filled(pattern: str) -> str:
    """An address that fits the pattern."""
    address = re.sub(r"<(?:(\w+):)?(\w+)>", lambda part: _sample(part[1], part[2]), pattern)
    address = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)\??", lambda part: _sample(None, part[1]), address)
    address = re.sub(r"\((\w+)(?:\|\w+)+\)", r"\1", address)
    address = re.sub(r"\(\[\^/\]\+\)|\(\\d\+\)|\(\.\*\)|\(\[\w\\-]+\]\+\)|\([^)]*\)", "1", address)
    return "/" + re.sub(
        r"\\(.)", r"\1", address.replace("^", "").replace("$", "").replace("/?", "/").replace(".+", "x")
    )


def _sample(converter: str | None, name: str) -> str:
    if name in SAMPLES:
        return SAMPLES[name]
    return "00000000-0000-0000-0000-000000000001" if converter == "uuid" else "1"


def admin_addresses() -> dict[str, str]:
    """Name -> address of everything under /admin/."""
    return {name: filled(pattern) for name, pattern in patterns() if pattern.startswith("admin/")}
