"""Changes of roles that wait for a second person."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoleRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "roles_before",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("coordinator", "Work-ability coordinator"),
                                ("team_member", "Team member"),
                                ("supervisor", "Supervisor"),
                                ("portal_admin", "Portal administrator"),
                                ("privacy_officer", "Data-protection officer"),
                                ("operator", "Operator"),
                                ("finance", "Finance"),
                            ],
                            max_length=20,
                        )
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("coordinator", "Work-ability coordinator"),
                                ("team_member", "Team member"),
                                ("supervisor", "Supervisor"),
                                ("portal_admin", "Portal administrator"),
                                ("privacy_officer", "Data-protection officer"),
                                ("operator", "Operator"),
                                ("finance", "Finance"),
                            ],
                            max_length=20,
                        )
                    ),
                ),
                ("opens_account", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                ("takes_effect_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "Confirmed"),
                            ("refused", "Refused"),
                            ("withdrawn", "Taken back by who asked"),
                            ("unanswered", "Took effect without an answer"),
                            ("overtaken", "Not valid any more"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("person",), name="one_open_role_request_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("outcome", "")),
                            models.Q(("closed_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_closed_role_request_says_how",
                    ),
                ],
            },
        ),
    ]
