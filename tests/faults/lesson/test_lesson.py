"""A lesson in which something breaks: nobody who was told "sent" is lost, nobody counts twice, the pages keep the rest.

The database is away for three seconds; FAULT_SECONDS=30 takes it away for half a minute.
"""

import os
import signal
import time

import pytest
from playwright.sync_api import expect

from surveys.collection.models import Held
from tests.faults.lesson.conftest import workers_of
from tests.faults.lesson.pupils import Pupils
from tests.surveys.answering.conftest import CODE, open_lesson  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = float(os.environ.get("FAULT_SECONDS", "3"))
LONGEST_WAIT = 1000 * (SECONDS + 60)
BEFORE, DURING = range(10), range(10, 30)
HOURS_OF_THE_BROWSER = 999
NEXT = "#step button[type=submit].sv-button--main"


def hours_of(number):
    """Answers that say which pupil sent them."""
    return {"HOURS": number}


def hours_kept(lesson):
    """HOURS of every row that the lesson holds, in order."""
    return sorted(row[-1] for row in Held.objects.filter(session_id=lesson.pk).values_list("answers", flat=True))


@pytest.mark.browser
def test_while_the_database_is_away_pages_keep_the_answers_and_send_them_once_later(site, open_lesson, page):  # noqa: F811
    lesson = open_lesson(present=40)
    page.goto(f"{site.url}/s/#{CODE}")
    page.click("#go")
    page.wait_for_url("**/s/questions/")
    # A press before the script is there goes to the step pages, and stays with them.
    page.wait_for_selector("#sheet", state="detached")
    while not page.locator("#field").count():
        page.click(NEXT)
    page.fill("#field", str(HOURS_OF_THE_BROWSER))
    page.click(NEXT)
    pupils = Pupils(site.url, code=CODE)
    pupils.send(BEFORE, hours_of)
    assert pupils.wait() == dict.fromkeys(BEFORE, "sent")

    site.take_away()
    pupils.send(DURING, hours_of)
    page.click(NEXT)
    expect(page.locator("#heading")).to_have_text("Not sent yet", timeout=LONGEST_WAIT)
    time.sleep(SECONDS)
    assert pupils.told.keys() == set(BEFORE), "nobody may hear “sent” while there is nothing to keep it"
    assert page.inner_text("#heading") == "Not sent yet"
    site.give_back()

    expect(page.locator("#heading")).to_have_text("Sent. Thank you", timeout=LONGEST_WAIT)
    assert set(pupils.wait().values()) <= {"sent", "already"}
    assert hours_kept(lesson) == [*BEFORE, *DURING, HOURS_OF_THE_BROWSER]


def test_a_worker_that_is_killed_in_the_middle_loses_and_doubles_nobody(gunicorn, open_lesson):  # noqa: F811
    url, master = gunicorn
    lesson = open_lesson(present=200)
    pupils = Pupils(url, code=CODE)
    pupils.send(range(100), hours_of)
    while len(pupils.told) < 20:
        time.sleep(0.01)
    os.kill(workers_of(master)[0], signal.SIGKILL)
    told_before = dict(pupils.told)
    assert len(told_before) < 100, "somebody must be on the way"
    pupils.send(range(100, 150), hours_of)
    told = pupils.wait()
    assert set(told.values()) <= {"sent", "already"}
    assert told.items() >= told_before.items()
    assert hours_kept(lesson) == list(range(150))
