"""Redirects of old addresses, from CSV."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

COLUMNS = ("old_path", "new_path")


@dataclass
class RedirectReport:
    """What an import did, and what it could not do: (row number, why)."""

    created: int = 0
    changed: int = 0
    kept: int = 0
    errors: list[tuple[int, str]] = field(default_factory=list)


def import_redirects(*, file: Path, site: Site, dry_run: bool = False, overwrite: bool = True) -> RedirectReport:
    """Make permanent redirects of a CSV with the columns old_path and new_path.

    A new path is a page's path below the home page ("/about/"), a path that begins with a language, or another
    site's address. Rows with errors are reported by number and left out; the others are imported. Nothing is
    written on a dry run.
    """
    report = RedirectReport()
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            report.errors.append((1, f"the first row must name old_path,new_path; missing: {', '.join(missing)}"))
            return report
        with transaction.atomic():
            _import_rows(reader, site, report, overwrite=overwrite)
            if dry_run:
                transaction.set_rollback(True)
    return report


def _import_rows(rows: Iterable[dict[str, str]], site: Site, report: RedirectReport, *, overwrite: bool) -> None:
    pages = _pages_by_path(site)
    known = {redirect.old_path: redirect for redirect in Redirect.objects.filter(Q(site=site) | Q(site=None))}
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        old, new = (row.get("old_path") or "").strip(), (row.get("new_path") or "").strip()
        reason = _reason_against(old, new) or _reason_against_own_host(new, site)
        path = Redirect.normalise_path(old) if not reason else ""
        if not reason and path in seen:
            reason = f"the same old path stands in row {seen[path]}"
        target = pages.get(_page_path(new)) if not reason else None
        if not reason and target is None and new.startswith("/"):
            reason = f"there is no page at {new}"
        if not reason and target is not None and Redirect.normalise_path(_address(new)) == path:
            reason = "it would lead to itself"
        if reason:
            report.errors.append((number, reason))
            continue
        seen[path] = number
        wanted = Redirect(
            old_path=path, site=site, is_permanent=True, redirect_page_id=target, redirect_link="" if target else new
        )
        _store(wanted, known.get(path), report, overwrite=overwrite)


def _store(wanted: Redirect, known: Redirect | None, report: RedirectReport, *, overwrite: bool) -> None:
    if known is None:
        wanted.save()
        report.created += 1
        return
    same = (known.redirect_page_id, known.redirect_link) == (wanted.redirect_page_id, wanted.redirect_link)
    if same or not overwrite:
        report.kept += 1
        return
    known.redirect_page_id, known.redirect_link = wanted.redirect_page_id, wanted.redirect_link
    known.save()
    report.changed += 1


def _reason_against(old: str, new: str) -> str:
    if not old.startswith("/"):
        return "old_path must begin with /"
    if Redirect.normalise_path(old) in {"", "/"}:
        return "the home page cannot be redirected"
    if len(old) > 255:
        return "old_path is longer than 255 characters"
    if not new:
        return "new_path is empty"
    if new.startswith("//") or (not new.startswith("/") and not new.lower().startswith(("http://", "https://"))):
        return "new_path must begin with / or with http:// or https://"
    return ""


def _reason_against_own_host(new: str, site: Site) -> str:
    """A page of ours is named by its path, which is looked up; by its full address two rows could lead in a circle."""
    try:
        host = urlsplit(new).hostname
    except ValueError:
        return "new_path is no address"
    return "name a page of this site by its path, without the host" if host == site.hostname.lower() else ""


def _pages_by_path(site: Site) -> dict[str, int]:
    """The pages of the site by their path below the home page, the site's own language first."""
    home = site.root_page
    start = len(home.url_path)
    rows = Page.objects.descendant_of(home, inclusive=True).values_list("url_path", "pk")
    return {url_path[start:].strip("/"): pk for url_path, pk in rows}


def _page_path(new: str) -> str:
    path = urlsplit(new).path.strip("/")
    language = f"{settings.LANGUAGE_CODE}"
    if path == language:
        return ""
    return path.removeprefix(f"{language}/") if new.startswith("/") else "\0"


def _address(new: str) -> str:
    return f"/{settings.LANGUAGE_CODE}/{_page_path(new)}"
