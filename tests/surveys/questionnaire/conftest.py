"""A survey manager at work on a draft."""

import pytest
from django.test import Client

from surveys.questionnaire.services.versions import freeze_version, take_step
from surveys.questionnaire.states import Act, Who
from tests.factories.accounts import holder_of, sign_in
from tests.factories.questionnaire import every_kind_of_question


@pytest.fixture
def manager(db):
    return sign_in(Client(), holder_of("Survey manager"))


@pytest.fixture
def version(db):
    return every_kind_of_question()


@pytest.fixture
def base(version):
    """The address of the draft in the admin."""
    return f"/admin/surveys/versions/{version.pk}/"


@pytest.fixture
def freeze():
    def inner(version):
        take_step(version=version, act=Act.SKIP, who=Who.MANAGER, words="A test.")
        return freeze_version(version=version)

    return inner
