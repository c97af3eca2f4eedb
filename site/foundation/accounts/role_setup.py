"""Makes the groups exactly as `roles` and the rooms say, and takes away what is not listed."""

from collections import Counter
from collections.abc import Iterable, Set

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page

from foundation.registries.roles import room_permissions

from .roles import ROLES, Role

WAGTAILS_OWN_GROUPS = ("Editors", "Moderators")
"""Made by Wagtail's first migration; ours take their place, and theirs are removed while nobody is in them."""


class UnknownPermission(LookupError):
    """A role names a permission that no model has."""


class UnknownRole(LookupError):
    """A room gives permissions to a role that does not exist."""


def model_permissions_of(role: Role) -> set[str]:
    """What the role may do with whole tables, its own and what the rooms give."""
    names = set(role.models)
    for room in room_permissions:
        names.update(room.by_role.get(role.key, ()))
    return names


@transaction.atomic
def set_up_roles() -> list[str]:
    """Bring every group to what is written; running it again changes nothing.

    Returns what was changed, in words.

    Raises:
        UnknownPermission, UnknownRole: nothing is changed then.
    """
    keys = {role.key for role in ROLES}
    for room in room_permissions:
        if strangers := set(room.by_role) - keys:
            raise UnknownRole(", ".join(sorted(strangers)))
    known = {
        f"{app}.{code}": pk
        for pk, app, code in Permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    groups, changes = _groups()
    models = {(groups[role.name], one) for role in ROLES for one in _ids(model_permissions_of(role), known)}
    roots, collection = [page.pk for page in page_roots()], Collection.get_first_root_node().pk
    pages = {
        (groups[role.name], root, one)
        for role in ROLES
        for one in _ids((f"wagtailcore.{name}" for name in role.pages), known)
        for root in roots
    }
    collections = {(groups[role.name], collection, one) for role in ROLES for one in _ids(role.collections, known)}
    given = _bring(Group.permissions.through, ("group_id", "permission_id"), models, groups)
    changes += [f"{name}: {more} given, {fewer} taken away" for name, (more, fewer) in given.items()]
    for kind, model, wanted in (
        ("page", GroupPagePermission, pages),
        ("collection", GroupCollectionPermission, collections),
    ):
        changed = _bring(model, ("group_id", f"{kind}_id", "permission_id"), wanted, groups)
        changes += [f"{name}: {kind} permissions changed" for name in changed]
    Group.objects.filter(name__in=WAGTAILS_OWN_GROUPS, user__isnull=True).delete()
    return changes + _set_reviewers()


def page_roots() -> list[Page]:
    """The home page of every language."""
    return list(Page.objects.filter(depth=2).order_by("path"))


def _set_reviewers() -> list[str]:
    """Whoever may publish answers what editors send to moderation. Wagtail's own task is left with nobody once its
    groups are gone; a task to which an Administrator gave groups is theirs to keep."""
    publishers = Group.objects.filter(name__in=[role.name for role in ROLES if "publish_page" in role.pages])
    tasks = list(GroupApprovalTask.objects.filter(groups__isnull=True))
    for task in tasks:
        task.groups.set(publishers)
    return [f"{task.name}: answered by {', '.join(group.name for group in publishers)}" for task in tasks]


def _ids(names: Iterable[str], known: dict[str, int]) -> set[int]:
    names = set(names)
    if missing := names - set(known):
        raise UnknownPermission(", ".join(sorted(missing)))
    return {known[name] for name in names}


def _groups() -> tuple[dict[str, int], list[str]]:
    """The group of every role by its name, made where there was none; and which were made, in words."""
    names = [role.name for role in ROLES]
    groups = dict(Group.objects.filter(name__in=names).values_list("name", "pk"))
    made = Group.objects.bulk_create(Group(name=name) for name in names if name not in groups)
    groups |= {group.name: group.pk for group in made}
    return groups, [f"{group.name}: made" for group in made]


def _bring(
    model: type[Model], columns: tuple[str, ...], wanted: Set[tuple[int, ...]], groups: dict[str, int]
) -> dict[str, tuple[int, int]]:
    """Make the rows of these groups exactly the wanted ones, each the values of `columns`, the group's first.

    Returns how many rows each group was given and how many were taken away, for the groups that changed. A table at
    once and not a group at a time: a new home page calls this too, and thirteen roles would be two hundred queries.
    """
    rows = model._default_manager.filter(group__in=groups.values())
    present = {tuple(row[1:]): row[0] for row in rows.values_list("pk", *columns)}
    missing, surplus = wanted - set(present), set(present) - wanted
    if surplus:
        model._default_manager.filter(pk__in=[present[row] for row in surplus]).delete()
    model._default_manager.bulk_create(model(**dict(zip(columns, row, strict=True))) for row in sorted(missing))
    more, fewer = Counter(row[0] for row in missing), Counter(row[0] for row in surplus)
    return {name: (more[pk], fewer[pk]) for name, pk in groups.items() if more[pk] or fewer[pk]}
