"""What the site's own search finds of the programme."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.registries.search import SearchHit

from ..models import Course

MOST_WORDS = 8


def find_courses(words: str, limit: int) -> list[SearchHit]:
    """Courses that have all these words in title, sentence or text; those with all of them in the title first."""
    typed = words.casefold().split()[:MOST_WORDS]
    if not typed:
        return []
    rows = Course.objects.filter(is_offered=True)
    for word in typed:
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(description__icontains=word))
    found = sorted(rows[:100], key=lambda row: (not all(word in row.title.casefold() for word in typed), row.title))
    return [
        SearchHit(
            title=row.title,
            url=reverse("community:course", args=[row.slug]),
            summary=row.summary,
            kind=_("Training and forums"),
            changed_on=row.updated_at.date(),
        )
        for row in found[:limit]
    ]
