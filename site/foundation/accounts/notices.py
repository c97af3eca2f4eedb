"""Mail that tells people what somebody did to their account, sent to where they were reached until then."""

from allauth.account.models import EmailAddress

from foundation.mail.services import queue_mail
from foundation.partnership.sites import name_of_default_site

from .models import User
from .roles import ADMINISTRATOR

_CLOSING = "If you did not expect this, tell the partnership's office at once: somebody may be using your account."


def tell_of_new_address(*, person: User, old: str) -> None:
    """The old mailbox hears that it no longer belongs to the account; the new one, that it does now.

    The sign-in library keeps addresses in a table of its own, where the old one would go on receiving links to choose a
    new password: its rows go.
    """
    EmailAddress.objects.filter(user_id=person.pk).delete()
    _tell(
        person,
        to=old,
        subject="the e-mail address of your account was changed",
        words="An administrator changed the e-mail address of your account. You no longer sign in with this one, and you "
        "are signed out everywhere.",
    )
    _tell(
        person,
        to=person.email,
        subject="this is now the e-mail address of your account",
        words="An administrator made this the e-mail address of your account. From now on you sign in with it; your "
        "password and second step stay as they were.",
    )


def tell_of_new_password(*, person: User) -> None:
    """Somebody else than the person, with rights on the server or in the admin, set their password."""
    _tell(
        person,
        to=person.email,
        subject="your password was changed",
        words="The password of your account was changed by an administrator, and you are signed out everywhere.",
    )


def tell_of_reset(*, person: User) -> None:
    """A colleague took away the person's second step and password."""
    _tell(
        person,
        to=person.email,
        subject="your password and second step were taken away",
        words="An administrator took away the password and the second step of your account, and you are signed out "
        "everywhere. Another e-mail brings a link to choose a new password.",
    )


def tell_of_erasure_asked(*, person: User, by: User) -> None:
    """The other Administrators hear that one of them asks for somebody of the staff to be erased."""
    _tell_administrators(
        but=by,
        subject="a colleague asks for an account of the staff to be erased",
        words=f"{by} asks for the account of {person} to be erased. That cannot be undone, and takes one more Administrator: open "
        "the person’s page under People, “What is held, erasing”, and agree or refuse within a week. Without an answer nothing "
        "is erased.\n\nDid nobody speak about this with you? Then refuse: somebody may be using a colleague’s account.",
    )


def tell_of_erasure(*, roles: list[str], by: User | None) -> None:
    """The other Administrators hear that somebody of the staff was erased.

    Who it was is not said, for that is what was erased.
    """
    doer = str(by) if by else "Somebody with rights on the server"
    _tell_administrators(
        but=by,
        subject="an account of the staff was erased",
        words=f"{doer} has erased the account of somebody with these roles: {', '.join(roles) or 'none any more'}. An erasure "
        "cannot be undone.\n\nDid nobody agree this with you? Then look at the audit trail at once: somebody may be using a "
        "colleague’s account.",
    )


def _tell_administrators(*, but: User | None, subject: str, words: str) -> None:
    site = name_of_default_site()
    others = User.objects.filter(groups__name=ADMINISTRATOR.name, is_active=True, is_demo=False)
    for person in others.exclude(pk=but.pk) if but else others:
        queue_mail(to=person.email, subject=f"{site}: {subject}", text=f"Hello,\n\n{words}\n\n{site}")


def _tell(person: User, *, to: str, subject: str, words: str) -> None:
    if person.is_demo or not to:
        return
    site = name_of_default_site()
    queue_mail(to=to, subject=f"{site}: {subject}", text=f"Hello,\n\n{words}\n\n{_CLOSING}\n\n{site}")
