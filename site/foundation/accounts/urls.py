"""The doors of signing in. Only what we use is here: sign-up and changing the e-mail address are closed."""

from allauth.account import views as account
from allauth.mfa import urls as mfa_urls
from django.urls import include, path, re_path

from . import views

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("enrol/", views.enrol, name="accounts_enrol"),
    path("areas/", views.own_areas, name="accounts_areas"),
    path("sessions/", views.sessions, name="accounts_sessions"),
    path("sign-out-everywhere/", views.sign_out_everywhere, name="accounts_sign_out_everywhere"),
    path("2fa/webauthn/keys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("2fa/", include(mfa_urls)),
    # The library asks for these names; the pages behind them are not ours to offer.
    path("signup/", views.closed, name="account_signup"),
    path("email/", views.closed, name="account_email"),
    path("password/set/", views.closed, name="account_set_password"),
    path("confirm-email/", views.closed, name="account_email_verification_sent"),
]

# Wagtail has sign-in and password pages of its own, which ask for a password alone. They lead to ours.
side_doors = [
    path("admin/login/", views.to_sign_in),
    path("admin/logout/", views.to_sign_out, name="wagtailadmin_logout_closed"),
    path("admin/password_reset/", views.to_password_reset),
    re_path(r"^admin/password_reset/.+", views.to_password_reset),
    path("_util/login/", views.to_sign_in),
    path("django-admin/login/", views.to_sign_in),
]
