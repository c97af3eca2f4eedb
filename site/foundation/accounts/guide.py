"""The pages of docs/roles inside the admin, so that staff read what they may do where they do it."""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from .roles import ADMIN_DOOR, ROLES

FOLDER = Path(settings.BASE_DIR) / "docs" / "roles"
# Links of one page of docs to another mean nothing here; the words stay.
_RELATIVE_LINK = re.compile(r'<a href="(?!https?:|/)[^"]*">(.*?)</a>', re.DOTALL)
_HEADING = re.compile(r"<(/?)h([1-4])>")


def guide(request: HttpRequest) -> HttpResponse:
    """What the roles of this person are for; of any other role by `?role=`. Nothing in it is secret."""
    if not request.user.has_perm(ADMIN_DOOR):
        raise PermissionDenied
    own = set(request.user.groups.values_list("name", flat=True))
    asked = request.GET.get("role", "")
    address = reverse("role_guide")
    shown = [role for role in ROLES if role.key == asked] or [role for role in ROLES if role.name in own]
    roles = [{"name": role.name, "url": f"{address}?role={role.key}", "is_own": role.name in own} for role in ROLES]
    return render(request, "accounts/guide.html", {"texts": [text_of(role.key) for role in shown], "roles": roles})


@lru_cache(maxsize=32)
def text_of(key: str) -> SafeString:
    """A role's page as HTML, its headings one step lower than in the file; empty where there is none."""
    file = FOLDER / f"{key}.md"
    if not file.exists():
        return SafeString("")
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(file.read_text(encoding="utf-8"))
    lower = _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}>", html)
    return mark_safe(_RELATIVE_LINK.sub(r"\1", lower))  # noqa: S308 - our own file, without HTML of its own
