"""Where a page stands: the trail above its heading."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from .selectors import Chrome


def trail_from_home(chrome: Chrome | None, above: Iterable[tuple[str, str]] = ()) -> list[dict[str, str]]:
    """The home page, then the pages above this one: (title, address) each. As `components/breadcrumbs.html` takes it."""
    home = (chrome.urls.get("home") if chrome else None) or "/"
    return [{"title": title, "url": url} for title, url in ((_("Home"), home), *above)]
