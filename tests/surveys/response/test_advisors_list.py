"""Young Advisors find results to look at among what waits for them."""

import pytest
from django.test import Client

from surveys.release.services import compute_release, plan_release, publish_release
from tests.factories.accounts import holder_of, sign_in
from tests.surveys.release.waves import closed_wave

pytestmark = pytest.mark.django_db


def test_results_wait_at_review_until_they_are_public():
    release = compute_release(release=plan_release(wave=closed_wave(), crossed_by="SEX", breakdowns=[], by=None))
    advisor = sign_in(Client(), holder_of("Young Advisor"), second_factor=False)
    address = f"/review/other/results-{release.pk}/"

    assert address in advisor.get("/review/").content.decode()

    publish_release(release=release, by=None)

    assert address not in advisor.get("/review/").content.decode()
