"""What a load balancer is told."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from foundation.health import checks
from foundation.health.middleware import HealthMiddleware


def ask(path: str, **extra: Any) -> Any:
    return HealthMiddleware(lambda request: None)(RequestFactory().get(path, **extra))  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize("path", ["/health/live", "/health/live/"])
def test_being_alive_asks_no_database(path: str) -> None:
    # No database fixture: a query would fail this test.
    response = ask(path)
    assert response.status_code == 200
    assert response.content == b'{"status": "ok"}'


@pytest.mark.django_db
def test_ready_says_what_works_and_nothing_else(client: Client) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "migrations": "ok", "disk": "ok", "cache": "ok"}
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_any_host_may_ask(client: Client) -> None:
    assert client.get("/health/live", headers={"host": "10.1.2.3:8000"}).status_code == 200
    assert client.get("/health/ready", headers={"host": "10.1.2.3:8000"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("check", ["database_answers", "is_migrated", "disk_has_room"])
def test_what_is_needed_and_missing_makes_it_unready(check: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, check, lambda: False)
    response = ask("/health/ready")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"


@pytest.mark.django_db
def test_a_cache_that_is_away_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "cache_answers", lambda: False)
    response = ask("/health/ready")
    assert response.status_code == 200
    assert b'"cache": "warning"' in response.content


@pytest.mark.django_db
def test_a_disk_that_is_full_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_free", lambda folder: 1_000)
    assert not checks.disk_has_room()


def test_only_reading_is_allowed() -> None:
    assert HealthMiddleware(lambda request: None)(RequestFactory().post("/health/live")).status_code == 405  # type: ignore
