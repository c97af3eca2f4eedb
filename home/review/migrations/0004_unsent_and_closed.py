from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0003_takeover_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="review",
            name="unsent",
            field=models.JSONField(
                blank=True, help_text="A comment that is half written: its place, old_words and text.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "You are writing it"),
                    ("sent", "The editors are reading it"),
                    ("change", "The editors ask you to change something"),
                    ("closed", "The editors do not put it on the site"),
                    ("page", "The editors have made a page of it"),
                ],
                default="draft",
                max_length=6,
            ),
        ),
    ]
