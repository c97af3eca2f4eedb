"""The list of breached passwords that an operator has fetched: searched where it lies, whatever its size."""

import hashlib
import json
import logging

import pytest
from django.contrib.auth.password_validation import validate_password
from hypothesis import HealthCheck, given
from hypothesis import settings as tried_with
from hypothesis import strategies as st

from foundation.accounts.breached import BreachedPasswordValidator, holds
from foundation.accounts.checks import the_list_of_breached_passwords_is_one
from foundation.logs.formatter import SafeJsonFormatter
from tests.factories.accounts import PASSWORD, give_authenticator, holder_of, sign_in

KNOWN = "seven purple frogs of 1892"


def digest(password):
    return hashlib.sha1(password.encode()).hexdigest().upper()


def write(path, passwords, end="\r\n", count=True):
    lines = sorted(digest(each) for each in passwords)
    path.write_bytes(
        "".join(f"{line}{f':{7 * number}' if count else ''}{end}" for number, line in enumerate(lines)).encode()
    )


@pytest.fixture
def fetched(settings, tmp_path):
    """The file as it is fetched, with some thousand others in it."""
    path = tmp_path / "pwned.txt"
    write(path, [KNOWN, *(f"another {number}" for number in range(3_000))])
    settings.BREACHED_PASSWORDS = str(path)
    return path


# Numbers as words: letters of all scripts are slow to draw on a busy machine, and every password is a digest here anyway.
NUMBERS = st.integers(0, 300).map(str)


@tried_with(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(passwords=st.sets(NUMBERS, max_size=40), other=NUMBERS, end=st.sampled_from(["\n", "\r\n"]), count=st.booleans())
def test_what_is_in_the_list_is_found_and_nothing_else(tmp_path_factory, passwords, other, end, count):
    path = tmp_path_factory.mktemp("list") / "pwned.txt"
    write(path, passwords, end, count)
    assert all(holds(path, each) for each in passwords)
    assert holds(path, other) == (other in passwords)


@pytest.mark.django_db
def test_a_breached_password_is_refused_at_the_form_and_the_old_one_stays(client, fetched):
    person = holder_of("Editor")
    give_authenticator(person)
    sign_in(client, person)
    change = {"oldpassword": PASSWORD, "password1": KNOWN, "password2": KNOWN}
    answer = client.post("/accounts/password/change/", change)
    assert "found in a breach of another site" in answer.text
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.django_db
def test_without_a_list_and_for_a_password_of_ones_own_nothing_is_said(settings, fetched):
    validate_password("seven green frogs of 1892")
    settings.BREACHED_PASSWORDS = ""
    validate_password(KNOWN)


def test_a_list_that_is_away_keeps_nobody_from_changing_a_password_and_is_told(settings, tmp_path, caplog):
    settings.BREACHED_PASSWORDS = str(tmp_path / "gone.txt")
    logger = logging.getLogger("foundation.accounts.breached")
    logger.addHandler(caplog.handler)
    try:
        BreachedPasswordValidator().validate(KNOWN)
    finally:
        logger.removeHandler(caplog.handler)
    line = json.loads(SafeJsonFormatter().format(caplog.records[-1]))
    assert line["event"] == "breached_list_unreadable"
    assert KNOWN not in str(line)


@pytest.mark.parametrize(
    ("content", "is_fine"),
    [
        (f"{digest('a')}:3\r\n{digest('b')}:2\r\n" if digest("a") < digest("b") else f"{digest('b')}\n{digest('a')}\n", True),
        ("F" * 40 + "\n" + "A" * 40 + "\n", False),
        ("password\n123456\n", False),
        ("f" * 40 + "\n", False),
        ("", False),
        (None, False),
    ],
)  # fmt: skip
def test_a_site_is_told_when_the_file_is_no_list(settings, tmp_path, content, is_fine):
    path = tmp_path / "list.txt"
    if content is not None:
        path.write_bytes(content.encode())
    settings.BREACHED_PASSWORDS = str(path)
    assert [found.id for found in the_list_of_breached_passwords_is_one()] == ([] if is_fine else ["accounts.E006"])
    settings.BREACHED_PASSWORDS = ""
    assert the_list_of_breached_passwords_is_one() == []
