"""What history holds of a suspension is private until its owners were told; before, history worked it out from concerns."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def make_private(apps, schema_editor):
    """Every suspension and its end, but for the one that is in force and was told."""
    step = apps.get_model("community", "StateChange")
    neutral = step.objects.filter(act__in=["suspend", "lift"])
    latest = step.objects.filter(act="suspend", setting=OuterRef("pk")).order_by("-at", "-pk").values("pk")[:1]
    told = (
        apps.get_model("community", "Setting")
        .objects.filter(state="suspended", told_of_suspension_at__isnull=False)
        .annotate(latest=Subquery(latest))
        .values_list("latest", flat=True)
    )
    neutral.exclude(pk__in=[key for key in told if key]).update(is_private=True)


class Migration(migrations.Migration):
    dependencies = [("community", "0008_told_of_suspension")]

    operations = [migrations.RunPython(make_private, migrations.RunPython.noop, elidable=True)]
