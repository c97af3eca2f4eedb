"""A worker of flesh and blood is killed with SIGKILL while an issue goes out; the next one sends the rest, and nothing twice."""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.community.newsletter.smtp_server import Plan, SmtpServer

ROOT = Path(__file__).resolve().parents[3]
PEOPLE = 60
START = """
import sys, django
django.setup()
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[1])
from datetime import timedelta
from django.utils import timezone
from community.newsletter.models import Contact, Consent, Delivery, Issue
from community.newsletter.services.dispatch import start_sending
from community.newsletter.services.issues import add_own, start_issue
from community.newsletter.services.sending import send_leg
from community.newsletter.selectors.issues import delivery_counts
"""
PREPARE = """
people = Contact.objects.bulk_create([Contact(email=f"reader-{n}@example.org") for n in range(int(sys.argv[2]))])
Consent.objects.bulk_create([Consent(contact=c, purpose="newsletter", given_at=timezone.now(), how="link") for c in people])
issue = start_issue(kind="newsletter", title="News", subject="News", by=None, intro="Hello")
start_sending(issue=issue, by=None)
"""
SEND = "send_leg(issue_id=Issue.objects.get().pk, most=1_000)\n"
LATER = 'Delivery.objects.filter(state="going").update(at=timezone.now() - timedelta(minutes=11))\n'
TELL = "import json; print(json.dumps({**delivery_counts(Issue.objects.get()), 'state': Issue.objects.get().state}))\n"


def process(folder: Path, *code: str, port: int) -> "subprocess.Popen[str]":
    surroundings = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "cscp.settings.dev", "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "SECRET_KEY": "only-for-this-test", "BACKGROUND_WORKER": "1", "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "LOG_LEVEL": "CRITICAL",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", START + "".join(code), str(port), str(PEOPLE)],
        cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with gzip.open(ROOT / "site/cscp/fresh.sqlite3.gz") as packed, (tmp_path / "db.sqlite3").open("wb") as unpacked:
        shutil.copyfileobj(packed, unpacked)
    return tmp_path


def test_killed_half_way_it_sends_the_rest_and_nothing_twice(folder: Path) -> None:
    server = SmtpServer(Plan(delay=0.02))
    migrate = "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
    assert process(folder, migrate, PREPARE, port=server.port).wait(120) == 0
    assert server.taken == []
    worker = process(folder, SEND, port=server.port)
    end = time.monotonic() + 60
    while len(server.taken) < PEOPLE // 3 and time.monotonic() < end:
        time.sleep(0.005)
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    time.sleep(0.2)
    halfway = len(server.taken)
    assert PEOPLE // 3 <= halfway < PEOPLE
    said, _errors = process(folder, LATER, SEND, TELL, port=server.port).communicate(timeout=120)
    server.stop()
    counts = json.loads(said)
    recipients = server.recipients()
    assert len(recipients) == len(set(recipients)), "nobody gets it twice"
    assert counts["state"] == "sent"
    assert counts["sent"] + counts["unsure"] == PEOPLE, "everybody is accounted for"
    assert counts["unsure"] <= 1
    assert len(recipients) >= PEOPLE - 1
