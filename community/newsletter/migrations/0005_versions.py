"""An issue in another language belongs to the first one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0004_languages")]

    operations = [
        migrations.AddField(
            model_name="issue",
            name="version_of",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="newsletter.issue",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("version_of__isnull", False)),
                fields=("version_of", "language"),
                name="newsletter_version_once",
            ),
        ),
    ]
