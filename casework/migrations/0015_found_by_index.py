"""Names, the settled referrals and the calendar of everybody are read by indexes alone."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0014_nearest_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="client",
            name="client_by_search_key",
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                fields=["starts_at", "created_at"], include=("ends_at", "state"), name="appointment_in_order"
            ),
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(fields=["search_key"], include=("id",), name="client_by_name"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["-state_at", "-created_at"], name="referral_settled"),
        ),
    ]
