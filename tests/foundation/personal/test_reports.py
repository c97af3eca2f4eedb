"""Reports about listings do not keep the address of whoever sent them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.directory.models import ListingReport
from foundation.registries.chores import chores
from tests.factories.community import SettingFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "days", "left"),
    [
        ("done", 89, "parent@example.org"),
        ("done", 91, ""),
        ("done", 366, None),
        ("new", 400, "parent@example.org"),
        ("in-hand", 400, "parent@example.org"),
    ],
)
def test_the_address_goes_after_ninety_days_and_the_report_after_a_year_once_it_is_dealt_with(status, days, left):
    made = ListingReport.objects.create(
        setting=SettingFactory(), topic="closed", reply_to="parent@example.org", status=status
    )
    ListingReport.objects.update(received_on=timezone.localdate() - timedelta(days=days))

    chore = dict(chores.items())["community: forget old reports about listings"]
    chore.run()
    chore.run()

    assert chore.is_daily
    assert list(ListingReport.objects.filter(pk=made.pk).values_list("reply_to", flat=True)) == (
        [] if left is None else [left]
    )
