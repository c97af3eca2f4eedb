"""The site that is measured: the demonstration, and the same with many more pages."""

import logging
from collections import Counter

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from wagtail.models import Page

from foundation.cache import generation
from foundation.partnership.models import Subgroup, SubgroupMember
from home.content.loader import indexes_later
from home.models import AudiencePage, ResourcePage, TopicPage
from home.search.services import index_page

from .weight import weigh

HOST = "127.0.0.1"


def fill() -> None:
    """An empty database becomes the demonstration."""
    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    if not Page.objects.filter(depth__gt=2).exists():
        call_command("load_demo", verbosity=0)


def addresses() -> dict[str, str]:
    """The pages that are measured: home, an audience, a topic, a resource, a search."""
    audience = AudiencePage.objects.live().filter(locale__language_code="en").order_by("path").first()
    topic = TopicPage.objects.live().filter(locale__language_code="en").order_by("path").first()
    resource = ResourcePage.objects.live().filter(locale__language_code="en").order_by("path").first()
    if audience is None or topic is None or resource is None:
        raise SystemExit("the demonstration has no audience, no topic or no resource")
    return {
        "home": "/en/",
        "audience": audience.url,
        "topic": topic.url,
        "resource": resource.url,
        "search": "/en/search/?q=safe",
    }


def listing_address() -> str:
    """A setting that parents can see."""
    from community.models import Setting

    slug = Setting.objects.filter(state="listed").order_by("slug").values_list("slug", flat=True).first()
    if slug is None:
        raise SystemExit("the demonstration has no setting that is listed")
    return f"/en/clubs-near-you/{slug}/"


def add_figures() -> None:
    """A wave with released figures, written by hand: computing the demonstration's takes a minute."""
    from surveys.release.models import Release
    from tests.surveys.results.releases import fill, make_release

    if not Release.objects.filter(wave__survey__key="test").exists():
        fill(make_release())


def figures_address() -> str:
    """What the public reads of that wave."""
    return "/en/surveys/test/autumn/results/"


def subgroup_address() -> str:
    """What a subgroup reads of it."""
    return "/results/health/test/autumn/"


def signed_in_member() -> str:
    """The cookie of somebody who sits on that subgroup."""
    from tests.factories.accounts import UserFactory

    member = UserFactory()
    subgroup = Subgroup.objects.get_or_create(key="health", defaults={"name": "Health"})[0]
    SubgroupMember.objects.create(user=member, subgroup=subgroup)
    client = Client(headers={"host": HOST})
    client.force_login(member)
    return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"


def survey_posts(port: int, number: int) -> list[bytes]:
    """Answers of so many pupils, of full classes, ready to send."""
    from .lesson_site import LARGEST_CLASS, rate_requests

    return rate_requests(port, sessions=-(-number // LARGEST_CLASS))


def queries(pages: dict[str, str]) -> dict[str, int]:
    """Queries of each page with the page cache off, the second time it is asked for."""
    counts = {}
    with override_settings(PAGE_CACHE=False, LOG_REQUESTS=False, PAGE_COUNTS=False):
        caches["default"].clear()
        for name, path in pages.items():
            client = Client(headers={"host": HOST})
            client.get(path)
            generation.current()  # asked for every two seconds, not by this page
            with CaptureQueriesContext(connection) as captured:
                response = client.get(path)
            if response.status_code != 200:
                raise SystemExit(f"{path} answers {response.status_code}")
            counts[name] = len(captured)
    return counts


def weights(pages: dict[str, str]) -> dict[str, Counter[str]]:
    """Bytes by kind of each page."""
    with override_settings(LOG_REQUESTS=False, PAGE_COUNTS=False):
        return {name: weigh(Client(headers={"host": HOST}), path) for name, path in pages.items()}


def add_pages(number: int) -> int:
    """So many resources more, beside the one that is measured and with its words, topics and audiences."""
    model = ResourcePage.objects.live().filter(locale__language_code="en").order_by("path").first()
    parent = model.get_parent()
    topics, audiences = list(model.topics.all()), list(model.audiences.all())
    with transaction.atomic(), indexes_later():
        for place in range(number):
            page = ResourcePage(
                title=f"Keeping safe, part {place}",
                slug=f"benchmark-{place}",
                summary=model.summary,
                body=model.body,
                owner_role=model.owner_role,
                locale=model.locale,
            )
            page.topics, page.audiences = topics, audiences
            parent.add_child(instance=page)
            index_page(page_id=page.pk)
            parent = Page.objects.get(pk=parent.pk)
    generation.bump()
    return number
