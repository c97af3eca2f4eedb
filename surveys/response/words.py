"""What Young Advisors say about a release, before staff accept it."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit.services import record
from foundation.cache.generation import bump_on_commit

from ..errors import WrongState
from ..release.enums import ReleaseState
from ..release.models import Release, YoungAdvisorWords


def add_words(
    *, release: Release, text: str, topic_key: str = "", credited_as: str = "", by: User
) -> YoungAdvisorWords:
    """Keep somebody's words; they are shown once a survey manager has accepted them.

    Raises:
        WrongState: the release is not waiting for a first look.
    """
    if release.state != ReleaseState.READY:
        raise WrongState(_("These figures do not wait for a first look."))
    with transaction.atomic():
        words = YoungAdvisorWords.objects.create(
            release=release, topic_key=topic_key, text=text, credited_as=credited_as, author=by
        )
        record(action="surveys.young_advisor_said", actor=by, subject=words)
    return words


@transaction.atomic
def forget_name(person: User) -> None:
    """Somebody has left the Young Advisors: what they said stays, and stands beside no name any more."""
    named = YoungAdvisorWords.objects.filter(author=person).exclude(credited_as="")
    if named.update(credited_as=""):
        bump_on_commit()
    YoungAdvisorWords.objects.filter(author=person).update(author=None)
