"""Texts of consultations and the true counts behind releases, under a new key. Needs the role that may read sealed rows."""

from django.db import transaction

from foundation.registries.encrypted import Encrypted, Renewed, encrypted, renew_each

from .collection.models import TextAnswer
from .collection.stores import sealer
from .collection.texts import locked, opened
from .release.models import ReleaseTruth
from .release.storage import PURPOSE
from .secrecy import decrypt, encrypt
from .texts.models import TextDecision


def renew_texts() -> Renewed:
    """Texts that wait for two moderators."""

    def renew(answer: TextAnswer) -> None:
        answer.text = locked(opened(answer.text))
        answer.save(update_fields=["text"])

    with transaction.atomic():
        return renew_each(TextAnswer.objects.select_for_update().exclude(text=""), renew)


def renew_edited_texts() -> Renewed:
    """What moderators made of them."""

    def renew(decision: TextDecision) -> None:
        decision.edited_text = locked(opened(decision.edited_text))
        decision.save(update_fields=["edited_text"])

    with transaction.atomic():
        return renew_each(TextDecision.objects.select_for_update().exclude(edited_text=""), renew)


def renew_truths() -> Renewed:
    """True counts, without which no release of the wave can be corrected and no later one checked against it."""

    def renew(truth: ReleaseTruth) -> None:
        truth.sealed = encrypt(decrypt(truth.sealed, purpose=PURPOSE), purpose=PURPOSE)
        truth.save(using=sealer(), update_fields=["sealed"])

    with transaction.atomic(using=sealer()):
        return renew_each(ReleaseTruth.objects.using(sealer()).select_for_update(), renew)


def connect() -> None:
    """Once."""
    encrypted.register("surveys-1-texts", Encrypted("texts of consultations", renew_texts))
    encrypted.register("surveys-2-edited", Encrypted("texts that moderators edited", renew_edited_texts))
    encrypted.register("surveys-3-truths", Encrypted("true counts behind releases", renew_truths))
