"""An issue in another language: a copy to be translated, for the readers of that language and nobody else."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ..errors import NewsletterError, StepNotAllowed
from ..models import Issue, IssueItem
from ..selectors.issues import versions_of
from ..states import IssueState
from .issues import locked_issue, start_issue

NOT_BEGUN = (IssueState.DRAFT, IssueState.SCHEDULED)


def languages_left(issue: Issue) -> list[tuple[str, str]]:
    """The languages of the site in which this issue is not written yet; none once any of its versions went out, for its
    readers may have got that one."""
    alike = list(versions_of(issue))
    if any(each.state not in NOT_BEGUN for each in alike):
        return []
    taken = {each.language_code for each in alike}
    return [(code, str(name)) for code, name in settings.LANGUAGES if code not in taken]


@transaction.atomic
def start_version(*, issue: Issue, language: str, by: Any) -> Issue:
    """A draft with the words of this issue and its items in their order, to be translated.

    Raises:
        StepNotAllowed: it went out already.
        NewsletterError: it is written in this language already, or the language is none of the site's.
    """
    # Held, so that it does not begin to go out to everybody at this moment, and two make one version of it.
    first = locked_issue(issue.version_of or issue)
    if any(each.state not in NOT_BEGUN for each in versions_of(first)):
        raise StepNotAllowed(_("This issue went out already. Begin a new one for another language."))
    if language not in dict(languages_left(first)):
        raise NewsletterError(_("This issue is written in that language already."))
    version = start_issue(
        kind=issue.kind, title=issue.title, subject=issue.subject, by=by, intro=issue.intro, segment=issue.segment,
        in_archive=issue.in_archive, language=language, version_of=first,
    )  # fmt: skip
    with translation.override(language):
        from_community = _("From the community")
    for item in issue.items.all():
        is_article = item.source == IssueItem.Source.ARTICLE
        item.pk, item.issue, item.kicker = None, version, from_community if is_article else item.kicker
        item._state.adding = True
        item.save()
    audit.record(action="newsletter.version", actor=by, subject=version, facts={"language": language})
    return version
