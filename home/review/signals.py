"""What follows elsewhere: publication brings the credit and opens the files, leaving takes the name away."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import m2m_changed, post_save, pre_delete
from wagtail.signals import page_published

from foundation.accounts.models import User
from foundation.accounts.roles import YOUNG_ADVISOR


def _published(instance: Any, **_kwargs: Any) -> None:
    from foundation.media.held import release_files_of

    from .services import note_publication

    if not instance.live:  # put off to a later day: the signal comes again when the page goes out
        return
    release_files_of(instance)
    note_publication(page_id=instance.pk)


def _saved(instance: User, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    if not (created or raw or instance.is_active):
        _forget(instance)


def _deleted(instance: User, **_kwargs: Any) -> None:
    from .services.leaving import forget_drafts

    _forget(instance)
    forget_drafts(person=instance)


def _groups_changed(instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **_kwargs: Any) -> None:
    people = User.objects.filter(pk__in=pk_set or ()) if reverse else [instance]
    if action == "post_add":
        _name(people)
    if action not in ("post_remove", "post_clear"):
        return
    for person in people:
        if not person.groups.filter(name=YOUNG_ADVISOR.name).exists():
            _forget(person)


def _name(people: Iterable[User]) -> None:
    """Nobody stands beside their words under an e-mail address: who comes without a name gets one, to be changed."""
    for person in people:
        if not person.get_full_name().strip() and person.groups.filter(name=YOUNG_ADVISOR.name).exists():
            person.display_name = f"Young Advisor {person.pk}"
            person.save(update_fields=["display_name"])


def _forget(person: User) -> None:
    from .services.leaving import forget_name

    forget_name(person=person)


def connect() -> None:
    """Called when the apps are ready."""
    page_published.connect(_published, dispatch_uid="review-published")
    post_save.connect(_saved, sender=User, dispatch_uid="review-person-saved")
    pre_delete.connect(_deleted, sender=User, dispatch_uid="review-person-deleted")
    m2m_changed.connect(_groups_changed, sender=User.groups.through, dispatch_uid="review-groups")
