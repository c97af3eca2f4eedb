from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0003_release"),
    ]

    operations = [
        migrations.AddField(
            model_name="classsession",
            name="link_number",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
    ]
