"""What monitoring is told: numbers an operator can act on, to whoever has the token, and nothing about anybody."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone

from foundation.health import checks
from foundation.jobs.models import ChoreRun
from foundation.mail.models import OutgoingMessage
from foundation.registries.gauges import Gauge, gauges
from foundation.watching import counting, sentry
from foundation.watching.exposition import metrics

pytestmark = pytest.mark.django_db
TOKEN = {"authorization": "Bearer a-token"}


@pytest.fixture(autouse=True)
def watched(settings, tmp_path):
    settings.METRICS_TOKEN, settings.METRICS_ROOT = "a-token", str(tmp_path / "metrics")
    counting.forget_for_tests()
    yield
    counting.forget_for_tests()


def value(name, text=None):
    found = re.search(rf"^{re.escape(name)} (\S+)$", text or metrics(), re.MULTILINE)
    return float(found[1]) if found else None


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer another"}, {"authorization": "a-token"}])
def test_without_the_token_there_is_no_such_address(client, headers):
    answer = client.get("/health/metrics", headers=headers)
    assert (answer.status_code, answer.content) == (404, b"")


def test_where_no_token_is_set_nobody_can_read_and_nothing_is_counted(client, settings, tmp_path):
    settings.METRICS_TOKEN = ""
    assert client.get("/health/metrics", headers={"authorization": "Bearer "}).status_code == 404
    client.get("/en/")
    assert not (tmp_path / "metrics").exists()


def test_requests_are_counted_by_kind_and_status_and_sorted_by_time(client):
    client.get("/en/nothing-here/")
    client.get("/accounts/login/")
    client.get("/admin/")
    text = client.get("/health/metrics", headers=TOKEN).text
    assert value('cscp_requests_total{kind="public",status="4xx"}', text) == 1
    assert value('cscp_requests_total{kind="accounts",status="2xx"}', text) == 1
    assert value('cscp_requests_total{kind="admin",status="3xx"}', text) == 1
    assert value('cscp_request_seconds_count{kind="accounts"}', text) == 1
    assert value('cscp_request_seconds_bucket{kind="accounts",le="+Inf"}', text) == 1
    for line in text.splitlines():
        assert re.match(r"^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]+\})? [-+0-9.eE]+)$", line), line


def test_pupils_answers_are_not_counted_for_a_count_would_tell_when_they_came(client):
    before = metrics()
    client.get("/s/")
    client.post("/s/send/", "{}", content_type="application/json")
    assert [line for line in metrics().splitlines() if "requests_total" in line] == [
        line for line in before.splitlines() if "requests_total" in line
    ]
    counting.count_request(RequestFactory().get("/s/send/"), status=500, seconds=0)
    assert value('cscp_requests_total{kind="quiet",status="5xx"}') == 1


def test_counts_of_several_processes_are_added_up(monkeypatch):
    request = RequestFactory().get("/en/")
    for number in (101, 102):
        monkeypatch.setattr(counting.os, "getpid", lambda number=number: number)
        counting.count_request(request, status=200, seconds=0.01)
    assert counting.totals()["requests", "public", "2xx"] == 2


def test_a_folder_that_cannot_be_written_breaks_no_page(client, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.METRICS_ROOT = str(tmp_path / "file" / "below")
    assert client.get("/accounts/login/").status_code == 200


def test_what_an_operator_must_know_is_there(client):
    old = timezone.now() - timedelta(hours=3)
    OutgoingMessage.objects.create(to="a@example.org", subject="x", text="x", tries=2, created_at=old)
    call_command("housekeeping", "--all")
    ChoreRun.objects.create(name="backup", tried_at=old, done_at=old)
    text = metrics()
    assert value("cscp_database_up", text) == value("cscp_migrated", text) == 1
    assert value('cscp_disk_free_bytes{where="media"}', text) > 0
    assert value('cscp_chore_done_timestamp_seconds{chore="backup"}', text) == pytest.approx(old.timestamp(), abs=1)
    assert value('cscp_chore_done_timestamp_seconds{chore="mail: send what waits"}', text)
    assert value('cscp_mail_waiting{failed="yes"}', text) is not None
    assert "a@example.org" not in text


def test_the_oldest_mail_has_its_age(monkeypatch):
    old = timezone.now() - timedelta(hours=3)
    OutgoingMessage.objects.create(to="a@example.org", subject="x", text="x", created_at=old)
    assert value("cscp_mail_oldest_seconds") == pytest.approx(3 * 3600, abs=5)


def test_without_its_database_it_says_so_and_still_counts(monkeypatch):
    monkeypatch.setattr(checks, "database_answers", lambda: False)
    text = metrics()
    assert value("cscp_database_up", text) == 0
    assert "cscp_mail_waiting" not in text
    assert "cscp_disk_free_bytes" in text


def test_rooms_add_their_own(monkeypatch):
    monkeypatch.setitem(gauges._entries, "cscp_things", Gauge("Things", lambda: [('odd "name"', 3.0)], "of"))
    assert r'cscp_things{of="odd \"name\""} 3' in metrics()
    assert "cscp_releases" in dict(gauges.items())


class TestSentry:
    EVENT = {
        "event_id": "1", "level": "error", "server_name": "host-of-ours", "user": {"email": "jane@example.org", "ip_address": "10.1.1.1"},
        "request": {"url": "https://www.example.org/en/contact/?q=jane", "data": "jane", "cookies": "x", "headers": {"User-Agent": "jane"}},
        "breadcrumbs": {"values": [{"message": "jane"}]}, "extra": {"argv": ["jane"]}, "transaction": "/en/jane/", "tags": {"a": "jane"},
        "contexts": {"trace": {"data": "jane"}}, "message": "jane", "logentry": {"message": "jane"},
        "exception": {"values": [{"type": "ValueError", "value": "jane@example.org is wrong", "stacktrace": {"frames": [
            {"filename": "home/views.py", "function": "serve", "lineno": 3, "vars": {"email": "jane"}, "context_line": "jane"}]}}]},
    }  # fmt: skip

    def test_what_leaves_the_machine_is_the_kind_of_the_fault_and_where_it_happened(self):
        sent = sentry.scrub(self.EVENT)
        assert "jane" not in repr(sent)
        assert "10.1.1.1" not in repr(sent)
        assert "host-of-ours" not in repr(sent)
        assert sent["exception"]["values"][0]["type"] == "ValueError"
        frame = {"filename": "home/views.py", "function": "serve", "lineno": 3}
        assert sent["exception"]["values"][0]["stacktrace"]["frames"] == [frame]

    def test_of_pupils_pages_nothing_leaves(self):
        mark = sentry.is_quiet_now.set(True)
        try:
            assert sentry.scrub(self.EVENT) is None
        finally:
            sentry.is_quiet_now.reset(mark)

    def test_without_an_address_nothing_begins_and_without_the_package_it_is_said(self, settings, monkeypatch):
        assert sentry.start() is False
        settings.SENTRY_DSN = "https://key@sentry.example.org/1"
        monkeypatch.setattr(sentry, "find_spec", lambda name: None)
        assert sentry.start() is False
        assert [each.id for each in sentry.sentry_is_there_when_it_is_wanted()] == ["foundation.W020"]

    def test_where_it_begins_it_is_told_to_send_nothing_personal(self, settings, monkeypatch):
        told = {}
        package = type("Package", (), {"init": staticmethod(lambda **given: told.update(given))})
        settings.SENTRY_DSN = "https://key@sentry.example.org/1"
        monkeypatch.setattr(sentry, "find_spec", lambda name: object())
        monkeypatch.setattr(sentry, "import_module", lambda name: package)
        assert sentry.start()
        assert told["before_send"] is sentry.scrub
        assert (told["send_default_pii"], told["include_local_variables"], told["max_request_body_size"]) == (
            False,
            False,
            "never",
        )
