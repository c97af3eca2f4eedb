"""What a setting's own page says about quality."""

from typing import Any

from django import template

from ..quality.selectors.assessment import last_assessment, open_assessment, progress_of, to_look_at_again
from ..quality.services.assessments import may_answer
from ..register.models import Setting

register = template.Library()


@register.simple_tag
def quality_of(setting: Setting) -> dict[str, Any]:
    """{is_open: the record is not over, last, progress (of an open self-assessment), again: answers reopened}."""
    current = open_assessment(setting)
    return {
        "is_open": may_answer(setting),
        "last": last_assessment(setting),
        "progress": progress_of(setting, current) if current else None,
        "again": to_look_at_again(setting),
    }
