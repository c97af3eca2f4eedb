"""Fields that nobody was offered, sessions that change hands, files that a spreadsheet runs, addresses that a server fetches."""

import ast
import re
from pathlib import Path

import pytest
from django import forms
from django.test import Client
from django.urls import get_resolver

from foundation.accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory, give_authenticator, holder_of, sign_in
from tests.factories.community import MembershipFactory, SettingFactory

ROOT = Path(__file__).resolve().parents[2]
CODE = [path for folder in ("site", "home", "community", "surveys") for path in sorted((ROOT / folder).rglob("*.py"))]
NEVER_OFFERED = {
    "is_staff", "is_demo", "user_permissions", "password", "published", "sessions_valid_from", "token_hash",
    "owner", "created_by", "changed_by", "decided_by", "invited_by", "published_by", "terms_accepted_by",
}  # fmt: skip


def forms_of_ours():
    get_resolver().url_patterns  # loads every view, and with it every form  # noqa: B018
    waiting, found = [forms.ModelForm], set()
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.split(".")[0] in {"home", "community", "surveys", "foundation"}:
                found.add(each)
    return found


class TestMassAssignment:
    def test_no_form_offers_what_only_the_code_may_set(self):
        found = forms_of_ours()
        assert found
        offered = {form: set(form.base_fields) & NEVER_OFFERED for form in found}
        assert {f"{form.__module__}.{form.__name__}": names for form, names in offered.items() if names} == {}

    def test_no_form_takes_whatever_a_model_has(self):
        loose = re.compile(r"""^\s+(fields\s*=\s*["']__all__["']|exclude\s*=\s*[\[(])""", re.MULTILINE)
        found = {
            str(path.relative_to(ROOT)): loose.findall(path.read_text())
            for path in CODE
            if "ModelForm" in path.read_text() and loose.search(path.read_text())
        }
        assert found == {}

    @pytest.mark.django_db
    def test_an_administrator_makes_nobody_a_superuser(self, client):
        person = UserFactory()
        sign_in(client, holder_of("Administrator"))
        sent = {"email": person.email, "display_name": "New", "is_active": "on", "is_superuser": "on", "is_staff": "on", "is_demo": "on",
                "password1": "a-new-password-of-mine", "password2": "a-new-password-of-mine"}  # fmt: skip
        before = person.password
        client.post(f"/admin/users/edit/{person.pk}/", sent)
        person.refresh_from_db()
        assert person.display_name == "New"
        assert (person.is_superuser, person.is_staff, person.is_demo, person.password) == (False, False, False, before)

    @pytest.mark.django_db
    def test_an_owner_lists_and_hands_over_nothing_by_fields_that_were_not_offered(self, client):
        setting = SettingFactory(state="draft")
        owner = MembershipFactory(setting=setting, user=UserFactory()).user
        sign_in(client, owner, second_factor=False)
        sent = {
            "name": "A new name",
            "state": "listed",
            "slug": "mine",
            "assigned_to": owner.pk,
            "published": "1",
            "confirm_due": "2099-01-01",
        }
        client.post(f"/en/my-setting/{setting.pk}/edit/name/", sent)
        before = (setting.state, setting.slug, setting.assigned_to_id, setting.published_id, setting.confirm_due)
        setting.refresh_from_db()
        assert (
            setting.state,
            setting.slug,
            setting.assigned_to_id,
            setting.published_id,
            setting.confirm_due,
        ) == before


@pytest.mark.django_db
class TestSessions:
    def test_signing_in_begins_a_session_with_another_name(self, client):
        person = UserFactory()
        session = client.session
        session["planted"] = "by somebody else"
        session.save()
        planted = session.session_key
        client.cookies["sessionid"] = planted
        client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
        assert client.session.session_key != planted
        assert not Client(headers={"cookie": f"sessionid={planted}"}).get("/accounts/2fa/").context

    def test_a_new_password_gives_the_session_another_name_and_ends_the_others(self, client):
        person = holder_of("Editor")
        give_authenticator(person)
        other = sign_in(Client(), person)
        sign_in(client, person)
        before = client.session.session_key
        new = "a-much-better-one-42"
        sent = {"oldpassword": PASSWORD, "password1": new, "password2": new, "password": new}
        client.post("/accounts/password/change/", sent)
        assert User.objects.get(pk=person.pk).check_password(new)
        assert client.session.session_key != before
        assert client.get("/admin/account/").status_code == 200
        assert other.get("/admin/account/").status_code == 302

    def test_a_page_kept_from_before_signing_in_sends_no_form(self):
        person = UserFactory()
        client = Client(enforce_csrf_checks=True)
        before = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get("/accounts/login/").text)[1]
        sent = {"login": person.email, "password": PASSWORD, "csrfmiddlewaretoken": before}
        assert client.post("/accounts/login/", sent).status_code == 302
        assert client.post("/accounts/logout/", {"csrfmiddlewaretoken": before}).status_code == 403

    def test_signing_out_leaves_nothing_to_come_back_with(self, client):
        sign_in(client, holder_of("Editor"))
        kept = client.cookies["sessionid"].value
        client.post("/accounts/logout/")
        assert Client(headers={"cookie": f"sessionid={kept}"}).get("/admin/").status_code == 302


def calls_of(names):
    """path → lines on which something of this name is called."""
    found = {}
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                if any(name == each or name.endswith(f".{each}") for each in names):
                    found.setdefault(str(path.relative_to(ROOT)), []).append(node.lineno)
    return found


def test_csv_is_written_by_one_hand_that_makes_every_cell_harmless():
    """Others write files for machines, on the server: none of them answers a request."""
    assert set(calls_of({"csv.writer", "DictWriter"})) == {
        "site/foundation/exports/csv.py",
        "community/places/build.py",
        "surveys/disclosure/cellfile.py",
        "surveys/management/commands/import_paper.py",
    }


def test_the_server_fetches_no_address_that_somebody_typed():
    """The one program that calls another host has its address from the environment; the answers' simulation is a command."""
    fetchers = calls_of(
        {"urlopen", "HTTPConnection", "HTTPSConnection", "requests.get", "requests.post", "create_connection"}
    )
    assert set(fetchers) <= {"community/newsletter/carriers/notify.py", "surveys/simulate/posting.py"}


def test_no_code_runs_words_as_code():
    """A YAML file is read with a loader that makes plain values alone: ruff's S506 sees to that."""
    assert calls_of({"eval", "exec", "pickle.loads", "pickle.load", "os.system", "marshal.loads"}) == {}
