"""Redirects of old addresses."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from home.content.redirects import import_redirects
from home.models import InformationPage
from tests.factories.pages import a_home_page, a_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    a_page(InformationPage, under=a_home_page(), slug="about")
    return Site.objects.select_related("root_page").get()


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "redirects.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_old_addresses_lead_to_pages_and_to_other_sites(tmp_path: Path, site: Site, client: Client):
    file = write(
        tmp_path, "old_path,new_path\n/who/,/about/\n/who-else/,/en/about/\n/law/,https://example.org/x\n/start/,/\n"
    )
    report = import_redirects(file=file, site=site)
    assert (report.created, report.errors) == (4, [])
    assert client.get("/who/")["Location"] == "/en/about/"
    assert client.get("/who-else/")["Location"] == "/en/about/"
    assert client.get("/law/")["Location"] == "https://example.org/x"
    assert client.get("/start/")["Location"] == "/en/"
    assert client.get("/who/").status_code == 301


def test_rows_with_errors_are_named_and_the_others_imported(tmp_path: Path, site: Site):
    rows = ["/good/,/about/", "bad,/about/", "/gone/,/nowhere/", "/,/about/", "/empty/,", "/good/,/about/",
            "/script/,javascript:x", "/other/,//evil.example", "/en/about/,/about/"]  # fmt: skip
    report = import_redirects(file=write(tmp_path, "old_path,new_path\n" + "\n".join(rows) + "\n"), site=site)
    assert report.created == 1
    assert [row for row, _reason in report.errors] == [3, 4, 5, 6, 7, 8, 9, 10]


def test_a_dry_run_writes_nothing(tmp_path: Path, site: Site):
    file = write(tmp_path, "old_path,new_path\n/who/,/about/\n")
    assert import_redirects(file=file, site=site, dry_run=True).created == 1
    assert not Redirect.objects.exists()


def test_a_second_import_changes_what_changed(tmp_path: Path, site: Site):
    import_redirects(file=write(tmp_path, "old_path,new_path\n/who/,/about/\n"), site=site)
    report = import_redirects(file=write(tmp_path, "old_path,new_path\n/who/,https://example.org/\n"), site=site)
    assert (report.created, report.changed) == (0, 1)


def test_a_file_without_the_columns_says_so(tmp_path: Path, site: Site):
    with pytest.raises(CommandError):
        call_command("import_redirects", write(tmp_path, "from,to\n/a/,/b/\n"))


@pytest.mark.parametrize("new", ["http://localhost/b", "https://LOCALHOST:8000/b", "https:evil", "http://[bad/"])
def test_two_rows_cannot_lead_in_a_circle_by_naming_our_own_host(tmp_path: Path, site: Site, new: str):
    report = import_redirects(file=write(tmp_path, f"old_path,new_path\n/a,{new}\n/b,http://localhost/a\n"), site=site)
    assert (report.created, [row for row, _reason in report.errors]) == (0, [2, 3])
