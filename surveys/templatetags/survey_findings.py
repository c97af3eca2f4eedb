"""Findings beside figures: on the page of a question, and on a subgroup's page."""

from typing import Any

from django import template
from django.urls import reverse

from ..release.models import Release
from ..response.selectors import finding_url, findings_of, overdue, public_findings
from ..response.views.frame import may_write

register = template.Library()


@register.inclusion_tag("surveys/response/parts/of_question.html", takes_context=True)
def findings_of_question(context: Any, release: Release) -> dict[str, Any]:
    """What is published about the question of this page; for a subgroup also its own, and the way to record one."""
    asked = context["request"].resolver_match.kwargs
    code = asked.get("code", "")
    same = {"release__wave": release.wave_id, "question_code": code}
    found = [{"finding": one, "url": finding_url(one)} for one in public_findings().filter(**same)]
    subgroup = context.get("subgroup")
    if subgroup is None:
        return {"found": found, "own": [], "add_url": ""}
    own = [
        {"finding": one, "url": reverse("subgroup_finding", args=[subgroup.key, one.pk])}
        for one in findings_of(subgroup).filter(**same)
    ]
    wave = release.wave
    add_url = reverse("subgroup_finding_add", args=[subgroup.key, wave.survey.key, wave.slug, code])
    return {"found": found, "own": own, "add_url": add_url if may_write(context["request"], subgroup) else ""}


@register.inclusion_tag("surveys/response/parts/of_subgroup.html", takes_context=True)
def findings_of_subgroup(context: Any) -> dict[str, Any]:
    """What this subgroup found, and what is overdue."""
    subgroup = context["subgroup"]
    return {
        "subgroup": subgroup,
        "number": findings_of(subgroup).count(),
        "overdue": list(overdue(subgroup=subgroup)),
    }
