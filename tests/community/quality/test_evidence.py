"""Files: what is taken, where they lie, who may open them, what deciding does."""

import io
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from community.clocks.services import run_clocks
from community.directory.statements import statements_on
from community.errors import OwnSubmission, StepNotAllowed
from community.models import EvidenceCheck, EvidenceFile
from community.quality.services import evidence as services
from foundation.audit.models import Entry
from tests.community.quality.conftest import pdf, picture, staff
from tests.factories.community import MembershipFactory

pytestmark = pytest.mark.django_db


def url(name, setting, *args):
    return reverse(f"community:{name}", args=[setting.pk, *args])


def send(client, setting, upload, code="A1"):
    return client.post(url("evidence_add", setting, code), {"file": upload})


@pytest.fixture
def file(setting, owner, standard):
    return services.hand_in(setting=setting, item=standard.items.get(code="A1"), upload=pdf(), by=owner)


def statements(setting):
    setting.refresh_from_db()
    setting.published.refresh_from_db()
    return [(each.code, each.level) for each in statements_on(setting.published.document, timezone.localdate())]


def test_a_file_is_kept_outside_what_is_served_under_a_name_that_says_nothing(client, setting):
    response = send(client, setting, pdf("Canary Name policy.pdf"))
    assert response.status_code == 303
    row = EvidenceFile.objects.get()
    path = Path(row.file.path)
    assert path.is_relative_to(django_settings.PRIVATE_ROOT)
    assert not path.is_relative_to(django_settings.MEDIA_ROOT)
    assert "Canary" not in str(path)
    assert os.stat(path).st_mode & 0o077 == 0
    with pytest.raises(ValueError, match="no address"):
        _ = row.file.url
    page = client.get(url("evidence", setting)).text
    assert "Canary Name policy.pdf" in page
    assert "Waiting" in page


def test_a_photo_is_drawn_anew_without_where_it_was_taken(client, setting):
    exif = Image.Exif()
    exif[0x010E] = "Canary place"
    send(client, setting, picture("JPEG", "photo.jpeg", exif=exif))
    row = EvidenceFile.objects.get()
    with row.file.open("rb") as kept:
        content = kept.read()
    assert b"Canary" not in content
    assert Image.open(io.BytesIO(content)).format == "JPEG"


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (lambda: SimpleUploadedFile("policy.pdf", b"MZ not a pdf"), "called a PDF but is none"),
        (lambda: pdf(password="secret"), "locked with a password"),
        (lambda: SimpleUploadedFile("policy.pdf", b"%PDF-1.4 broken"), "damaged"),
        (lambda: SimpleUploadedFile("policy.pdf", b""), "This file is empty"),
        (lambda: SimpleUploadedFile("policy.docx", b"PK"), "We take PDF, PNG and JPEG"),
        (lambda: SimpleUploadedFile("policy.svg", b"<svg/>"), "We take PDF, PNG and JPEG"),
        (lambda: SimpleUploadedFile("photo.png", b"<html>"), "This picture cannot be read"),
        (lambda: picture("GIF", "photo.png"), "We take PDF, PNG and JPEG"),
        (lambda: SimpleUploadedFile("big.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024)), "This file is too big"),
    ],
)
def test_what_cannot_be_taken_gets_a_clear_word(client, setting, upload, words):
    response = send(client, setting, upload())
    assert response.status_code == 422
    assert words in response.text
    assert not EvidenceFile.objects.exists()


def test_no_file_at_all_says_so(client, setting):
    response = client.post(url("evidence_add", setting, "A1"), {})
    assert response.status_code == 422
    assert "Choose a file" in response.text


def test_a_picture_that_unpacks_to_far_too_much_is_refused(client, setting, monkeypatch):
    monkeypatch.setattr("community.quality.services.files.MAX_PIXELS", 10)
    assert "too large" in send(client, setting, picture("PNG", "photo.png")).text


def test_twenty_files_may_wait(client, setting, monkeypatch):
    monkeypatch.setattr(services, "MAX_WAITING", 1)
    send(client, setting, pdf())
    assert "wait for us already" in send(client, setting, pdf()).text


def test_the_owner_opens_their_own_file_as_something_to_save(client, setting, file):
    response = client.get(url("evidence_file", setting, file.pk))
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert Entry.objects.filter(action="community.view_evidence").exists()


def test_another_owner_and_another_settings_address_find_nothing(client, stranger, setting, file, owner):
    assert stranger.get(url("evidence_file", setting, file.pk)).status_code == 404
    own = MembershipFactory(user=owner).setting
    assert client.get(url("evidence_file", own, file.pk)).status_code == 404
    assert client.post(url("evidence_take_back", own, file.pk)).status_code == 404
    assert EvidenceFile.objects.exists()


def test_taking_back_deletes_the_file(client, setting, file, django_capture_on_commit_callbacks):
    path = file.file.path
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("evidence_take_back", setting, file.pk))
    assert not EvidenceFile.objects.exists()
    assert not os.path.exists(path)


def test_an_officer_accepts_and_parents_read_that_we_have_seen_it(officer, setting, file):
    assert "Invented Chess Club" in officer.get(reverse("community_evidence")).text
    page = reverse("community_evidence_file", args=[file.pk])
    form = officer.get(page).context["form"]
    today = timezone.localdate()
    assert form.initial["expires_on"] > today + timedelta(days=150)
    typed = {"do": "accept", "checked_on": today.isoformat(), "expires_on": form.initial["expires_on"].isoformat()}
    assert officer.post(page, typed).status_code == 302
    assert statements(setting) == [("A1", "seen")]
    file.refresh_from_db()
    assert (file.status, file.purge_after) == ("accepted", today + timedelta(days=90))
    assert "Invented Chess Club" not in officer.get(reverse("community_evidence")).text.split("<main")[-1]


def test_ninety_days_later_the_file_is_gone_and_the_fact_stays(
    officer, setting, file, django_capture_on_commit_callbacks
):
    services.accept(
        file=file, checked_on=timezone.localdate(), expires_on=timezone.localdate() + timedelta(days=365),
        by=officer.person,
    )  # fmt: skip
    path = file.file.path
    with django_capture_on_commit_callbacks(execute=True):
        run_clocks(today=timezone.localdate() + timedelta(days=90))
    assert not os.path.exists(path)
    file.refresh_from_db()
    assert (file.status, file.original_name) == ("purged", "")
    assert EvidenceCheck.objects.get().level == "seen"
    assert officer.get(reverse("community_evidence_download", args=[file.pk])).status_code == 404


def test_refusing_needs_words_and_the_owner_reads_them(officer, client, setting, file):
    page = reverse("community_evidence_file", args=[file.pk])
    assert "Say why" in officer.post(page, {"do": "refuse", "reason": " "}).text
    officer.post(page, {"do": "refuse", "reason": "It has no date."})
    text = client.get(url("evidence", setting)).text
    assert "It has no date." in text
    assert "Not accepted" in text
    assert statements(setting) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"checked_on": "2099-01-01"}, "This day has not come yet."),
        ({"checked_on": "2026-01-10", "expires_on": "2026-01-09"}, "It cannot run out before it was seen."),
        ({"checked_on": "2020-01-10", "expires_on": "2020-06-09"}, "This has run out already"),
        ({"checked_on": "nonsense"}, "Enter a valid date."),
        ({"checked_on": ""}, "This field is required."),
    ],
)
def test_dates_that_cannot_be_are_refused_and_what_was_typed_stays(officer, file, given, words):
    page = reverse("community_evidence_file", args=[file.pk])
    text = officer.post(page, {"do": "accept", "note": "Kept words", **given}).text
    assert words in text
    assert "Kept words" in text
    assert not EvidenceCheck.objects.exists()


def test_the_second_of_two_officers_is_told_that_it_was_decided(officer, setting, file):
    services.refuse(file=file, reason="No date.", by=officer.person)
    with pytest.raises(StepNotAllowed, match="already"):
        services.accept(file=file, checked_on=date.today(), expires_on=None, by=officer.person)


def test_nobody_decides_on_their_own_file(officer, setting, file):
    MembershipFactory(setting=setting, user=officer.person)
    with pytest.raises(OwnSubmission):
        services.accept(file=file, checked_on=date.today(), expires_on=None, by=officer.person)


def test_opening_a_file_as_an_officer_is_written_down(officer, file):
    response = officer.get(reverse("community_evidence_download", args=[file.pk]))
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    assert Entry.objects.filter(action="community.view_evidence").count() == 1


def test_a_visit_is_recorded_and_stands_above_what_was_told(officer, setting, standard):
    page = reverse("community_quality", args=[setting.pk])
    assert officer.get(page).status_code == 200
    assert Entry.objects.filter(action="community.view_quality").exists()
    item = standard.items.get(code="A1")
    typed = {"do": "check", "item": item.pk, "level": "visited", "checked_on": timezone.localdate().isoformat()}
    officer.post(page, typed)
    check = EvidenceCheck.objects.get()
    assert check.expires_on is not None
    assert statements(setting) == [("A1", "visited")]
    refused = officer.post(page, {"do": "withdraw", "check": check.pk, "reason": ""}, follow=True)
    assert "Say why" in refused.text
    officer.post(page, {"do": "withdraw", "check": check.pk, "reason": "It has changed."})
    assert statements(setting) == []


def test_they_told_us_cannot_be_recorded_by_an_officer(officer, setting, standard):
    item = standard.items.get(code="A1")
    typed = {"do": "check", "item": item.pk, "level": "told", "checked_on": "2026-01-01"}
    officer.post(reverse("community_quality", args=[setting.pk]), typed)
    assert not EvidenceCheck.objects.exists()


OFFICER_ROLES = {"Registry officer", "Safeguarding lead"}


@pytest.mark.parametrize(
    "role", ["Registry officer", "Safeguarding lead", "Administrator", "Editor", "Publisher", "Outreach officer"]
)
def test_who_may_open_what_in_the_admin(role, setting, file):
    client = staff(role)
    addresses = [
        reverse("community_evidence"), reverse("community_evidence_file", args=[file.pk]),
        reverse("community_evidence_download", args=[file.pk]), reverse("community_quality", args=[setting.pk]),
    ]  # fmt: skip
    answers = [client.get(address) for address in addresses]
    if role in OFFICER_ROLES:
        assert [each.status_code for each in answers] == [200] * 4
    else:
        assert [(each.status_code, each.url) for each in answers] == [(302, "/admin/")] * 4


OWNERS = [
    ("standard", ()), ("standard_question", ("A1",)), ("standard_check", ()), ("standard_plan", ()),
    ("standard_plan_calendar", ()), ("standard_poster", ()), ("evidence", ()), ("evidence_add", ("A1",)),
    ("awards", ()), ("award_add", ()), ("people_checks", ()), ("standard_begin", ()), ("award_remove", (1,)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args"), OWNERS)
def test_for_others_there_is_no_such_page(name, args, setting, stranger, officer):
    address = url(name, setting, *args)
    for client in (stranger, officer):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    nobody = Client()
    response = nobody.get(address)
    assert response.status_code == 302
    assert "sign-in" in response.url
    assert nobody.post(address).status_code == 403


@pytest.mark.parametrize(
    ("name", "args"), [each for each in OWNERS if each[0] not in {"standard_begin", "award_remove"}]
)
def test_every_page_of_the_owner_is_private(name, args, setting, client):
    response = client.get(url(name, setting, *args))
    assert response.status_code in {200, 303, 404}
    assert "no-store" in response["Cache-Control"]
