"""Bringing in contacts from a CSV or XLSX file: first a dry run, then for real.

Consent is never invented. A row counts as agreed only where it says to what, on which day, and where that is written
down; anybody else is listed, and gets nothing.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from foundation.accounts.links.services import tidy_email
from foundation.audit import services as audit
from foundation.partnership.models import Ward

from ...register.enums import SettingType
from ...tables import CellError, Rows, passes, read_table, starts_a_formula
from ..enums import Agency, ContactKind, Purpose
from ..errors import NewsletterError
from ..models import Consent, Contact
from ..states import How
from .consents import agree, check_day, start_of

COLUMNS = (
    "email", "name", "organisation", "kind", "agency", "ward", "settingtypes", "agreedto", "agreedon", "agreedhow",
)  # fmt: skip
HEADINGS = (
    "email", "name", "organisation", "kind", "agency", "ward", "setting types", "agreed to", "agreed on", "agreed how",
)  # fmt: skip
MOST_ROWS = 5_000
_LONGEST = {"name": 120, "organisation": 160, "agreedhow": 300}
_PURPOSE_WORDS = {"newsletter": "newsletter", "bulletin": "bulletin", "bulletins": "bulletin", "training": "training"}


@dataclass
class ContactRun:
    """What an import would do, or did."""

    fresh: list[dict[str, Any]] = field(default_factory=list)
    known: list[dict[str, Any]] = field(default_factory=list)
    twice: list[tuple[int, str]] = field(default_factory=list)
    without_consent: int = 0
    errors: list[CellError] = field(default_factory=list)
    made: int = 0
    agreed: int = 0


def read_contacts(*, name: str, content: bytes) -> Rows:
    """The rows of a file.

    Raises:
        RegistryError: it cannot be read, or has no column "email".
    """
    return read_table(name=name, content=content, columns=COLUMNS, needed="email", most=MOST_ROWS)


def check_contacts(rows: Rows) -> ContactRun:
    """A dry run: what would be made, what is wrong where, what is known or stands in the file twice. Writes nothing."""
    run = ContactRun()
    known = set(Contact.objects.values_list("email", flat=True))
    wards = {ward.name.casefold(): ward for ward in Ward.objects.all()}
    seen: set[str] = set()
    for number, values in rows:
        record, errors = _check_row(number, values, wards)
        run.errors.extend(errors)
        if errors:
            continue
        if record["email"] in seen:
            run.twice.append((number, record["email"]))
            continue
        seen.add(record["email"])
        run.without_consent += not record["purposes"]
        (run.known if record["email"] in known else run.fresh).append(record)
    return run


@transaction.atomic
def import_contacts(*, rows: Rows, source: str, by: Any) -> ContactRun:
    """Bring them in. Somebody known keeps what is known; what is new is a consent that the file dates, unless they took
    the same thing back, or asked us not to write.

    Raises:
        NewsletterError: a cell needs mending, it does not say where the list is from, or somebody of it became a contact
            this moment.
    """
    if not source.strip():
        raise NewsletterError(_("Say where this list comes from, so that we can tell people who ask."))
    run = check_contacts(rows)
    if run.errors:
        raise NewsletterError(_("Mend the cells first, then choose the file again."))
    try:
        with transaction.atomic():
            _make(run, source=source.strip()[:160], by=by)
    except IntegrityError:  # somebody of the list subscribed, or a colleague brought them in, since it was checked
        raise NewsletterError(
            _("Somebody on this list became a contact at this very moment. Look once more, then bring it in again.")
        ) from None
    for record in sorted(run.known, key=_by_address):
        # Held, in case they take something back just now. Who had everything deleted meanwhile is not brought back.
        contact = Contact.objects.select_for_update(of=("self",)).filter(email=record["email"]).first()
        run.agreed += _agree(contact, record, by) if contact else 0
    audit.record(
        action="newsletter.imported", actor=by, facts={"made": run.made, "known": len(run.known), "agreed": run.agreed}
    )
    return run


def _make(run: ContactRun, *, source: str, by: Any) -> None:
    """The new contacts with their consents, in a few statements however many they are; the trail has one entry for all."""
    names = ("email", "name", "organisation", "kind", "agency", "ward", "setting_types")
    fresh = sorted(run.fresh, key=_by_address)
    made = Contact.objects.bulk_create(
        [Contact(source=source, **{name: record[name] for name in names}) for record in fresh], batch_size=500
    )
    consents = [
        Consent(
            contact=contact, purpose=purpose, given_at=start_of(record["agreed_on"]), how=How.IMPORT,
            words=record["agreed_how"][:300], recorded_by=by,
        )
        for contact, record in zip(made, fresh, strict=True)
        for purpose in record["purposes"]
    ]  # fmt: skip
    Consent.objects.bulk_create(consents, batch_size=500)
    run.made = len(made)
    run.agreed = sum(bool(record["purposes"]) for record in run.fresh)


def _by_address(record: dict[str, Any]) -> str:
    """Rows are held in one order, whatever order a list has: two lists at once wait for each other, and only one way round."""
    return str(record["email"])


def _agree(contact: Contact, record: dict[str, Any], by: Any) -> int:
    if not record["purposes"] or contact.suppressed_at:
        return 0
    took_back = set(
        Consent.objects.filter(contact=contact, withdrawn_at__isnull=False).values_list("purpose", flat=True)
    )
    fresh = agree(
        contact=contact, purposes=[each for each in record["purposes"] if each not in took_back], how=How.IMPORT,
        words=record["agreed_how"], at=start_of(record["agreed_on"]), by=by,
    )  # fmt: skip
    return int(bool(fresh))


def _check_row(number: int, values: dict[str, str], wards: dict[str, Ward]) -> tuple[dict[str, Any], list[CellError]]:
    errors: list[CellError] = []

    def wrong(column: str, words: str) -> None:
        errors.append(CellError(number, column, words))

    for column, text in values.items():
        if starts_a_formula(text):
            wrong(column, _("This looks like a formula. Type it as plain text."))
        elif len(text) > _LONGEST.get(column, 254):
            wrong(column, _("This is too long."))
    if errors:
        return {}, errors
    record: dict[str, Any] = {
        "email": _email(values.get("email", ""), wrong),
        "name": values.get("name", ""),
        "organisation": values.get("organisation", ""),
        "kind": _choice(values.get("kind", ""), ContactKind, "kind", wrong) or ContactKind.OTHER.value,
        "agency": _choice(values.get("agency", ""), Agency, "agency", wrong),
        "ward": None,
        "setting_types": _several(values.get("settingtypes", ""), SettingType, wrong),
    }
    if values.get("ward"):
        record["ward"] = wards.get(values["ward"].casefold())
        if record["ward"] is None:
            wrong("ward", _("There is no ward of this name. Leave it empty if you are not sure."))
    return {**record, **_consent(values, wrong)}, errors


def _consent(values: dict[str, str], wrong: Any) -> dict[str, Any]:
    """To what, when, and where it is written down: all three, or no consent at all."""
    nothing: dict[str, Any] = {"purposes": [], "agreed_on": None, "agreed_how": ""}
    typed = [word.strip().casefold() for word in re.split(r"[;,/]", values.get("agreedto", "")) if word.strip()]
    if strange := [word for word in typed if word not in _PURPOSE_WORDS]:
        wrong("agreed to", _("“%(word)s” is not one of: newsletter, bulletins, training.") % {"word": strange[0]})
        return nothing
    if not typed or not values.get("agreedon"):
        return nothing
    on = day_of(values["agreedon"])
    if on is None:
        wrong("agreed on", _("Type the day like 31/12/2025 or 2025-12-31."))
        return nothing
    try:
        check_day(on)
    except NewsletterError as error:
        wrong("agreed on", str(error))
        return nothing
    if not values.get("agreedhow"):
        wrong("agreed how", _("Say how they agreed and where that is written down, or leave out the day."))
        return nothing
    purposes = [purpose for purpose in Purpose.values if purpose in {_PURPOSE_WORDS[word] for word in typed}]
    return {"purposes": purposes, "agreed_on": on, "agreed_how": values["agreedhow"]}


def day_of(text: str) -> date | None:
    """A day as people and spreadsheets write it: 31/12/2025, 2025-12-31 (with a time or without), or Excel's number."""
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        found = from_excel(float(text))
        return found.date() if isinstance(found, datetime) else None
    for pattern in ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


def _email(text: str, wrong: Any) -> str:
    if not passes(validate_email, text):
        wrong("email", _("Enter an e-mail address, like name@example.org."))
    return tidy_email(text)


def _choice(text: str, choices: Any, column: str, wrong: Any) -> str:
    if not text:
        return ""
    by_word = {value: value for value in choices.values} | {
        str(label).casefold(): value for value, label in choices.choices
    }
    if text.casefold() not in by_word:
        wrong(column, _("“%(word)s” is not one of: %(known)s.") % {"word": text, "known": ", ".join(choices.values)})
    return str(by_word.get(text.casefold(), ""))


def _several(text: str, choices: Any, wrong: Any) -> list[str]:
    words = [word.strip() for word in re.split(r"[;,/]", text) if word.strip()]
    return [found for word in words if (found := _choice(word, choices, "setting types", wrong))]
