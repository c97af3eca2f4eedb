"""Leaving at once: elsewhere, nothing kept, never an error."""

from importlib import import_module
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import override_settings
from django.urls import reverse


@override_settings(EXIT_URL="https://example.org/weather")
def test_leaving_goes_elsewhere_and_asks_the_browser_to_forget(client):
    response = client.get(reverse("exit"))
    assert response.status_code == 303
    assert response["Location"] == "https://example.org/weather"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_leaving_stands_outside_the_languages():
    assert reverse("exit") == "/exit/"


@pytest.mark.django_db
def test_leaving_ends_the_session_of_somebody_who_is_signed_in(client, django_user_model):
    user = django_user_model.objects.create_user(email="a@example.org", password="x")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    old = client.session.session_key
    response = client.get("/exit/")
    assert response.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert not client.session.exists(old)


@pytest.mark.django_db
def test_leaving_works_when_the_database_does_not(client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "abcdefghijklmnopqrstuvwxyz012345"
    store = import_module(settings.SESSION_ENGINE).SessionStore
    with patch.object(store, "flush", side_effect=DatabaseError):
        response = client.get("/exit/")
    assert response.status_code == 303
    assert response.cookies[settings.SESSION_COOKIE_NAME].value == ""


def test_leaving_is_a_plain_link_and_no_form(client):
    assert client.post("/exit/").status_code == 405
