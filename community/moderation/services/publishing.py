"""Publishing: the only way to a new snapshot."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.audit import services as audit

from ...register.document import Document, with_private_places
from ...register.models import Setting, Snapshot
from ...register.models.snapshots import document_hash
from ...register.shapes import in_todays_shape
from ...signals import snapshot_published


@transaction.atomic
def publish(*, setting: Setting, document: Document, by: Any) -> Snapshot:
    """Freeze this document as what the public sees. The very same document again makes no new snapshot.

    Whether the setting is in public at all is its state's business; this only says what would be seen.
    """
    # Here, for the quality room builds on the register's models.
    from ...quality.statements import items_in_standard, public_awards, public_statements

    whole = {
        **with_private_places(in_todays_shape(document)),
        "statements": public_statements(setting),
        "awards": public_awards(setting),
        "items_in_standard": items_in_standard(),
        "confirmed_on": timezone.localdate(setting.confirmed_at).isoformat() if setting.confirmed_at else None,
    }
    if setting.published is not None and setting.published.sha256 == document_hash(whole):
        return setting.published
    snapshot = Snapshot.objects.create(setting=setting, document=whole, published_by=by)
    setting.published = snapshot
    setting.save(update_fields=["published", "updated_at"])
    audit.record(action="community.publish", actor=by, subject=setting, facts={"sha256": snapshot.sha256})
    transaction.on_commit(lambda: snapshot_published.send(sender=Setting, setting_id=setting.pk))
    return snapshot


@transaction.atomic
def republish(*, setting: Setting, by: Any) -> Snapshot | None:
    """Take new statements and the new confirmation date into the snapshot, leaving the owner's part as it was."""
    # As it stands now, and held: somebody else may be publishing what officers accepted.
    held = Setting.objects.held(setting.pk)
    setting.published = held.published
    if setting.published is None:
        return None
    return publish(setting=setting, document=setting.published.document, by=by)
