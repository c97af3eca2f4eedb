"""The site survives Redis going away."""

import os
import time
from typing import Any

import pytest
from django.core.cache import caches
from django.test.utils import override_settings

from foundation.cache import backends
from foundation.cache.backends import SafeRedisCache

DEAD = "redis://127.0.0.1:1/0"
REDIS = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/5"


@pytest.fixture
def dead() -> SafeRedisCache:
    backends._circuits.clear()
    return SafeRedisCache(DEAD, {"KEY_PREFIX": "t"})


@pytest.fixture
def alive() -> SafeRedisCache:
    backends._circuits.clear()
    cache = SafeRedisCache(REDIS, {"KEY_PREFIX": "test-safe-cache"})
    if not cache.is_answering():
        pytest.skip("no Redis server answers: set REDIS_URL")
    cache.clear()
    return cache


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        (lambda cache: cache.get("a", "otherwise"), "otherwise"),
        (lambda cache: cache.set("a", 1), None),
        (lambda cache: cache.add("a", 1), False),
        (lambda cache: cache.touch("a"), False),
        (lambda cache: cache.delete("a"), False),
        (lambda cache: cache.get_many(["a", "b"]), {}),
        (lambda cache: cache.set_many({"a": 1, "b": 2}), ["a", "b"]),
        (lambda cache: cache.delete_many(["a"]), None),
        (lambda cache: cache.has_key("a"), False),
        (lambda cache: "a" in cache, False),
        (lambda cache: cache.get_or_set("a", lambda: 7), 7),
        (lambda cache: cache.clear(), None),
        (lambda cache: cache.is_answering(), False),
    ],
)
def test_every_call_works_with_the_server_away(dead: SafeRedisCache, call: Any, answer: Any) -> None:
    assert call(dead) == answer
    backends._circuits.clear()


@pytest.mark.parametrize("call", [lambda cache: cache.incr("a"), lambda cache: cache.decr("a")])
def test_counting_up_says_that_there_is_no_such_key(dead: SafeRedisCache, call: Any) -> None:
    with pytest.raises(ValueError, match="not found"):
        call(dead)


def test_a_failure_is_logged_once_a_minute_and_not_tried_again_at_once(
    dead: SafeRedisCache, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(50):
        dead.get(f"key-{number}")
    assert len([record for record in caplog.records if getattr(record, "event", "") == "cache_away"]) == 1
    started = time.perf_counter()
    for number in range(200):
        dead.get(f"key-{number}")
    assert time.perf_counter() - started < 0.1


def test_a_server_that_swallows_packets_costs_one_short_wait() -> None:
    backends._circuits.clear()
    # An address that is kept for documentation: nothing answers there.
    cache = SafeRedisCache("redis://192.0.2.1:6379/0", {})
    started = time.perf_counter()
    for number in range(20):
        cache.get(f"key-{number}")
    assert time.perf_counter() - started < 1.5


@pytest.mark.redis
def test_it_is_an_ordinary_cache_with_the_server_there(alive: SafeRedisCache) -> None:
    assert alive.add("a", 1) is True
    assert alive.add("a", 2) is False
    assert alive.incr("a") == 2
    alive.set_many({"b": b"bytes", "c": ["list"]})
    assert alive.get_many(["a", "b", "c", "d"]) == {"a": 2, "b": b"bytes", "c": ["list"]}
    assert alive.delete("b") is True
    with pytest.raises(ValueError, match="not found"):
        alive.incr("never-set")


@pytest.mark.redis
def test_clearing_leaves_the_neighbours_alone(alive: SafeRedisCache) -> None:
    neighbour = SafeRedisCache(REDIS, {"KEY_PREFIX": "test-neighbour"})
    neighbour.set("kept", 1, 30)
    alive.set("gone", 1, 30)
    alive.clear()
    assert alive.get("gone") is None
    assert neighbour.get("kept") == 1
    neighbour.clear()


def test_it_comes_back_by_itself(dead: SafeRedisCache, monkeypatch: pytest.MonkeyPatch) -> None:
    dead.get("a")
    circuit = backends._circuits[DEAD]
    assert not circuit.is_open()
    circuit.closed_until = time.monotonic() - 1
    assert circuit.is_open()


@pytest.mark.django_db
def test_the_site_answers_with_redis_away(client: Any) -> None:
    backends._circuits.clear()
    away = {name: {"BACKEND": "foundation.cache.backends.SafeRedisCache", "LOCATION": DEAD} for name in caches.settings}
    with override_settings(CACHES=away, PAGE_CACHE=True):
        assert client.get("/health/ready").json()["cache"] == "warning"
        assert client.get("/health/ready").status_code == 200
        assert client.get("/en/no-such-page/").status_code == 404
