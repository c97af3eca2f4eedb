"""Makes the groups exactly as `roles` and the rooms say, and takes away what is not listed."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
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
    changes: list[str] = []
    for role in ROLES:
        group, created = Group.objects.get_or_create(name=role.name)
        if created:
            changes.append(f"{role.name}: made")
        changes += _set_models(group, _ids(model_permissions_of(role), known))
        changes += _set_pages(group, _ids((f"wagtailcore.{name}" for name in role.pages), known))
        changes += _set_collections(group, _ids(role.collections, known))
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


def _set_models(group: Group, wanted: set[int]) -> list[str]:
    present = set(group.permissions.values_list("pk", flat=True))
    if present == wanted:
        return []
    group.permissions.set(wanted)
    return [f"{group.name}: {len(wanted - present)} given, {len(present - wanted)} taken away"]


def _set_pages(group: Group, wanted: set[int]) -> list[str]:
    pairs = {(page.pk, permission) for page in page_roots() for permission in wanted}
    rows = {(row.page_id, row.permission_id): row for row in GroupPagePermission.objects.filter(group=group)}
    for pair in set(rows) - pairs:
        rows[pair].delete()
    for page, permission in sorted(pairs - set(rows)):
        GroupPagePermission.objects.create(group=group, page_id=page, permission_id=permission)
    return [f"{group.name}: page permissions changed"] if pairs != set(rows) else []


def _set_collections(group: Group, wanted: set[int]) -> list[str]:
    root = Collection.get_first_root_node()
    pairs = {(root.pk, permission) for permission in wanted}
    rows = {
        (row.collection_id, row.permission_id): row for row in GroupCollectionPermission.objects.filter(group=group)
    }
    for pair in set(rows) - pairs:
        rows[pair].delete()
    for collection, permission in sorted(pairs - set(rows)):
        GroupCollectionPermission.objects.create(group=group, collection_id=collection, permission_id=permission)
    return [f"{group.name}: collection permissions changed"] if pairs != set(rows) else []
