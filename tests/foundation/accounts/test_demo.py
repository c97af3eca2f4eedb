"""The demonstration is easy to enter, and cannot be carried into a real site."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse

from foundation.accounts import demo
from foundation.accounts.checks import no_demo_accounts_in_production
from foundation.accounts.models import User
from foundation.accounts.roles import ROLES

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def test_a_newcomer_signs_in_with_what_is_on_the_screen(client, capsys):
    call_command("load_demo_users")
    printed = capsys.readouterr().out
    assert "administrator@example.org" in printed
    assert demo.PASSWORD in printed
    page = client.get(reverse("account_login"))
    assert "administrator@example.org" in page.text
    client.post(reverse("account_login"), {"login": "administrator@example.org", "password": demo.PASSWORD})
    page = client.get(reverse("mfa_authenticate"))
    code = page.text.split('id="demo-code">')[1][:6]
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_box_shows_a_code_that_was_not_used_yet(client):
    call_command("load_demo_users", verbosity=0)
    person = User.objects.get(email="editor@example.org")
    for _ in range(2):
        client.post(reverse("account_login"), {"login": person.email, "password": demo.PASSWORD})
        assert client.post(reverse("mfa_authenticate"), {"code": demo.free_code(person)}).url == "/admin/"
        client.post(reverse("account_logout"))


def test_loading_again_keeps_one_person_a_role():
    call_command("load_demo_users", verbosity=0)
    call_command("load_demo_users", verbosity=0)
    assert User.objects.filter(is_demo=True).count() == len(ROLES)
    assert {g for u in User.objects.filter(is_demo=True) for g in u.groups.values_list("name", flat=True)} == {
        role.name for role in ROLES
    }


def test_outside_demo_mode_there_is_no_demo(client, settings):
    call_command("load_demo_users", verbosity=0)
    settings.DEMO_MODE = False
    for command in ("load_demo_users", "demo_code"):
        with pytest.raises(CommandError):
            call_command(command)
    assert "administrator@example.org" not in client.get(reverse("account_login")).text
    assert [error.id for error in no_demo_accounts_in_production()] == ["accounts.E002"]
    with pytest.raises(demo.OnlyInDemoMode):
        demo.refuse_outside_demo_mode()
    response = client.post(reverse("account_login"), {"login": "editor@example.org", "password": demo.PASSWORD})
    assert response.url == reverse("account_inactive")  # refused, should such a site run at all
    call_command("remove_demo_users", verbosity=0)
    assert no_demo_accounts_in_production() == []
    demo.refuse_outside_demo_mode()


def test_a_real_person_is_never_turned_into_a_demo():
    User.objects.create_user(email="editor@example.org", password="a-real-password-1")
    with pytest.raises(demo.OnlyInDemoMode):
        demo.load()


def test_a_production_server_does_not_start_with_demo_accounts(tmp_path):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "example.org",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "DJANGO_SETTINGS_MODULE": "cscp.settings.production",
    }
    script = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "from foundation.accounts.models import User\n"
        "with connection.schema_editor() as editor: editor.create_model(User)\n"
        "from django.db.models.signals import post_save, pre_save\n"
        "User.objects.bulk_create([User(email='x@example.org', is_demo=True)])\n"
    )
    subprocess.run([sys.executable, "-c", script], env=environment, cwd=ROOT, check=True, timeout=120)
    start = subprocess.run(
        [sys.executable, "-c", "import cscp.wsgi"],
        check=False,
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert start.returncode == 1
    assert "remove_demo_users" in start.stderr
