"""What a public page says of the Young Advisors, and what the editor's checks say of a draft."""

from typing import Any

from django import template

from home.review.content_checks import ContentChecks, checks_of
from home.review.selectors import credits_on
from home.review.selectors import written_by_young_advisors as written

register = template.Library()


@register.simple_tag
def young_advisors_review(page: Any) -> dict[str, Any]:
    """{on, said: [{words, name}]} for this page; no query once it is known."""
    return credits_on(page.pk) if page.pk else {}


@register.simple_tag
def written_by_young_advisors(page: Any) -> dict[str, Any]:
    """{name, theme, posts} for a page that was made of a post; no query once it is known."""
    return written(page.pk) if page.pk else {}


@register.simple_tag
def content_checks(page: Any) -> ContentChecks | None:
    """What our own checks find in the draft as the editor opens it; None for what is no page of ours."""
    return checks_of(page)
