"""PostgreSQL and Redis go away while the site runs, and come back: what readers see, and that nobody has to restart anything."""

import time

import pytest
from django.db import connection

from foundation.cache import generation
from foundation.partnership.models import Helpline
from home.models import ContactPage
from tests.factories.pages import a_home_page, a_page

from .machines import HAS_REDIS, Door, RedisOfOurOwn, RunningSite

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs DATABASE_URL of a PostgreSQL"),
    pytest.mark.skipif(not HAS_REDIS, reason="needs redis-server"),
]


@pytest.fixture
def database():
    settings = connection.settings_dict
    door = Door(settings["HOST"] or "127.0.0.1", int(settings["PORT"] or 5432))
    yield door
    door.close()


@pytest.fixture
def redis(tmp_path):
    server = RedisOfOurOwn(tmp_path)
    door = Door("127.0.0.1", server.port)
    yield door
    door.close()
    server.close()


@pytest.fixture
def site(database, redis, tmp_path):
    a_page(ContactPage, under=a_home_page(), slug="contact")
    Helpline.objects.create(key="line", name="The first line", phone="0800 1111", in_bar=True)
    settings = connection.settings_dict
    user = f"{settings['USER']}:{settings['PASSWORD']}" if settings["PASSWORD"] else settings["USER"]
    running = RunningSite(
        tmp_path,
        DATABASE_URL=f"postgres://{user}@127.0.0.1:{database.port}/{settings['NAME']}",
        REDIS_URL=f"redis://127.0.0.1:{redis.port}/0",
        WEB_CONCURRENCY="1",
    )
    running.get("/en/")  # the first page of a new site makes rows of its own, and is not kept
    yield running
    running.close()


def test_without_its_database_the_site_gives_out_what_it_kept_says_so_elsewhere_and_recovers_by_itself(site, database):
    kept = site.get("/en/")
    assert kept.status == 200
    assert site.get("/health/ready").status == 200

    database.shut()

    assert site.get("/en/").text == kept.text
    search = site.get("/en/search/?q=never-asked-before")
    assert (search.status, search.headers["Retry-After"]) == (503, "30")
    assert "tel:999" in search.text
    assert "tel:08001111" in search.text
    posted = site.post("/en/contact/", message="A long story.")
    assert posted.status == 503
    assert "was not saved" in posted.text
    ready = site.get("/health/ready")
    assert (ready.status, '"database": "failing"' in ready.text) == (503, True)
    assert site.get("/health/live").status == 200
    assert max(search.seconds, posted.seconds, ready.seconds) < 3

    database.open()

    assert site.get_until("/en/search/?q=never-asked-before", 200, seconds=5).seconds < 3
    assert site.get_until("/health/ready", 200, seconds=5)


def test_a_database_that_answers_nothing_is_given_up_in_seconds(site, database):
    site.get("/en/")
    database.go_dead()
    answer = site.get("/en/search/?q=never-asked-before")
    assert answer.status == 503
    assert answer.seconds < 15
    database.open()
    assert site.get_until("/en/search/?q=never-asked-before", 200, seconds=5)


def test_without_redis_every_page_is_there_and_after_it_none_is_old(site, redis):
    assert "The first line" in site.get("/en/").text

    redis.shut()
    assert site.get("/en/").status == 200
    assert site.get("/en/search/?q=x").status == 200
    ready = site.get("/health/ready")
    assert (ready.status, '"cache": "warning"' in ready.text) == (200, True)
    # Changed while it is away: the kept page in Redis is from before.
    Helpline.objects.update(name="The changed line")
    generation.bump()

    redis.open()
    time.sleep(generation.REFRESH_SECONDS + 0.3)  # as long as a change may take to spread
    assert [page for page in (site.get("/en/").text for _reader in range(5)) if "The changed line" not in page] == []


def test_nothing_about_the_fault_is_in_the_log_but_its_kind(site, database):
    site.get("/en/")
    database.shut()
    site.get("/en/search/?q=jane-at-example")
    written = site.log.read_text()
    assert "OperationalError" in written
    assert "jane" not in written
    assert "127.0.0.1" not in written
