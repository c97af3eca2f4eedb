from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ChoreRun",
            fields=[
                ("name", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("tried_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={"verbose_name": "run of a chore", "default_permissions": ()},
        ),
    ]
