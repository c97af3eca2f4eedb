"""Every answer carries the headers, whatever it is an answer to."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client, override_settings

from tests.factories.accounts import holder_of, sign_in

pytestmark = pytest.mark.django_db


def directives(response):
    parts = response["Content-Security-Policy"].split("; ")
    return {part.split(" ")[0]: part.split(" ")[1:] for part in parts}


def assert_headed(response):
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "camera=()" in response["Permissions-Policy"]
    assert "geolocation=()" in response["Permissions-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 302),
        ("/en/nothing-here/", 404),
        ("/nothing-here", 404),
        ("/health/live", 200),
        ("/accounts/login/", 200),
        ("/accounts/signup/", 404),
        ("/admin/", 302),
        ("/static/brand/site.css", 200),
        ("/static/nothing.css", 404),
        ("/accounts/password/reset", 301),
    ],
)
def test_every_answer_is_headed(client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert_headed(response)
    policy = directives(response)
    assert policy["script-src"] == ["'self'"] or address.startswith("/admin")


def test_an_error_is_headed_and_shows_no_trace():
    client = Client(raise_request_exception=False)
    with override_settings(ROOT_URLCONF="tests.foundation.headers.broken_urls"):
        response = client.get("/broken/")
        refused = client.get("/refused/")
    assert (response.status_code, refused.status_code) == (500, 403)
    assert_headed(response)
    assert_headed(refused)
    assert "the secret reason" not in response.text


def test_a_request_without_its_csrf_token_is_refused_and_headed():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})
    assert response.status_code == 403
    assert_headed(response)


def test_an_upload_runs_nothing(client, settings):
    name = default_storage.save("probe.html", ContentFile(b"<script>alert(1)</script>"))
    response = client.get(settings.MEDIA_URL + name)
    assert response["Content-Security-Policy"] == settings.UPLOADS_CONTENT_SECURITY_POLICY


def test_the_policy_of_public_pages_is_strict(client):
    policy = directives(client.get("/accounts/login/"))
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert not [name for name, sources in policy.items() if "'unsafe-inline'" in sources or "'unsafe-eval'" in sources]
    assert not [
        name for name, sources in policy.items() for source in sources if source.startswith("http") or source == "*"
    ]


def test_the_admin_allows_inline_elements_and_nothing_else(client):
    sign_in(client, holder_of("Editor"))
    policy = directives(client.get("/admin/"))
    assert policy["script-src-attr"] == policy["style-src-attr"] == ["'none'"]
    assert "'unsafe-inline'" in policy["script-src-elem"]
    assert "'unsafe-inline'" not in policy["script-src"]
    assert not [name for name, sources in policy.items() if "'unsafe-eval'" in sources]


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/pages/", "/accounts/login/", "/accounts/2fa/", "/accounts/password/reset/"]
)
def test_nothing_about_accounts_is_kept_by_a_cache(client, address):
    assert "no-store" in client.get(address)["Cache-Control"]
    sign_in(client, holder_of("Editor"))
    assert "no-store" in client.get(address)["Cache-Control"]


def test_hsts_is_sent_over_https_alone(client):
    with override_settings(SECURE_HSTS_SECONDS=63_072_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
        assert "63072000" in client.get("/health/live", secure=True)["Strict-Transport-Security"]
        assert "Strict-Transport-Security" not in client.get("/health/live")
