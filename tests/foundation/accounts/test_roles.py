"""The exact list of who may do what. A change of a role is a change of this list, seen by whoever reviews it."""

from pathlib import Path
from pprint import pformat

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Locale, Page

from foundation.accounts.role_setup import set_up_roles
from foundation.accounts.roles import ROLES
from tests.foundation.accounts.expected_roles import COLLECTIONS, MODELS, PAGES

pytestmark = pytest.mark.django_db


def name(permission):
    return f"{permission.content_type.app_label}.{permission.codename}"


def snapshot():
    groups = Group.objects.prefetch_related("permissions__content_type")
    models = {group.name: sorted(name(permission) for permission in group.permissions.all()) for group in groups}
    pages = {group.name: [] for group in groups}
    for row in GroupPagePermission.objects.select_related("group", "permission", "page"):
        pages[row.group.name].append(row.permission.codename)
    collections = {group.name: [] for group in groups}
    for row in GroupCollectionPermission.objects.select_related("group", "permission__content_type"):
        collections[row.group.name].append(name(row.permission))
    return models, {k: sorted(v) for k, v in pages.items()}, {k: sorted(v) for k, v in collections.items()}


def test_the_groups_are_exactly_as_written(request):
    """After a change that was meant: `pytest tests/foundation/accounts/test_roles.py --write-matrix`, and read the diff."""
    set_up_roles()
    models, pages, collections = snapshot()
    if request.config.getoption("--write-matrix"):
        write(models, pages, collections)
        return
    assert models == {role: sorted(names) for role, names in MODELS.items()}
    assert pages == {role: sorted(names) for role, names in PAGES.items()}
    assert collections == {role: sorted(names) for role, names in COLLECTIONS.items()}


def test_running_it_again_changes_nothing(capsys):
    set_up_roles()
    before = snapshot(), list(GroupPagePermission.objects.values_list("pk", flat=True))
    assert set_up_roles() == []
    call_command("setup_roles")
    assert "as they should be" in capsys.readouterr().out
    assert (snapshot(), list(GroupPagePermission.objects.values_list("pk", flat=True))) == before


def test_what_is_not_listed_is_taken_away():
    set_up_roles()
    expected = snapshot()
    editor = Group.objects.get(name="Editor")
    editor.permissions.add(Permission.objects.get(codename="delete_user"))
    GroupPagePermission.objects.create(
        group=editor, page=Page.objects.get(depth=1), permission=Permission.objects.get(codename="publish_page")
    )
    assert set_up_roles()
    assert snapshot() == expected


def test_a_new_languages_tree_is_opened_to_the_roles():
    set_up_roles()
    home = Page.objects.get(depth=2)
    bengali = Locale.objects.create(language_code="bn")
    copy = home.copy_for_translation(bengali)
    granted = GroupPagePermission.objects.filter(page=copy, group__name="Publisher")
    assert granted.count() == len(PAGES["Publisher"])


def test_who_comes_in_by_the_staff_door():
    assert {role.name for role in ROLES if not role.opens_admin} == {"Young Advisor", "Subgroup member", "School lead"}


def test_every_role_is_explained():
    folder = Path(__file__).parents[3] / "docs" / "roles"
    # Owners of settings are people of theirs, not of the partnership: they have a page and no role.
    assert {path.stem for path in folder.glob("*.md")} == {role.key for role in ROLES} | {"README", "setting-owner"}


def write(models, pages, collections):
    order = [role.name for role in ROLES]
    parts = [
        f"{title} = {pformat({role: found[role] for role in order}, width=100, sort_dicts=False)}"
        for title, found in (("MODELS", models), ("PAGES", pages), ("COLLECTIONS", collections))
    ]
    text = '"""Who may do what, written out in full."""\n\n' + "\n\n".join(parts) + "\n"
    Path(__file__).with_name("expected_roles.py").write_text(text)
