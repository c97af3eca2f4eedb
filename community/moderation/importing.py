"""Bringing in settings that the partnership knows already, from a CSV or XLSX file: first a dry run, then for real.

Every row becomes a private `known` record; nothing of it is public until its owner has claimed it and two officers have
listed it.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation.audit import services as audit
from foundation.partnership.models import Ward

from ..errors import RegistryError
from ..register.enums import SettingState, SettingType, VenueKind
from ..register.models import Postcode, Setting, Venue
from ..register.places import tidy_postcode
from ..tables import CellError, Rows, passes, read_table, starts_a_formula
from .duplicates import folded, key_of

COLUMNS = ("name", "types", "venue", "address", "postcode", "ward", "email", "phone", "website", "notes")
LONGEST = {
    "name": 120, "venue": 120, "address": 300, "phone": 40, "website": 200, "email": 254, "notes": 3_700, "types": 300,
}  # fmt: skip
"""What the record can hold. The e-mail address goes into the note, so the two fit together."""
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass
class ImportRun:
    """What an import would do, or did."""

    records: list[dict[str, Any]] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    already_known: list[tuple[int, str]] = field(default_factory=list)
    twice: list[tuple[int, str, int]] = field(default_factory=list)
    """(row, name, the row before that has it)."""
    alike: list[tuple[int, str, str]] = field(default_factory=list)
    """(row, name, the record that may be the same): made all the same, for a person to compare."""
    made: int = 0


def read_known(*, name: str, content: bytes) -> Rows:
    """The rows of a file.

    Raises:
        RegistryError: it cannot be read, or has no column "name".
    """
    return read_table(name=name, content=content, columns=COLUMNS)


def check_rows(rows: Rows) -> ImportRun:
    """A dry run: what would be made, what is wrong where, and which names are known already. Writes nothing."""
    run = ImportRun()
    names = list(Setting.objects.values_list("name", flat=True))
    known, near = {key_of(name) for name in names}, {folded(name): name for name in names}
    rows_by_name: dict[str, int] = {}
    wards = {ward.name.casefold(): ward for ward in Ward.objects.all()}
    typed = {tidy_postcode(values.get("postcode", "")) for _number, values in rows} - {None}
    postcodes = Postcode.objects.in_bulk(typed)
    for number, values in rows:
        record, errors = _check_row(number, values, wards, postcodes)
        if errors:
            run.errors.extend(errors)
        elif (key := key_of(record["name"])) in known:
            run.already_known.append((number, record["name"]))
        elif key in rows_by_name:
            run.twice.append((number, record["name"], rows_by_name[key]))
        else:
            rows_by_name[key] = number
            if other := near.get(folded(record["name"])):
                run.alike.append((number, record["name"], other))
            run.records.append(record)
    return run


def _check_row(
    number: int, values: dict[str, str], wards: dict[str, Ward], postcodes: dict[str, Postcode]
) -> tuple[dict[str, Any], list[CellError]]:
    errors: list[CellError] = []

    def wrong(column: str, words: str) -> None:
        errors.append(CellError(number, column, words))

    record: dict[str, Any] = dict(values)
    for column, text in values.items():
        if starts_a_formula(text) and not (column == "phone" and re.fullmatch(r"\+[\d ()-]+", text)):
            wrong(column, _("This looks like a formula. Type it as plain text."))
    if not values.get("name"):
        wrong("name", _("Enter the name of the setting."))
    for column, text in values.items():
        if len(text) > LONGEST.get(column, len(text)):
            wrong(column, _("This is %(here)d characters long, and %(most)d is the most. Shorten it.") % {
                "here": len(text), "most": LONGEST[column],
            })  # fmt: skip
        if _NOT_TEXT.search(text):
            wrong(column, _("There is a character in here that is no text. Type it again."))
    record["types"] = _types(values.get("types", ""), wrong)
    record["postcode"] = _postcode(values.get("postcode", ""), postcodes, wrong)
    if values.get("ward"):
        record["ward"] = wards.get(values["ward"].casefold())
        if record["ward"] is None:
            wrong("ward", _("There is no ward of this name. Leave it empty if you are not sure."))
    if values.get("email") and not passes(validate_email, values["email"]):
        wrong("email", _("Enter an e-mail address, like name@example.org."))
    website = values.get("website", "")
    record["website"] = website if "://" in website or not website else f"https://{website}"
    if website and not passes(URLValidator(["http", "https"]), record["website"]):
        wrong("website", _("Enter a web address, like example.org."))
    return record, errors


def _types(text: str, wrong: Any) -> list[str]:
    by_word = {value: value for value in SettingType.values} | {
        str(label).casefold(): value for value, label in SettingType.choices
    }
    kinds = []
    for word in filter(None, (part.strip().casefold() for part in re.split(r"[;,/]", text))):
        if word in by_word:
            kinds.append(by_word[word])
        else:
            wrong("types", _("“%(word)s” is not one of the kinds: %(kinds)s.") % {
                "word": word, "kinds": ", ".join(str(label) for label in SettingType.labels),
            })  # fmt: skip
    return kinds


def _postcode(text: str, postcodes: dict[str, Postcode], wrong: Any) -> Postcode | None:
    if not text:
        return None
    tidy = tidy_postcode(text)
    if tidy is None:
        wrong("postcode", _("This is not a postcode. Enter it like NW1 1AA, or leave it empty."))
        return None
    return postcodes.get(tidy) or Postcode(code=tidy, outward=tidy.split()[0])


@transaction.atomic
def import_known(*, rows: Rows, by: Any) -> ImportRun:
    """Make a `known` record for every row, or none at all.

    Raises:
        RegistryError: a row has an error; run the dry run to see where.
    """
    run = check_rows(rows)
    if run.errors:
        raise RegistryError(_("Nothing was imported: mend the errors first."))
    for record in run.records:
        _make(record)
        run.made += 1
    audit.record(action="community.import_known", actor=by, facts={"made": run.made})
    return run


def _make(record: dict[str, Any]) -> Setting:
    setting = Setting.objects.create(
        slug=free_slug(record["name"]),
        name=record["name"],
        types=record["types"],
        state=SettingState.KNOWN,
        public_phone=record.get("phone", ""),
        website=record.get("website", ""),
        ward=record.get("ward") or None,
    )
    place = record["postcode"]
    if place or record.get("venue") or record.get("address"):
        Venue.objects.create(
            setting=setting,
            kind=VenueKind.PUBLIC,
            name=record.get("venue", ""),
            address_lines=record.get("address", ""),
            postcode=place.code if place else "",
            easting=place.easting if place else None,
            northing=place.northing if place else None,
        )
    note = " ".join(filter(None, [record.get("notes", ""), record.get("email", "")]))
    if note:
        # The e-mail address of a known setting is somebody's we have not asked: it stays in an officer's note.
        setting.notes.create(text=note)
    return setting


def free_slug(name: str) -> str:
    """An address on the site that no other setting has."""
    stem = slugify(name)[:70] or "setting"
    taken = set(Setting.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug
