"""Letting others see a release that passed the gate."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from foundation.audit.services import record
from foundation.cache.generation import bump_on_commit

from ...fieldwork.enums import WaveState
from ..enums import ReleaseState
from ..models import LedgerEntry, Release
from ..states import Act, after
from ..storage import digest_of


def publish_release(*, release: Release, by: AbstractBaseUser | None) -> None:
    """Let subgroups, schools and the public see a release that passed the gate; it takes the place of the one before.

    Raises:
        WrongState: it has not passed the gate.
    """
    with transaction.atomic():
        held = Release.objects.select_for_update().select_related("wave").get(pk=release.pk)
        held.state = after(held.state, Act.PUBLISH)
        for earlier in held.wave.releases.select_for_update().filter(state=ReleaseState.RELEASED):
            earlier.state = after(earlier.state, Act.REPLACE)
            earlier.save(update_fields=["state"])
        held.released_on = timezone.localdate()
        held.seed = None  # The cells are stored for good; from here on the seed could only help to undo them.
        held.save(update_fields=["state", "released_on", "seed"])
        digest = digest_of(held)
        LedgerEntry.objects.create(wave=held.wave, release=held, published_on=held.released_on, digest=digest)
        if held.wave.state == WaveState.CLOSED:  # A wave that was emptied meanwhile stays so: nothing is left to count.
            held.wave.state = WaveState.RELEASED
            held.wave.save(update_fields=["state"])
        record(action="surveys.release_published", actor=by, subject=held, facts={"digest": digest})
        bump_on_commit()
    release.refresh_from_db()
