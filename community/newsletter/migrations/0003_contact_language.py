"""The language in which a contact subscribed, for their links and the foot of their mails."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0002_segment_settings")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="language",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=8),
        )
    ]
