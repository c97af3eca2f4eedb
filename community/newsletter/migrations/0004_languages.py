"""The language of an issue, of a segment's readers, and of the form on which an article was sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0003_contact_language")]

    operations = [
        migrations.AddField(
            model_name="issue",
            name="language",
            field=models.CharField(blank=True, db_default="", default="", max_length=8, verbose_name="written in"),
        ),
        migrations.AddField(
            model_name="segment",
            name="language",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="The language of the page on which they subscribed. Empty: whatever it was.",
                max_length=8,
                verbose_name="only people who read",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="language",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=8),
        ),
    ]
