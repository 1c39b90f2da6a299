"""Today takes the nearest tasks and visits by an index, and reads no others."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0013_contact"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                condition=models.Q(("state", "planned")), fields=["starts_at"], name="appointment_planned"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("done_at", None), ("removed_at", None)),
                fields=["due_on", "created_at"],
                name="task_due",
            ),
        ),
    ]
