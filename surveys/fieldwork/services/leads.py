"""Who looks after the survey in a school."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from foundation.accounts.models import User
from foundation.audit.services import record
from foundation.partnership.models import School, SchoolLead

from ...errors import NotReady


@transaction.atomic
def add_lead(*, school: School, email: str, by: AbstractBaseUser | None = None) -> SchoolLead:
    """Make somebody who has an account lead of a school; twice does no harm.

    Raises:
        NotReady: nobody active has this address.
    """
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise NotReady(
            ["Nobody here has this e-mail address. An Administrator makes the account first, as School lead."]
        )
    lead, is_new = SchoolLead.objects.get_or_create(user=person, school=school)
    if is_new:
        record(action="surveys.school_lead_added", actor=by, subject=person, facts={"school": school.pk})
    return lead


@transaction.atomic
def remove_lead(*, lead: SchoolLead, by: AbstractBaseUser | None = None) -> None:
    """Somebody looks after this school no more; from the next page on they see nothing of it."""
    record(action="surveys.school_lead_removed", actor=by, subject=lead.user, facts={"school": lead.school_id})
    lead.delete()
