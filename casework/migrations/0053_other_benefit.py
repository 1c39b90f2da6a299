import django.db.models.deletion
import tenants.encryption
import tenants.rough_columns
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0052_granted_from"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OtherBenefit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "removed_reason",
                    tenants.encryption.EncryptedTextField(blank=True, verbose_name="why it was taken back"),
                ),
                ("benefit_code", models.CharField(blank=True, max_length=10, verbose_name="benefit or service")),
                ("name", tenants.encryption.EncryptedTextField(blank=True, verbose_name="what it is")),
                ("decider_code", models.CharField(blank=True, max_length=30, verbose_name="payer")),
                ("paid_from", models.DateField(blank=True, null=True, verbose_name="from when")),
                (
                    "paid_from_precision",
                    tenants.rough_columns.PrecisionField(
                        db_default="day", default="day", editable=False, max_length=7, of=["paid_from"]
                    ),
                ),
                ("paid_until", models.DateField(blank=True, null=True, verbose_name="until when")),
                (
                    "paid_until_precision",
                    tenants.rough_columns.PrecisionField(
                        db_default="day", default="day", editable=False, max_length=7, of=["paid_until"]
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("client", "The client"),
                            ("relative", "A relative or close person"),
                            ("health_care", "Health care"),
                            ("social_work", "Social work"),
                            ("employment", "Employment services"),
                            ("kela", "Kela"),
                            ("pension_insurer", "Pension insurer"),
                            ("document", "A document"),
                            ("observed", "The coordinator's own observation"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "source_note",
                    tenants.encryption.EncryptedTextField(blank=True, verbose_name="more about the source"),
                ),
                ("told_on", models.DateField(verbose_name="told on")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="other_benefits", to="casework.client"
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
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "other benefit",
                "ordering": ["created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at", None), ("removed_by", None)),
                            models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="other_benefit_removed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paid_from_precision", "day"),
                            models.Q(
                                ("paid_from__day", 1),
                                ("paid_from__isnull", False),
                                models.Q(
                                    ("paid_from_precision", "month"),
                                    models.Q(("paid_from__month", 1), ("paid_from_precision__in", ["year", "unclear"])),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="other_benefit_from_first_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paid_until_precision", "day"),
                            models.Q(
                                ("paid_until__day", 1),
                                ("paid_until__isnull", False),
                                models.Q(
                                    ("paid_until_precision", "month"),
                                    models.Q(
                                        ("paid_until__month", 1), ("paid_until_precision__in", ["year", "unclear"])
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="other_benefit_until_first_day",
                    ),
                ],
            },
        ),
    ]
