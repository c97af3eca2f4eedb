"""The language of a booking's mails, and how many answers of a course are still taken."""

from datetime import timedelta
from typing import Any

from django.db import migrations, models
from django.utils import timezone


def count_who_was_asked(apps: Any, schema_editor: Any) -> None:
    """Courses that are being asked about at this moment go on taking answers of those who came, and a second time of those
    who were asked again: whoever still will be is counted then."""
    Booking = apps.get_model("programme", "Booking")
    Round = apps.get_model("programme", "Round")
    now = timezone.now()
    for stage, from_days, to_days in (("now", 28, 0), ("later", 70, 42)):
        ended = (now - timedelta(days=from_days), now - timedelta(days=to_days))
        came = Booking.objects.filter(state="attended", date__state="held", date__ends_at__range=ended)
        if stage == "later":
            came = came.filter(asked_later_at__isnull=False)
        asked = came.exclude(via="imported").values("date__course").annotate(people=models.Count("pk")).order_by()
        for row in asked:
            found, _made = Round.objects.get_or_create(course_id=row["date__course"], stage=stage)
            Round.objects.filter(pk=found.pk).update(open_answers=row["people"])


class Migration(migrations.Migration):
    dependencies = [("programme", "0002_who_came")]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="language",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=8),
        ),
        migrations.AlterField(
            model_name="booking",
            name="holds_until",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="round",
            name="open_answers",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.RunPython(count_who_was_asked, migrations.RunPython.noop),
    ]
