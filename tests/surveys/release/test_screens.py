"""Releases in the admin and on the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from surveys.release.enums import ReleaseState
from surveys.release.models import Release
from surveys.release.services import compute_release, plan_release
from tests.factories.accounts import holder_of, sign_in

from .waves import closed_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return closed_wave()


@pytest.fixture
def manager():
    return sign_in(Client(), holder_of("Survey manager"))


def plan(wave):
    return plan_release(wave=wave, crossed_by="SEX", breakdowns=["FSM"], by=None)


def test_a_manager_plans_a_release_of_a_closed_wave(manager, wave):
    page = manager.get(reverse("surveys_releases")).content.decode()
    assert "Plan its release" in page

    answer = manager.post(reverse("surveys_release_plan", args=[wave.pk]), {"crossed_by": "SEX", "breakdowns": ["FSM"]})

    release = Release.objects.get()
    assert answer.url == reverse("surveys_release", args=[release.pk])
    assert (release.crossed_by, release.breakdowns) == ("SEX", ["FSM"])


def test_a_characteristic_named_twice_is_refused_and_the_choice_kept(manager, wave):
    answer = manager.post(reverse("surveys_release_plan", args=[wave.pk]), {"crossed_by": "SEX", "breakdowns": ["SEX"]})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "crossed with year group already" in page
    assert '<option value="SEX" selected>' in page
    assert not Release.objects.exists()


def test_the_screen_shows_what_the_attack_found_and_publishes(manager, wave):
    release = compute_release(release=plan(wave))
    page = manager.get(reverse("surveys_release", args=[release.pk])).content.decode()
    assert "None of the" in page
    assert "What protection costs" in page

    manager.post(reverse("surveys_release", args=[release.pk]), {"act": "publish"})

    release.refresh_from_db()
    assert release.state == ReleaseState.RELEASED


def test_publishing_what_was_not_computed_is_refused_in_words(manager, wave):
    release = plan(wave)
    answer = manager.post(reverse("surveys_release", args=[release.pk]), {"act": "publish"}, follow=True)

    assert "cannot do this" in answer.content.decode()
    release.refresh_from_db()
    assert release.state == ReleaseState.PLANNED


@pytest.mark.parametrize("role", ["Editor", "Registry officer", "Text moderator"])
def test_other_staff_see_no_release(role, wave):
    client = sign_in(Client(), holder_of(role))
    release = plan(wave)

    for address in (reverse("surveys_releases"), reverse("surveys_release", args=[release.pk])):
        assert client.get(address).status_code in {302, 403}


def test_an_administrator_looks_and_changes_nothing(wave):
    client = sign_in(Client(), holder_of("Administrator"))
    release = compute_release(release=plan(wave))

    assert "None of the" in client.get(reverse("surveys_release", args=[release.pk])).content.decode()
    client.post(reverse("surveys_release", args=[release.pk]), {"act": "publish"})
    release.refresh_from_db()
    assert release.state == ReleaseState.READY


def test_the_command_computes_and_publishes(wave):
    out = StringIO()
    call_command("release", "test/autumn", "--breakdowns", "FSM", "--publish", stdout=out)

    assert "small counts recoverable" in out.getvalue()
    assert Release.objects.get().state == ReleaseState.RELEASED


def test_the_command_names_the_waves_that_there_are(wave):
    with pytest.raises(CommandError, match="There are: test/autumn"):
        call_command("release", "test/winter")


def test_a_manager_reads_no_exact_number_that_comes_from_true_counts(manager, wave):
    release = plan_release(wave=wave, crossed_by="SEX", breakdowns=["FSM"], by=None)
    rows = [
        {"lowest": lowest, "highest": lowest + 9, "percentages": number, "mean": 1.23, "p95": 4.87}
        for lowest, number in ((10, 299), (20, 1234))
    ]
    gate = {"problems": [], "recoverable": 0, "small_counts": 5678, "naive_recoverable": 4321}
    release.state, release.report = ReleaseState.READY, {"gate": gate, "errors": rows}
    release.save()
    page = manager.get(reverse("surveys_release", args=[release.pk])).content.decode()
    assert "None of the about 5,700 small counts could be worked out." in page
    assert "given back about 4,300." in page
    assert "<td>about 1,200</td><td>1.0</td><td>5.0</td>" in page
    assert "10–19" not in page
    for exact in ("1.23", "4.87", "5,678", "4,321", "1,234"):
        assert exact not in page


@pytest.mark.parametrize(
    ("cubes", "said", "not_said"),
    [
        (["FSM"], "Every problem is in the breakdown by FSM.", "year group alone"),
        (["FSM", "SEND"], "Every problem is in the breakdown by FSM and SEND.", "year group alone"),
        (["FSM", "main"], "year group alone instead of year group and SEX", "Every problem"),
    ],
)
def test_a_refused_release_says_what_to_leave_out(manager, wave, cubes, said, not_said):
    release = plan_release(wave=wave, crossed_by="SEX", breakdowns=["FSM", "SEND"], by=None)
    problems = [
        {
            "question": "SAFE",
            "cube": cube,
            "group": {},
            "answer": "",
            "attacker": "insider",
            "why": "It could be worked out.",
        }
        for cube in cubes
    ]
    gate = {"problems": problems, "recoverable": 1, "small_counts": 10, "naive_recoverable": 9}
    release.state, release.report = ReleaseState.REFUSED, {"gate": gate}
    release.save()
    page = manager.get(reverse("surveys_release", args=[release.pk])).content.decode()
    assert said in page
    assert not_said not in page
