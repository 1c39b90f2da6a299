import django.db.models.deletion
import tenants.encryption
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0056_phrases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadingRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField(verbose_name="read by")),
                ("question", tenants.encryption.EncryptedTextField(blank=True, verbose_name="what to look at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("read", "Read"),
                            ("taken_back", "Taken back"),
                            ("over", "Went out unread"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "appeal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="casework.appeal",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="casework.case"
                    ),
                ),
                (
                    "description",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="casework.abilitydescription",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reading",
                        to="casework.task",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "created_at"],
            },
        ),
        migrations.CreateModel(
            name="ReadingRemark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("field", models.CharField(max_length=20)),
                ("text", tenants.encryption.EncryptedTextField(verbose_name="remark")),
                ("said", tenants.encryption.EncryptedTextField(blank=True)),
                ("written_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="casework.readingrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["written_at", "created_at"],
            },
        ),
        migrations.AddIndex(
            model_name="readingrequest",
            index=models.Index(condition=models.Q(("state", "asked")), fields=["reader"], name="reading_asked"),
        ),
        migrations.AddConstraint(
            model_name="readingrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("appeal", None), ("description__isnull", False)),
                    models.Q(("appeal__isnull", False), ("description", None)),
                    _connector="OR",
                ),
                name="reading_of_one_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="readingrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")), fields=("reader", "appeal"), name="reading_of_appeal_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="readingrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")),
                fields=("reader", "description"),
                name="reading_of_description_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="readingrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state", "asked")),
                    models.Q(models.Q(("state", "asked"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="reading_ended_at_some_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="readingremark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("settled_by", None)),
                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                    _connector="OR",
                ),
                name="reading_remark_settled_by_somebody",
            ),
        ),
    ]
