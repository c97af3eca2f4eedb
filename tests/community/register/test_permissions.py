"""Who reaches what: every address of the area, asked by nobody, another owner, an editor and an owner."""

import pytest
from django.test import Client
from django.urls import reverse

from community.register.services import colleagues
from community.register.urls import OF_SETTING, localized_urlpatterns
from tests.factories.community import MembershipFactory, PersonFactory

from .conftest import AREA

pytestmark = pytest.mark.django_db
NAMES = [pattern.name for pattern in localized_urlpatterns if str(pattern.pattern).startswith(OF_SETTING)]
OWNERS_ONLY = {"close", "invite", "take_back_invitation", "change_role", "remove_colleague"}
OPEN_TO_ALL = {"sign_in", "sign_in_sent", "open_link", "sign_out", "terms", "open_invitation", "confirm_by_link"}


def arguments(name, setting):
    """What the address of this name needs, taken from the setting."""
    parts = {
        "activities": setting.activities, "venues": setting.venues, "safeguarding": setting.safeguarding_contacts,
    }  # fmt: skip
    first = {"activities": "basics", "venues": "place", "sessions": "time", "safeguarding": "contact"}
    kind, _, act = name.rpartition("_")
    if act in {"edit", "remove"} and kind in first:
        part = setting.activities.get().sessions.get() if kind == "sessions" else parts[kind].get()
        return [setting.pk, part.pk, *([first[kind]] if act == "edit" else [])]
    if name == "edit":
        return [setting.pk, "words"]
    if name in {"change_role", "remove_colleague"}:
        return [setting.pk, setting.memberships.first().pk]
    if name == "take_back_invitation":
        invitation = colleagues.invite(setting=setting, email="x@example.org", role="editor", by=None)
        return [setting.pk, invitation.pk]
    return [setting.pk]


@pytest.mark.parametrize("name", NAMES)
def test_another_owner_finds_no_such_page(name, listed, sign_in):
    stranger = sign_in(MembershipFactory().user)
    address = reverse(f"community:{name}", args=arguments(name, listed))
    for response in (stranger.get(address), stranger.post(address)):
        assert response.status_code == 404
        assert listed.name not in response.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_led_to_the_door(name, listed):
    address = reverse(f"community:{name}", args=arguments(name, listed))
    response = Client().get(address)
    assert response.status_code == 302
    assert response["Location"].startswith(f"{AREA}sign-in/?next=")
    assert Client().post(address).status_code == 403


@pytest.mark.parametrize("name", NAMES)
def test_an_editor_changes_the_record_and_not_its_people(name, listed, sign_in):
    editor = sign_in(MembershipFactory(setting=listed, role="editor").user)
    response = editor.get(reverse(f"community:{name}", args=arguments(name, listed)))
    if name in OWNERS_ONLY:
        assert response.status_code == 403
    else:
        assert response.status_code in {200, 303, 405}


@pytest.mark.parametrize("name", NAMES)
def test_every_page_of_an_owner_opens_and_is_kept_nowhere(name, listed, client):
    response = client.get(reverse(f"community:{name}", args=arguments(name, listed)))
    assert response.status_code in {200, 303, 405}
    if response.status_code != 405:
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("name", sorted(OWNERS_ONLY))
def test_an_editor_cannot_post_to_an_owners_page(name, listed, sign_in):
    editor = sign_in(MembershipFactory(setting=listed, role="editor").user)
    people = listed.memberships.count()
    response = editor.post(
        reverse(f"community:{name}", args=arguments(name, listed)), {"email": "a@example.org", "role": "owner"}
    )
    assert response.status_code == 403
    listed.refresh_from_db()
    assert listed.state == "listed"
    assert listed.memberships.count() == people


def test_every_address_is_thought_about():
    names = {pattern.name for pattern in localized_urlpatterns}
    assert names == set(NAMES) | OPEN_TO_ALL | {"my_settings", "start"}


@pytest.mark.parametrize("name", ["my_settings", "start"])
def test_a_persons_own_pages_need_a_sign_in(name, db):
    assert Client().get(reverse(f"community:{name}")).status_code == 302


def test_somebody_signed_in_sees_their_own_settings_alone(listed, sign_in):
    assert listed.name not in sign_in(PersonFactory()).get(AREA).content.decode()
