"""`python -m surveys.disclosure`, as a statistician runs it."""

import csv
import json
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from surveys.disclosure.__main__ import main

ROOT = Path(__file__).resolve().parents[3]


def write(path: Path, rows: list[tuple[object, ...]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def cells(path: Path, columns: int = 3) -> Path:
    names = ("school", "year", "sex")[:columns]
    groups = list(product("ABCD", "789", "fm"))
    seen = dict.fromkeys(group[:columns] for group in groups)
    rows = [
        (*group, answer, (7 * place + 13 * column) % (4 + 9 * column))
        for place, group in enumerate(seen)
        for column, answer in enumerate(("often", "sometimes", "never", "no answer"))
    ]
    return write(path, [(*names, "answer", "count"), *rows])


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("columns", [0, 1, 2, 3])
def test_protect_writes_the_same_rows_and_attack_passes_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], columns: int
) -> None:
    true, out = cells(tmp_path / "cells.csv", columns), tmp_path / "out.csv"
    assert main(["protect", str(true), str(out), "--seed", "3"]) == 0
    assert [row[:-1] for row in read(true)] == [row[:-1] for row in read(out)]
    assert all(int(row[-1]) % 5 == 0 for row in read(out)[1:])
    assert main(["attack", str(true), str(out)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["passed"]
    assert found["possible values of small counts"]["outsider"]["1"] == 0
    assert found["possible values of small counts"]["insider"]["1"] == 0


def test_attack_ends_with_one_and_names_the_counts_of_an_unprotected_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    true = cells(tmp_path / "cells.csv")
    assert main(["attack", str(true), str(true)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert not found["passed"]
    assert found["possible values of small counts"]["outsider"]["1"] > 0
    assert {"question", "cube", "group", "answer", "attacker", "why"} == set(found["problems"][0])


def test_the_same_seed_writes_the_same_file_and_margins_can_be_named(tmp_path: Path) -> None:
    true = cells(tmp_path / "cells.csv")
    outs = [tmp_path / f"out{n}.csv" for n in range(3)]
    for out, seed in zip(outs, ("1", "1", "2"), strict=True):
        assert main(["protect", str(true), str(out), "--seed", seed, "--margins", "school,year; school"]) == 0
    assert outs[0].read_text() == outs[1].read_text() != outs[2].read_text()


def test_rows_left_out_stay_out_and_need_no_zero(tmp_path: Path) -> None:
    true = cells(tmp_path / "cells.csv")
    write(true, [tuple(row) for row in read(true) if row[-1] != "0"])
    assert main(["protect", str(true), str(tmp_path / "out.csv"), "--seed", "1"]) == 0
    assert len(read(tmp_path / "out.csv")) == len(read(true))


HEAD = ("school", "answer", "count")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "is empty"),
        ([HEAD], "no cells"),
        ([("school", "answer"), ("A", "yes")], "has no column “count”"),
        ([("school", "count"), ("A", 3)], "has no column “answer”"),
        ([("answer", "school", "count"), ("yes", "A", 3)], "must be the last two"),
        ([("school", "school", "answer", "count"), ("A", "A", "yes", 3)], "a name of its own"),
        ([HEAD, ("A", "yes", -1)], "line 2: the count -1 is below 0"),
        ([HEAD, ("A", "yes", 2.5)], "line 2: the count “2.5” is not a whole number"),
        ([HEAD, ("A", "yes", "")], "is not a whole number"),
        ([HEAD, ("A", "yes", "٣")], "is not a whole number"),
        ([HEAD, ("A", "yes", "-")], "is not a whole number"),
        ([HEAD, ("A", "yes", "9" * 30)], "is too large"),
        ([HEAD, ("A", "yes", 1), ("A", "yes", 1)], "line 3: the same group and answer"),
        ([HEAD, ("A", "yes")], "line 2: 2 values, but there are 3 columns"),
    ],
)
def test_a_bad_file_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[tuple[object, ...]], words: str
) -> None:
    path = write(tmp_path / "cells.csv", rows)
    assert main(["protect", str(path), str(tmp_path / "out.csv")]) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_files_that_cannot_be_read_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    true = cells(tmp_path / "cells.csv")
    assert main(["protect", str(tmp_path / "none.csv"), str(tmp_path / "out.csv")]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert main(["protect", str(true), str(tmp_path / "no folder" / "out.csv")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\xff\xfe\x00")
    assert main(["attack", str(true), str(tmp_path / "picture.csv")]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_unknown_margins_and_other_rows_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    true, other = cells(tmp_path / "cells.csv"), cells(tmp_path / "other.csv", 2)
    assert main(["protect", str(true), str(tmp_path / "out.csv"), "--margins", "school,form"]) == 2
    assert "“form”, which is not a group column" in capsys.readouterr().err
    assert main(["attack", str(true), str(other)]) == 2
    assert "does not have the rows" in capsys.readouterr().err


def test_the_room_runs_without_the_site(tmp_path: Path) -> None:
    """A fresh Python with Django and every room above made impossible to import."""
    true = cells(tmp_path / "cells.csv")
    script = (
        "import sys\n"
        "for name in ('django', 'wagtail', 'scipy', 'foundation', 'home', 'community', 'cscp'):\n"
        "    sys.modules[name] = None\n"
        "from surveys.disclosure.__main__ import main\n"
        f"sys.exit(main(['protect', {str(true)!r}, {str(tmp_path / 'out.csv')!r}]))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.csv").exists()
