"""When the owners of a suspended setting were told of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("community", "0007_before_launch")]

    operations = [
        migrations.AddField(
            model_name="setting",
            name="told_of_suspension_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
