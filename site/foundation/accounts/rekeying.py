"""Second factors under a new key."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from foundation.registries.encrypted import Encrypted, Renewed, encrypted, renew_each

from . import secrets

HELD = ("secret", "seed")
"""Fields of an authenticator's data that are encrypted: an app's secret, what recovery codes are made from."""


def renew_second_factors() -> Renewed:
    """Encrypt anew; a code that is being used at this moment waits, so that it stays used."""
    with transaction.atomic():
        return renew_each(Authenticator.objects.select_for_update().order_by("pk"), _renew)


def _renew(authenticator: Authenticator) -> None:
    data = {
        name: secrets.encrypt(secrets.decrypt(value)) if name in HELD else value
        for name, value in authenticator.data.items()
    }
    if "migrated_codes" in data:
        data["migrated_codes"] = [secrets.encrypt(secrets.decrypt(code)) for code in data["migrated_codes"]]
    authenticator.data = data
    authenticator.save(update_fields=["data"])


def connect() -> None:
    """Once."""
    encrypted.register("accounts", Encrypted("second factors and recovery codes", renew_second_factors))
