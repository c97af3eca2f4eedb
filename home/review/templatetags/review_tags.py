"""What a public page says of the Young Advisors' review."""

from typing import Any

from django import template

from home.review.selectors import credits_on

register = template.Library()


@register.simple_tag
def young_advisors_reviews(page: Any) -> list[dict[str, Any]]:
    """[{on, words, name}] for this page; no query once it is known."""
    return credits_on(page.pk) if page.pk else []
