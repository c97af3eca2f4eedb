"""Addresses of the owners' area, all below my-setting/."""

from django.urls import URLPattern, URLResolver, path

from .pages import PART_KINDS
from .views import colleagues, home, parts, record, sign_in, standing

AREA = "my-setting/"
OF_SETTING = f"{AREA}<uuid:pk>/"


def _of_parts() -> list[URLPattern]:
    patterns = []
    for kind in PART_KINDS:
        about = {"kind": kind}
        here = f"{OF_SETTING}{kind}/"
        patterns.append(path(here, parts.parts, about, name=kind))
        if kind == "sessions":
            patterns.append(
                path(f"{here}add/weekly/", parts.add_sessions, {"way": "weekly"}, name="sessions_add_weekly")
            )
            patterns.append(path(f"{here}add/dates/", parts.add_sessions, {"way": "dates"}, name="sessions_add_dates"))
        else:
            patterns.append(path(f"{here}add/", parts.add, about, name=f"{kind}_add"))
        patterns.append(path(f"{here}<str:part>/remove/", parts.remove, about, name=f"{kind}_remove"))
        patterns.append(path(f"{here}<str:part>/<slug:page>/", parts.edit, about, name=f"{kind}_edit"))
    return patterns


localized_urlpatterns: list[URLPattern | URLResolver] = [
    path(AREA, home.my_settings, name="my_settings"),
    path(f"{AREA}sign-in/", sign_in.ask, name="sign_in"),
    path(f"{AREA}sign-in/sent/", sign_in.sent, name="sign_in_sent"),
    path(f"{AREA}sign-in/<str:token>/", sign_in.open_link, name="open_link"),
    path(f"{AREA}sign-out/", sign_in.sign_out, name="sign_out"),
    path(f"{AREA}start/", home.start, name="start"),
    path(f"{AREA}terms/", home.terms, name="terms"),
    path(f"{AREA}invitation/<str:token>/", colleagues.open_invitation, name="open_invitation"),
    path(f"{AREA}confirm/<str:token>/", standing.confirm_by_link, name="confirm_by_link"),
    path(OF_SETTING, record.setting_page, name="setting"),
    path(f"{OF_SETTING}edit/<slug:page>/", record.edit, name="edit"),
    path(f"{OF_SETTING}costs/", parts.costs, name="costs"),
    path(f"{OF_SETTING}access/", parts.access, name="access"),
    path(f"{OF_SETTING}check/", standing.check, name="check"),
    path(f"{OF_SETTING}sent/", standing.sent, name="sent"),
    path(f"{OF_SETTING}changes/", standing.changes, name="changes"),
    path(f"{OF_SETTING}undo/", record.undo, name="undo"),
    path(f"{OF_SETTING}take-back/", standing.withdraw, name="withdraw"),
    path(f"{OF_SETTING}hide/", standing.hide, name="hide"),
    path(f"{OF_SETTING}show/", standing.show_again, name="show"),
    path(f"{OF_SETTING}confirm/", standing.confirm, name="confirm"),
    path(f"{OF_SETTING}shut/", standing.shut, name="shut"),
    path(f"{OF_SETTING}close/", standing.close, name="close"),
    path(f"{OF_SETTING}history/", record.history, name="history"),
    path(f"{OF_SETTING}colleagues/", colleagues.colleagues, name="colleagues"),
    path(f"{OF_SETTING}colleagues/invite/", colleagues.invite, name="invite"),
    path(f"{OF_SETTING}colleagues/leave/", colleagues.leave, name="leave"),
    path(f"{OF_SETTING}colleagues/<int:membership>/role/", colleagues.change_role, name="change_role"),
    path(f"{OF_SETTING}colleagues/<int:membership>/remove/", colleagues.remove, name="remove_colleague"),
    path(f"{OF_SETTING}invitations/<uuid:invitation>/take-back/", colleagues.take_back, name="take_back_invitation"),
    *_of_parts(),
]
