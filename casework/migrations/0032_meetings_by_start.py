from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0031_kept_coverage"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["starts_at", "created_at"], name="meeting_by_start"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("state", "planned")), fields=["starts_at"], name="meeting_planned_by_start"
            ),
        ),
    ]
