"""What the rehearsed site holds: an owner with a listing, somebody of the staff, an open class. Prints how to use it, as JSON.

Run by the owner of the database, as `python -m scripts.rehearsal.content`; all of it is invented.
"""

import json
import sys

import django

PUPILS = 12


def main() -> None:
    """Make it."""
    django.setup()
    from benchmarks.lesson_site import classes_with_answers
    from foundation.accounts.roles import ROLES
    from tests.factories.accounts import PASSWORD, SECRET, UserFactory, give_authenticator, holder_of
    from tests.factories.community import MembershipFactory
    from tests.factories.listings import make_listing

    owner = UserFactory(email="owner@example.org")
    owner.set_unusable_password()
    owner.save()
    listing = make_listing(name="Rehearsal Chess Club", slug="rehearsal-chess-club")
    MembershipFactory(setting=listing, user=owner)
    names = {role.key: role.name for role in ROLES}
    staff = holder_of(names["administrator"], email="staff@example.org")
    lead = holder_of(names["safeguarding-lead"], email="lead@example.org")
    for person in (staff, lead):
        person.set_password(PASSWORD)  # hashed as this site hashes, not as the tests do
        person.save()
        give_authenticator(person)
    lesson = classes_with_answers(1, PUPILS)[0]
    json.dump(
        {
            "owner": owner.email, "staff": staff.email, "lead": lead.email, "password": PASSWORD, "secret": SECRET,
            "listing": listing.slug, "setting": str(listing.pk), "code": str(lesson.session.code),
            "session": str(lesson.session.pk), "answers": lesson.bodies,
        },
        sys.stdout,
    )  # fmt: skip


if __name__ == "__main__":
    main()
