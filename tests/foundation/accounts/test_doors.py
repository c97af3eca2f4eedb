"""No staff door opens to a password alone."""

import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import PASSWORD, UserFactory, code, give_authenticator, holder_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def editor():
    return holder_of("Editor")


def log_in_with_password(client, person, **extra):
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, **extra)


def test_a_password_and_a_code_open_the_admin(client, editor):
    give_authenticator(editor)
    assert log_in_with_password(client, editor).url == reverse("mfa_authenticate")
    assert client.get("/admin/").status_code == 302
    response = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert response.url == reverse("wagtailadmin_home")
    assert client.get("/admin/").status_code == 200


def test_a_code_works_once(client, editor):
    give_authenticator(editor)
    used = code()
    log_in_with_password(client, editor)
    client.post(reverse("mfa_authenticate"), {"code": used})
    client.post(reverse("account_logout"))
    log_in_with_password(client, editor)
    response = client.post(reverse("mfa_authenticate"), {"code": used})
    assert response.status_code == 200
    assert "Incorrect code" in response.text


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/reports/audit/", "/admin/unknown/", "/admin"])
def test_nobody_is_led_to_the_sign_in_page(client, path):
    assert client.get(path).url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "door",
    [
        "/admin/login/",
        "/admin/password_reset/",
        "/admin/password_reset/confirm/x/y/",
        "/_util/login/",
        "/django-admin/login/",
    ],
)
def test_side_doors_ask_for_no_password_and_open_nothing(client, editor, door):
    for response in (
        client.get(door),
        client.post(door, {"username": editor.email, "password": PASSWORD, "email": editor.email}),
    ):
        assert response.status_code == 302
        assert response.url.split("?")[0] in (reverse("account_login"), reverse("account_reset_password"))
    assert not get_user(client).is_authenticated


def test_a_session_that_came_in_by_a_password_alone_must_show_its_factor(client, editor):
    give_authenticator(editor)
    sign_in(client, editor, second_factor=False)
    response = client.get("/admin/pages/")
    assert response.url.startswith(reverse("mfa_reauthenticate"))
    response = client.post(reverse("mfa_reauthenticate"), {"code": code(), "next": "/admin/pages/"})
    assert response.url == "/admin/pages/"
    assert client.get("/admin/account/").status_code == 200


def test_such_a_session_cannot_change_the_account_either(client, editor):
    give_authenticator(editor)
    sign_in(client, editor, second_factor=False)
    for name in (
        "mfa_index",
        "mfa_deactivate_totp",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
        "account_change_password",
    ):
        assert client.get(reverse(name)).url.startswith(reverse("mfa_reauthenticate")), name
    assert client.get(reverse("account_logout")).status_code == 200


def test_such_a_session_counts_as_nobody_on_public_pages(client, editor, rf):
    from foundation.accounts.doors import StaffDoorMiddleware

    give_authenticator(editor)
    for passed in (False, True):
        sign_in(client, editor, second_factor=passed)
        request = rf.get("/en/")
        request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
        request.session, request.user = client.session, editor
        StaffDoorMiddleware(lambda request: None)(request)
        assert request.user.is_authenticated is passed


@pytest.mark.django_db(transaction=True)
def test_staff_without_a_factor_are_led_to_enrol_and_then_are_in(client, editor):
    assert log_in_with_password(client, editor).url == reverse("wagtailadmin_home")
    assert client.get("/admin/").url == reverse("accounts_enrol")
    assert "second step" in client.get(reverse("accounts_enrol")).text
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200  # no second question for the password just typed
    secret = page.context["form"].secret
    now = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    assert client.post(reverse("mfa_activate_totp"), {"code": now}).url == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert client.get("/admin/").status_code == 200


def test_a_passkey_counts_as_a_second_factor(client, editor):
    sign_in(client, editor, second_factor=False)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time(), "type": "webauthn", "passwordless": True}
    ]
    session["account_authentication_methods_user"] = str(editor.pk)
    session.save()
    assert client.get("/admin/").status_code == 200


def test_a_record_of_another_person_opens_nothing(client, editor):
    give_authenticator(editor)
    sign_in(client, editor)
    session = client.session
    session["account_authentication_methods_user"] = str(editor.pk + 1)
    session.save()
    assert client.get("/admin/").status_code == 302


def test_somebody_without_a_staff_role_is_told_no(client):
    for person in (UserFactory(), holder_of("Young Advisor"), holder_of("School lead"), holder_of("Subgroup member")):
        sign_in(client, person)
        assert client.get("/admin/").status_code == 403


def test_a_script_of_the_admin_gets_a_plain_refusal(client):
    assert client.get("/admin/pages/", headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403


@pytest.mark.parametrize(
    "path", ["/accounts/signup/", "/accounts/email/", "/accounts/password/set/", "/accounts/confirm-email/"]
)
def test_what_we_do_not_offer_is_not_there(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "x@example.org", "password1": PASSWORD}).status_code == 404


def test_signing_in_leads_nowhere_else(client, editor):
    give_authenticator(editor)
    client.post(
        reverse("account_login") + "?next=https://evil.example/",
        {"login": editor.email, "password": PASSWORD, "next": "https://evil.example/"},
    )
    response = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert response.url == reverse("wagtailadmin_home")
    assert client.get("/_util/login/?next=https://evil.example/").url == reverse("account_login")


def test_a_password_reset_does_not_sign_in(client, editor, mailoutbox, django_capture_on_commit_callbacks):
    give_authenticator(editor)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": editor.email})
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True)
    new = "another-long-password-9"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    editor.refresh_from_db()
    assert editor.check_password(new)
    assert not get_user(client).is_authenticated


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(
    client, editor, mailoutbox, django_capture_on_commit_callbacks
):
    answers = []
    for email in (editor.email, "nobody@example.org"):
        with django_capture_on_commit_callbacks(execute=True):
            response = Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        answers.append((response.status_code, response.redirect_chain, response.text))
    assert answers[0] == answers[1]
    assert [mail.to for mail in mailoutbox] == [[editor.email]]
    wrong = []
    for email in (editor.email, "nobody@example.org"):
        response = Client().post(reverse("account_login"), {"login": email, "password": "wrong-password"})
        wrong.append((response.status_code, response.context["form"].errors.as_json()))
    assert wrong[0] == wrong[1]


def test_guessing_is_slowed_down_even_with_the_right_password_at_last(client, editor):
    for _ in range(5):
        client.post(reverse("account_login"), {"login": editor.email, "password": "wrong-password"})
    response = log_in_with_password(client, editor)
    assert response.status_code == 200
    assert "Too many" in response.text


def test_guessing_codes_is_slowed_down(client, editor):
    give_authenticator(editor)
    log_in_with_password(client, editor)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    response = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert response.status_code == 200
    assert "Too many" in response.text
