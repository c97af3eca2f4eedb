"""Somebody leaves the Young Advisors: their name stands nowhere any more. What they said stays, unnamed."""

from django.db import transaction

from foundation.accounts.models import User
from foundation.audit.services import record
from foundation.cache.generation import bump_on_commit
from foundation.registries.advisors import leaving_steps

from ..models import PartnershipQuestion, Post, PostRemark, Remark, Review
from .posts import delete_files


@transaction.atomic
def forget_name(*, person: User) -> None:
    """Take the name off pages, remarks, answers, posts and questions, and off what other rooms show of them."""
    for model in (Review, Post, PartnershipQuestion):
        for row in model._default_manager.filter(author=person).exclude(credited_as=""):
            model._default_manager.filter(pk=row.pk).update(credited_as="")
            record(action="review.name_removed", subject=row)
            bump_on_commit()
    Remark.objects.filter(author=person).update(author=None)
    Review.objects.filter(author=person).update(author=None, unsent=None)
    PostRemark.objects.filter(author=person, is_staff=False).update(author=None)
    for step in leaving_steps:
        step(person)


@transaction.atomic
def forget_drafts(*, person: User) -> None:
    """The account goes for good: so does what nobody else has ever seen."""
    for post in Post.objects.filter(author=person, state=Post.State.DRAFT):
        delete_files(post)
        post.delete()
