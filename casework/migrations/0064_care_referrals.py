import django.contrib.postgres.fields
import django.db.models.deletion
import tenants.encryption
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0063_rulings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="openend",
            name="kind",
            field=models.CharField(
                choices=[
                    ("clock", "Last day of appeal"),
                    ("check", "Check of the decision"),
                    ("appeal", "Appeal"),
                    ("removal", "Application for removal of a decision"),
                    ("application", "Application"),
                    ("continuation", "Benefit that ends"),
                    ("jobseeker", "Sickness allowance that ends"),
                    ("care_referral", "Referral to a clinic"),
                    ("statement", "Statement asked for"),
                    ("visit", "Visit"),
                    ("agenda", "Agenda of a meeting"),
                    ("task", "Task"),
                    ("description", "Description in preparation"),
                ],
                max_length=15,
            ),
        ),
        migrations.CreateModel(
            name="CareReferral",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "removed_reason",
                    tenants.encryption.EncryptedTextField(blank=True, verbose_name="why it was taken back"),
                ),
                ("unit", tenants.encryption.EncryptedTextField(verbose_name="clinic")),
                ("asked_of", tenants.encryption.EncryptedTextField(blank=True, verbose_name="who writes the referral")),
                (
                    "question",
                    tenants.encryption.EncryptedTextField(blank=True, verbose_name="what the clinic is asked"),
                ),
                ("asked_on", models.DateField(blank=True, null=True, verbose_name="asked for on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "In preparation"),
                            ("sent", "Sent, an answer is awaited"),
                            ("returned", "More information requested"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                            ("complained", "Refused, a complaint is under way"),
                            ("examined", "Examined, the report is awaited"),
                            ("reported", "The report has come"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "steps",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="expected by")),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="sent on")),
                ("sent_by", tenants.encryption.EncryptedTextField(blank=True, verbose_name="sent by")),
                (
                    "more_asked_on",
                    models.DateField(blank=True, null=True, verbose_name="more information asked for on"),
                ),
                ("more_asked", tenants.encryption.EncryptedTextField(blank=True, verbose_name="what is asked for")),
                ("more_due_on", models.DateField(blank=True, null=True, verbose_name="to be answered by")),
                ("supplied_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("accepted_on", models.DateField(blank=True, null=True, verbose_name="accepted on")),
                ("first_visit_on", models.DateField(blank=True, null=True, verbose_name="first visit")),
                ("refused_on", models.DateField(blank=True, null=True, verbose_name="refused on")),
                (
                    "refusal_reason",
                    tenants.encryption.EncryptedTextField(blank=True, verbose_name="why it was refused"),
                ),
                ("complained_on", models.DateField(blank=True, null=True, verbose_name="complaint sent on")),
                (
                    "complaint",
                    tenants.encryption.EncryptedTextField(blank=True, verbose_name="what the complaint says"),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="complaint answered on")),
                ("answer", tenants.encryption.EncryptedTextField(blank=True, verbose_name="what the unit answered")),
                ("examined_on", models.DateField(blank=True, null=True, verbose_name="examined on")),
                ("reported_on", models.DateField(blank=True, null=True, verbose_name="report came on")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="referral withdrawn on")),
                (
                    "withdrawn_reason",
                    tenants.encryption.EncryptedTextField(blank=True, verbose_name="why it was withdrawn"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="care_referrals", to="casework.case"
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
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.document",
                        verbose_name="report",
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
                "verbose_name": "referral to a clinic",
                "ordering": ["-created_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["sent", "returned", "accepted", "complained", "examined"])),
                        fields=["due_on"],
                        name="care_referral_awaited",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at", None), ("removed_by", None)),
                            models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="care_referral_removed_by_somebody",
                    )
                ],
            },
        ),
    ]
