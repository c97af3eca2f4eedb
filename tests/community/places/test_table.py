"""The table of postcodes that is shipped, and how another one is made and loaded."""

import csv
import gzip
import hashlib
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from community.models import District, Postcode
from community.places.build import NotTheDirectory, build
from community.places.near import NotAPostcode, UnknownPostcode, example_district, point_of
from community.places.table import SHIPPED, NotAPostcodeTable, ensure_postcodes, import_postcodes

NOTICE = SHIPPED.parent / "NOTICE.md"


def write_table(path: Path, rows: list[str], header: str = "postcode,easting,northing,lat,lon,in_area") -> Path:
    path.write_bytes(gzip.compress("\n".join([header, *rows, ""]).encode()))
    return path


def test_the_shipped_file_is_the_one_that_its_notice_names():
    digest = hashlib.sha256(gzip.decompress(SHIPPED.read_bytes())).hexdigest()
    notice = NOTICE.read_text("utf-8")
    assert digest in notice
    assert "36,338" in notice
    for line in ("Contains OS data", "Contains Royal Mail data", "Open Government Licence v.3.0"):
        assert line in notice
    assert SHIPPED.stat().st_size < 500_000


@pytest.mark.django_db
def test_count_and_three_known_postcodes():
    started = time.process_time()
    assert import_postcodes() == 36_338
    assert time.process_time() - started < 3
    assert Postcode.objects.filter(in_area=True).count() == 7_189
    town_hall = Postcode.objects.get(code="WC1H 9JE")
    assert (town_hall.easting, town_hall.northing, town_hall.in_area) == (530_135, 182_795, True)
    assert Postcode.objects.get(code="NW5 1AA").outward == "NW5"
    assert not Postcode.objects.get(code="E1 6AD").in_area


@pytest.mark.django_db
def test_districts_come_with_the_table_and_fit_into_a_small_drawing():
    import_postcodes()
    drawn = District.objects.exclude(outline="")
    assert {"NW1", "NW3", "NW5", "WC1H"} <= set(drawn.values_list("outward", flat=True))
    assert not drawn.filter(in_area=0).exists()
    assert sum(len(each.outline) for each in drawn) < 25_000
    assert example_district() in {"NW1", "NW3"}


@pytest.mark.django_db
def test_a_table_is_loaded_once():
    assert ensure_postcodes() == 36_338
    assert ensure_postcodes() == 0


@pytest.mark.django_db
def test_a_broken_file_leaves_the_table_as_it_was(tmp_path):
    import_postcodes(path=write_table(tmp_path / "good.csv.gz", ["NW5 1AA,529011,185022,51.55,-0.14,1"]))
    broken = write_table(tmp_path / "broken.csv.gz", ["NW5 1AA,529011,185022,51.55,-0.14,1", "NW1 1AA,east,1,1,1,0"])
    with pytest.raises(NotAPostcodeTable, match="Line 3"):
        import_postcodes(path=broken)
    assert list(Postcode.objects.values_list("code", flat=True)) == ["NW5 1AA"]
    with pytest.raises(CommandError, match="Expected the columns"):
        call_command("import_postcodes", str(write_table(tmp_path / "other.csv.gz", [], header="a,b")))


@pytest.mark.django_db
def test_what_is_typed_becomes_a_point(tmp_path):
    rows = ["NW5 1AA,529000,185000,51.55,-0.14,1", "NW5 1AB,529100,185200,51.55,-0.14,1"]
    import_postcodes(path=write_table(tmp_path / "table.csv.gz", rows))
    assert point_of(" nw51aa ").label == "NW5 1AA"
    middle = point_of("nw5")
    assert (middle.label, middle.easting, middle.northing, middle.is_district) == ("NW5", 529_050, 185_100, True)
    with pytest.raises(UnknownPostcode) as unknown:
        point_of("NW5 9ZZ")
    assert unknown.value.outward == "NW5"
    with pytest.raises(UnknownPostcode) as far:
        point_of("SW1A 1AA")
    assert far.value.outward == ""
    for typed in ("Kentish Town", "12345", "'; drop table", "٣٤", ""):
        with pytest.raises(NotAPostcode):
            point_of(typed)


def directory(path: Path, rows: list[dict[str, str]]) -> Path:
    names = ["pcds", "doterm", "usertype", "oseast1m", "osnrth1m", "oslaua", "lat", "long"]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows({"doterm": "", "usertype": "0", "lat": "51.5", "long": "-0.1", **row} for row in rows)
    return path


def test_another_area_is_cut_out_of_the_directory(tmp_path):
    source = directory(
        tmp_path / "onspd.csv",
        [
            {"pcds": "NW1 1AA", "oseast1m": "529000", "osnrth1m": "183000", "oslaua": "E09000007"},
            {"pcds": "NW1 1AB", "oseast1m": "529000", "osnrth1m": "183100", "oslaua": "E09000007", "doterm": "201001"},
            {"pcds": "NW1 1AC", "oseast1m": "529000", "osnrth1m": "183100", "oslaua": "E09000007", "usertype": "1"},
            {"pcds": "N1 1AA", "oseast1m": "531000", "osnrth1m": "183000", "oslaua": "E09000019"},
            {"pcds": "E1 6AD", "oseast1m": "531001", "osnrth1m": "183000", "oslaua": "E09000030"},
        ],
    )
    rows, _digest = build(source=source, areas={"E09000007"}, ring=2_000, output=tmp_path / "out.csv.gz")
    text = gzip.decompress((tmp_path / "out.csv.gz").read_bytes()).decode()
    assert rows == 2
    assert text.splitlines()[1:] == ["N1 1AA,531000,183000,51.5,-0.1,0", "NW1 1AA,529000,183000,51.5,-0.1,1"]


def test_a_file_that_is_not_the_directory_is_refused(tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(NotTheDirectory, match="No column for postcode"):
        build(source=other, areas={"E09000007"}, ring=1, output=tmp_path / "out.csv.gz")
