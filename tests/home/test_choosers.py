"""Choosing a page in the admin reads what is shown, and no page's body."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.models import InformationPage
from tests.factories.accounts import holder_of, sign_in
from tests.factories.pages import a_home_page, a_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "query"), [("wagtailadmin_choose_page_search", "?q=walking"), ("wagtailadmin_choose_page", "")]
)
def test_a_chooser_reads_no_bodies(name, query, django_capture_on_commit_callbacks):
    home = a_home_page()
    with django_capture_on_commit_callbacks(execute=True):
        a_page(InformationPage, under=home, title="Walking to school")
    editor = sign_in(Client(), holder_of("Editor"))
    address = reverse(name) if query else reverse("wagtailadmin_choose_page_child", args=[home.pk])
    with CaptureQueriesContext(connection) as captured:
        text = editor.get(address + query).content.decode()
    assert "Walking to school" in text
    assert not [one["sql"] for one in captured if '"home_informationpage"."body"' in one["sql"]]
