"""What a survey manager reads when the gate has stopped a release: only what they can really do."""

from surveys.release.advice import advice_on
from surveys.release.models import Release


def stopped(*cubes, **values):
    report = {"gate": {"problems": [{"cube": cube} for cube in cubes]}}
    return Release(**{"breakdowns": ["FSM", "SEND"], "crossed_by": "SEX", "report": report, **values})


def test_a_first_release_can_do_without_the_breakdown_that_has_every_problem():
    assert "untick it" in advice_on(stopped("SEND", "SEND"))
    assert "untick them" in advice_on(stopped("SEND", "FSM"))


def test_problems_in_the_main_tables_ask_for_a_coarser_plan():
    assert "year group alone instead of year group and SEX" in advice_on(stopped("SEND", "main"))
    assert "coarser" not in advice_on(stopped("main", crossed_by=""))


def test_a_correction_is_not_told_to_change_what_it_must_keep():
    words = advice_on(stopped("SEND", number=2))
    assert "untick" not in words
    assert "fewer" not in words
    assert "the released figures stay" in words
