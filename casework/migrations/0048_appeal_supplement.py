import django.db.models.deletion
import tenants.encryption
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0047_return_address"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AppealSupplement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "removed_reason",
                    tenants.encryption.EncryptedTextField(blank=True, verbose_name="why it was taken back"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("evidence", "Further evidence"), ("comment", "Comment (vastine)")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "receiver",
                    models.CharField(
                        choices=[("decider", "Decider"), ("body", "Appeal body")], max_length=10, verbose_name="to whom"
                    ),
                ),
                ("text", tenants.encryption.EncryptedTextField(verbose_name="text")),
                ("written_on", models.DateField(verbose_name="begun on")),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="sent on")),
                (
                    "sent_by",
                    models.CharField(
                        blank=True,
                        choices=[("post", "by post"), ("electronic", "electronically"), ("in_person", "in person")],
                        max_length=15,
                        verbose_name="sent",
                    ),
                ),
                ("sent_time", models.TimeField(blank=True, null=True, verbose_name="time of sending")),
                ("receipt", tenants.encryption.EncryptedTextField(blank=True, verbose_name="receipt number")),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="supplements", to="casework.appeal"
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
                        verbose_name="the paper that was sent",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "letter after an appeal",
                "ordering": ["created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at", None), ("removed_by", None)),
                            models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="appeal_supplement_removed_by_somebody",
                    )
                ],
            },
        ),
    ]
