"""Loads a folder of content into the site, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models.signals import post_save
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Locale, Page, Site
from wagtail.search.index import get_indexed_models
from wagtail.signal_handlers import disable_reference_index_auto_update

from foundation.cache import generation
from foundation.media.models import SiteDocument
from home.models import HomePage
from home.search import signals as search_signals

from .pages import PageLoader
from .reading import read_pages, read_records
from .records import RecordLoader, Tally
from .redirects import RedirectReport, import_redirects
from .translations import TranslationLoader

CAMDEN = Path(__file__).parent / "camden"


@dataclass(frozen=True)
class LoadReport:
    """What a load did."""

    created: int
    refreshed: int
    kept: int
    missing_links: list[str]
    redirects: RedirectReport | None


def load_content(*, folder: Path = CAMDEN, refresh: bool = False, admin_search: bool = True) -> LoadReport:
    """Make what the folder describes and the site lacks; with `refresh`, put what it has back to what the files say.

    Nothing is deleted, and without `refresh` nothing that exists is changed: what an editor typed stays. Without
    `admin_search` the caller makes the admin's own search index afterwards (`manage.py update_index`). Raises
    ContentError, and then nothing at all has changed.
    """
    files = read_pages(folder)
    tally = Tally()
    # The files are read when the transaction ends, and are indexed with everything else too.
    with indexes_later(), transaction.atomic():
        locales = _locales(folder)
        records = RecordLoader(folder, refresh=refresh, tally=tally, locales=locales)
        records.load_all()
        make_way()
        home = _home()
        pages = PageLoader(files, refresh=refresh, tally=tally, locale=locales["en"], note=_author(folder))
        home = pages.load_all(home)
        site = ready_site(home)
        TranslationLoader(pages, locales).load_all()
        records.load_settings(site)
        records.load_navigation(site, pages.page_id)
        redirects = None
        if (folder / "redirects.csv").exists():
            redirects = import_redirects(file=folder / "redirects.csv", site=site, overwrite=refresh)
    Site.clear_site_root_paths_cache()
    generation.bump_on_commit()
    if tally.created or tally.refreshed:
        build_indexes(admin_search=admin_search)
    return LoadReport(tally.created, tally.refreshed, tally.kept, sorted(tally.missing_links), redirects)


def make_way() -> None:
    """Wagtail's welcome page holds the slug that our home page wants."""
    for welcome in Page.objects.filter(depth=2, slug="home"):
        if welcome.specific_class is Page:
            welcome.slug = "wagtail-welcome"
            welcome.save()


def ready_site(home: Page) -> Site:
    """The default site, standing on this home page. Wagtail's welcome page goes, if nothing stands under it."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    elif site.root_page_id != home.pk:
        welcome = site.root_page
        site.root_page = home
        site.save()
        if welcome.specific_class is Page and not welcome.get_children().exists():
            welcome.delete()
    return site


def build_indexes(*, admin_search: bool = True) -> None:
    """Search and references, once for everything. A slow worker is never waited for."""
    call_command("rebuild_references_index", verbosity=0)
    if admin_search:
        call_command("update_index", verbosity=0)
    from home.search.services import rebuild

    rebuild()


def _home() -> HomePage | None:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is not None and site.root_page.specific_class is HomePage:
        return site.root_page.specific
    return HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()


def _locales(folder: Path) -> dict[str, Locale]:
    codes = {entry["code"] for entry in read_records(folder, "languages") if entry.get("locale")}
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in {settings.LANGUAGE_CODE, *codes}}


def _author(folder: Path) -> str:
    from .reading import read_yaml

    file = folder / "partnership.yaml"
    return str((read_yaml(file) or {}).get("name", "")) if file.exists() else ""


@contextmanager
def indexes_later() -> Iterator[None]:
    """While hundreds of pages are written, the indexes wait; `build_indexes` makes them once."""
    models = list(get_indexed_models())
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    post_save.disconnect(dispatch_uid="search-page-saved")
    post_save.disconnect(sender=SiteDocument, dispatch_uid="search-document-saved")
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in models:
            if getattr(model, "search_auto_update", True):
                post_save.connect(post_save_signal_handler, sender=model)
        search_signals.connect()
