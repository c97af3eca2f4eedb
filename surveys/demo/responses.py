"""The example of "you said, we did": what pupils told us led to training on LGBTQ+ children and young people.

Source: the partnership answered the children's scrutiny committee in 2024 that findings of the health questionnaire led it to
commission training on understanding and safeguarding LGBTQ+ children and young people (minutes 2024, questions to the annual
report; the site's pages `professionals/training` and `professionals/health-questionnaire`). The minutes do not say which
finding it was, so the question here, and every figure, is made up with the rest of the demonstration's answers.
"""

import datetime

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from foundation.partnership.models import Subgroup

from ..release.models import Release
from ..response.models import Finding
from ..response.services import add_finding, save_response
from ..results.selectors import released

SUBGROUPS = ("dsl-forum", "quality-assurance")
QUESTION = "BULLIED_ABOUT"
TRAINING = "/professionals/training/"
YOU_SAID = "Being LGBT+, or being taken for it, is one of the things that pupils are bullied about."


def load_demo_responses(refresh: bool = False) -> int:
    """Add the example where a demonstration's release is out; how many findings. Nothing outside demo mode."""
    release = _release()
    subgroup = Subgroup.objects.filter(key__in=SUBGROUPS).order_by("key").first()
    if not settings.DEMO_MODE or release is None or subgroup is None:
        return 0
    if Finding.objects.filter(release__wave__survey=release.wave.survey, question_code=QUESTION).exists():
        return 0
    finding = add_finding(
        subgroup=subgroup,
        release=release,
        question_code=QUESTION,
        you_said=YOU_SAID,
        why_it_matters="Children learn and grow when they feel safe as who they are. Adults who know what to say can stop it early.",
        by=None,
    )
    today = timezone.localdate()
    save_response(
        finding=finding,
        will_do="Ask for a course on how to understand and protect LGBTQ+ children and young people.",
        who="Learning and Development Subgroup",
        due_on=today - datetime.timedelta(days=30),
        we_did="The course is part of the training programme, for everybody who works with children.",
        done_on=today - datetime.timedelta(days=45),
        page=Page.objects.live()
        .filter(url_path__endswith=TRAINING, locale__language_code=settings.LANGUAGE_CODE)
        .first(),
        by=None,
    )
    save_response(
        finding=finding,
        will_do="Ask pupils again next autumn, and compare.",
        who="Designated Safeguarding Lead Forum",
        due_on=today + datetime.timedelta(days=180),
        by=None,
    )
    # In the demonstration nobody else reads it first: its words are ours, and stand here.
    finding.responses.update(is_checked=True)
    Finding.objects.filter(pk=finding.pk).update(state=Finding.State.PUBLISHED, published_on=today)
    return 1


def _release() -> Release | None:
    for release in released().filter(wave__is_demo=True):
        if any(item["code"] == QUESTION for item in release.structure["items"]):
            return release
    return None
