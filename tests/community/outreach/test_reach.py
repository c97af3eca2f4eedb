"""Whom we reach: each number, the settings behind it, and what it costs to ask."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.outreach.selectors.gaps import gaps
from community.outreach.selectors.reach import by, reach
from tests.factories.community import SettingFactory

from .conftest import went


def keys_of(*settings):
    """The keys as the cockpit has them: whatever the database writes, without marks between."""
    return {setting.pk.hex for setting in settings}


def plain(keys):
    return {key.replace("-", "") for key in keys}


def test_each_measure_counts_those_who_have_it_and_closed_records_count_nowhere(three):
    near, _far, _known = three
    found = reach()
    assert found.total == 3
    for measure in ("run", "trained", "met", "awarded"):
        assert plain(found.has[measure]) == keys_of(near), measure
    assert not found.has["listed"] | found.has["confirmed"] | found.has["assessed"]


def test_who_was_absent_or_cancelled_is_not_trained(three):
    _near, _far, known = three
    for state in ("absent", "cancelled", "booked", "waiting"):
        went(known, state=state)
    assert not plain(reach().has["trained"]) & keys_of(known)


def test_gaps_are_said_in_words_the_largest_first_with_one_for_each_item_that_training_counts_towards(three):
    near, far, known = three
    rows = {gap.key: gap for gap in gaps(reach())}
    assert rows["trained"].sentence == "2 of 3 settings have had nobody on a course in the last 24 months"
    assert plain(rows["item-B4"].settings) == keys_of(far, known)
    sizes = [len(gap.settings) for gap in gaps(reach())]
    assert sizes == sorted(sizes, reverse=True)
    assert keys_of(near) <= plain(rows["listed"].settings)


def test_a_closed_gap_is_not_shown(three):
    for setting in three[1:]:
        went(setting)
    assert "trained" not in {gap.key for gap in gaps(reach())}


@pytest.mark.django_db
def test_a_setting_of_two_kinds_counts_in_both_rows_and_one_of_none_has_a_row_of_its_own():
    both = SettingFactory(types=["sport", "faith"])
    none = SettingFactory(types=[])
    found = reach(dimension="type")
    rows = {row.key: row for row in by(found)}
    assert (rows["sport"].total, rows["faith"].total, rows[""].total) == (1, 1, 1)
    assert rows[""].label == "No kind yet"
    assert plain(found.groups["faith"]) == keys_of(both)
    assert plain(found.groups[""]) == keys_of(none)


@pytest.mark.parametrize("dimension", ["ward", "type", "language", "size"])
def test_queries_do_not_grow_with_settings_or_attendances(three, dimension):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = reach(dimension=dimension)
            gaps(found)
            by(found)
        return len(queries)

    before = asked()
    for _number in range(12):
        went(SettingFactory(types=["music"]))
    # Settings, courses with their dates, who came, what is a line each; and what languages are called.
    assert asked() == before <= (5 if dimension == "language" else 4)
