"""Which passwords are refused, and that a good one is taken exactly as it was typed."""

import contextlib
import time

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from foundation.accounts.passwords import DressedUpPasswordValidator
from tests.factories.accounts import PASSWORD, give_authenticator, holder_of, sign_in
from tests.factories.pages import a_home_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    [
        "Password2026!", "!!password!!!!", "P@ssw0rd1234", "passwordpassword", "Liverpool1892", "qwertyuiop12", "1q2w3e4r5t6y",
        "abcdefghijkl", "aaaaaaaaaaaaaa", "abababababab", "Summer-2026-!", "iloveyou1234567",
    ],
)  # fmt: skip
def test_a_common_one_dressed_up_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["Safeguarding26", "children-2026-cscp", "MuddlefordMuddleford", "Muddleford$2026"]
)
def test_words_of_the_site_and_of_the_partnership_are_refused(password):
    site = a_home_page().get_site()
    site.site_name = "Muddleford Safeguarding Children Partnership"
    site.save()
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "correct horse battery staple", "keeping-children-safe", "my child likes purple frogs", "ভালো থাকো সবাই মিলে", "x9#Lq7!vTz2&"],
)  # fmt: skip
def test_words_that_nobody_else_would_put_together_are_taken(password):
    validate_password(password)


@pytest.mark.parametrize("password", ["1" * 30_000 + "a" + "1" * 30_000 + "a", "a1" * 30_000, "password" * 8_000 + "!"])
def test_a_password_as_long_as_a_book_keeps_nobody_waiting(password):
    began = time.process_time()
    with contextlib.suppress(ValidationError):
        DressedUpPasswordValidator().validate(password)
    assert time.process_time() - began < 2


def test_a_password_is_taken_as_it_was_typed_with_its_spaces_capitals_and_hundred_letters(client):
    person = holder_of("Editor")
    give_authenticator(person)
    sign_in(client, person)
    new = "  Purple Frogs over the Canal " + "and over the hill " * 4 + " "
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password(new)
    assert not person.check_password(new.strip())
    assert not person.check_password(new.lower())
