"""Bringing in known settings from a spreadsheet."""

import io

import pytest
from openpyxl import Workbook

from community.errors import RegistryError
from community.models import Setting
from community.moderation.importing import check_rows, import_known, read_table
from foundation.partnership.models import Ward
from tests.factories.community import PersonFactory, PostcodeFactory, SettingFactory

pytestmark = pytest.mark.django_db


def csv_rows(text):
    return read_table(name="known.csv", content=text.encode())


def test_a_dry_run_writes_nothing_and_says_what_it_would_do():
    SettingFactory(name="Invented Chess Club")
    run = check_rows(csv_rows("Name,Types\nInvented Bengali School,supplementary\nThe Invented Chess Club,sport\n"))
    assert [record["name"] for record in run.records] == ["Invented Bengali School"]
    assert run.already_known == [(3, "The Invented Chess Club")]
    assert Setting.objects.count() == 1


def test_errors_name_the_row_and_the_column_and_stop_the_whole_import():
    rows = csv_rows(
        "name,types,postcode,ward,email,website\n"
        ",sport,,,,\n"
        "One,knitting,NW5,Atlantis,nobody,http://\n"
        'Two,sport,,,,"=HYPERLINK(""http://evil.example"")"\n'
    )
    run = check_rows(rows)
    found = {(error.row, error.column) for error in run.errors}
    assert {
        (2, "name"),
        (3, "types"),
        (3, "postcode"),
        (3, "ward"),
        (3, "email"),
        (3, "website"),
        (4, "website"),
    } <= found
    with pytest.raises(RegistryError):
        import_known(rows=rows, by=PersonFactory())
    assert not Setting.objects.exists()


def test_imported_settings_are_known_and_private_and_keep_the_email_in_a_note():
    Ward.objects.create(name="Gospel Oak")
    PostcodeFactory(code="NW5 1AA")
    rows = csv_rows(
        "Name,Types,Venue,Postcode,Ward,Email,Website\n"
        "Invented Dance,Arts; sport,Invented Hall,nw51aa,gospel oak,canary@example.org,example.org\n".replace(
            "Arts;", "arts;"
        )
    )
    run = import_known(rows=rows, by=PersonFactory())
    setting = Setting.objects.get()
    assert run.made == 1
    assert setting.state == "known"
    assert setting.types == ["arts", "sport"]
    assert setting.venues.get().postcode == "NW5 1AA"
    assert setting.website == "https://example.org"
    assert setting.public_email == ""
    assert "canary@example.org" in setting.notes.get().text


def test_a_workbook_reads_like_a_csv_file():
    book = Workbook()
    book.active.append(["Name", "Phone"])
    book.active.append(["Invented Drumming", "+44 20 7946 0000"])
    out = io.BytesIO()
    book.save(out)
    run = check_rows(read_table(name="known.XLSX", content=out.getvalue()))
    assert run.errors == []
    assert run.records[0]["phone"] == "+44 20 7946 0000"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", b"club,types\nx,y\n"),
        ("a.csv", b"PK\x03\x04\x00\x00"),
        ("a.xlsx", b"not a workbook"),
        ("a.csv", b"x" * (2 * 1024 * 1024 + 1)),
        ("a.csv", b"name\n" + b"club\n" * 2_100),
    ],
)
def test_what_is_no_such_file_is_said_in_plain_words(name, content):
    with pytest.raises(RegistryError) as error:
        read_table(name=name, content=content)
    assert str(error.value)


def test_two_settings_of_one_name_get_two_addresses():
    SettingFactory(slug="invented-club")
    import_known(rows=csv_rows("name\nInvented Club\n"), by=PersonFactory())
    assert Setting.objects.filter(slug="invented-club-2").exists()
