"""Bringing in known settings from a spreadsheet."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from community.errors import RegistryError
from community.models import Setting
from community.moderation.importing import check_rows, import_known, read_known
from foundation.partnership.models import Ward
from tests.factories.community import PersonFactory, PostcodeFactory, SettingFactory

pytestmark = pytest.mark.django_db


def csv_rows(text):
    return read_known(name="known.csv", content=text.encode())


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
    run = check_rows(read_known(name="known.XLSX", content=out.getvalue()))
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
        read_known(name=name, content=content)
    assert str(error.value)


def test_two_settings_of_one_name_get_two_addresses():
    SettingFactory(slug="invented-club")
    import_known(rows=csv_rows("name\nInvented Club\n"), by=PersonFactory())
    assert Setting.objects.filter(slug="invented-club-2").exists()


def workbook(**parts):
    """A workbook whose parts can be replaced by anything."""
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Name", "Notes"])
    book.active.append(["Invented Drumming", "=1+1"])
    book.save(out)
    forged = io.BytesIO()
    with ZipFile(out) as before, ZipFile(forged, "w", ZIP_DEFLATED) as after:
        for name in {*before.namelist(), *parts}:
            after.writestr(name, parts[name] if name in parts else before.read(name))
    return forged.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
FAR = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
)
HEADINGS = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: workbook(**{SHEET: b"<worksheet"}), "cannot be opened"),
        (lambda: workbook(**{SHEET: b"\xff\xfe\x00"}), "cannot be opened"),
        (lambda: workbook(**{"xl/workbook.xml": b"<workbook/>"}), "cannot be opened"),
        (lambda: workbook(**{"xl/sharedStrings.xml": b" " * 50_000_000}), "far larger inside"),
        (lambda: workbook(**{SHEET: (FAR % f'{HEADINGS}<row r="1048576"/>').encode()}), "more than 2000 rows"),
    ],
    ids=["half a sheet", "no XML", "no sheets", "unfolds", "a million rows"],
)
def test_a_forged_workbook_is_refused_in_words(content, words):
    with pytest.raises(RegistryError) as error:
        read_known(name="known.xlsx", content=content())
    assert words in str(error.value)


def test_a_cell_longer_than_a_csv_file_may_have_is_said():
    with pytest.raises(RegistryError):
        csv_rows('name\n"' + "x" * 200_000 + '"\n')


def test_a_formula_is_neither_run_nor_kept():
    rows = read_known(name="known.xlsx", content=workbook())
    assert "1+1" not in str(rows)
    run = check_rows(csv_rows("name,notes\n\"=cmd|'/c calc'!A1\",@SUM(1)\n"))
    assert {(error.row, error.column) for error in run.errors} == {(2, "name"), (2, "notes")}


@pytest.mark.parametrize(
    ("column", "length"), [("name", 120), ("venue", 120), ("address", 300), ("phone", 40), ("notes", 3_700)]
)
def test_what_is_too_long_for_the_record_is_named_and_not_cut(column, length):
    for extra, errors in ((0, []), (1, [(2, column)])):
        values = {"name": "Invented", column: "1" * (length + extra)}
        run = check_rows(csv_rows(f"{','.join(values)}\n{','.join(values.values())}\n"))
        assert [(error.row, error.column) for error in run.errors] == errors


def test_a_long_web_address_and_control_characters_are_named():
    run = check_rows(csv_rows(f"name,website,notes\nOne,https://example.org/{'x' * 200},a\x0bb\n"))
    assert [(error.row, error.column) for error in run.errors] == [(2, "website"), (2, "notes")]


def test_names_in_other_scripts_are_told_apart():
    rows = csv_rows("name\nمدرسة النور\nবাংলা স্কুল\n日本語学校\n")
    run = import_known(rows=rows, by=PersonFactory())
    assert run.made == 3
    assert len(check_rows(rows).already_known) == 3


def test_a_name_that_is_nearly_known_is_brought_in_and_named():
    SettingFactory(name="Invented Saturday School")
    run = check_rows(csv_rows("name\nInvented Sunday School\n"))
    assert run.alike == [(2, "Invented Sunday School", "Invented Saturday School")]
    assert len(run.records) == 1


def test_a_name_twice_in_the_file_is_made_once_and_said():
    run = check_rows(csv_rows("name\nInvented Drumming\nThe Invented Drumming\n"))
    assert run.twice == [(3, "The Invented Drumming", 2)]
    assert run.already_known == []
    assert len(run.records) == 1
