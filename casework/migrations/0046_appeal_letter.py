import django.db.models.deletion
import tenants.encryption
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0045_came_again"),
    ]

    operations = [
        migrations.CreateModel(
            name="AppealLetter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "signed_by",
                    tenants.encryption.EncryptedTextField(blank=True, verbose_name="who signs for the client"),
                ),
                ("sent_time", models.TimeField(blank=True, null=True, verbose_name="time of sending")),
                ("receipt", tenants.encryption.EncryptedTextField(blank=True, verbose_name="receipt number")),
                (
                    "appeal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letter", to="casework.appeal"
                    ),
                ),
                (
                    "attachments",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="casework.document", verbose_name="attachments"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.document",
                        verbose_name="the paper that was filed",
                    ),
                ),
                (
                    "power_of_attorney",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.document",
                        verbose_name="power of attorney",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter of an appeal",
            },
        ),
    ]
