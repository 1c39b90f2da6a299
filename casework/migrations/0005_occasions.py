"""One ledger of occasions: what stood in the reminders' ledger and beside the tasks of rules moves there.

Nothing is told twice afterwards: the causes are named as the sweep names them, so the keys of mails stay, too.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REMINDERS = """
    INSERT INTO casework_ledgerentry
        (id, created_at, cause, case_id, about, due_on, recipient_id, channel, times, cancelled_at)
    SELECT id, created_at, kind || ':' || object_id || ':' || to_char(occurrence, 'YYYY-MM-DD'),
        case_id, object_id, occurrence, recipient_id, channel, 1, cancelled_at
    FROM casework_reminder
"""
# An entry gets the key of its task. A cause that names no record, which no rule has written, is about the task itself.
TASKS = """
    INSERT INTO casework_ledgerentry (id, created_at, cause, case_id, about, due_on, recipient_id, channel, times)
    SELECT id, created_at, cause, case_id,
        CASE WHEN cause ~ '^[a-z_]+:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:'
            THEN split_part(cause, ':', 2)::uuid ELSE id END,
        due_on, assignee_id, 'task', 1
    FROM casework_task WHERE cause <> '' AND case_id IS NOT NULL
"""
LINKS = "UPDATE casework_task SET occasion_id = id WHERE cause <> '' AND case_id IS NOT NULL"
CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE"  # else PostgreSQL changes no table whose rows wait for their checks


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_found_by_hash"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("cause", models.CharField(max_length=120)),
                ("about", models.UUIDField()),
                ("due_on", models.DateField()),
                ("channel", models.CharField(choices=[("task", "Task"), ("email", "Email")], max_length=10)),
                ("times", models.PositiveSmallIntegerField(default=1)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("snoozed_until", models.DateField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ledger", to="casework.case"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "indexes": [models.Index(fields=["about"], name="ledger_of_record")],
                "constraints": [
                    models.UniqueConstraint(fields=("cause", "recipient", "channel"), name="ledger_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("channel", "task")), fields=("cause",), name="ledger_one_task"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="task",
            name="occasion",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="task",
                to="casework.ledgerentry",
            ),
        ),
        migrations.RunSQL([REMINDERS, TASKS, LINKS, CHECK_NOW], migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="task", name="task_once_per_cause"),
        migrations.RemoveField(model_name="task", name="cause"),
        migrations.DeleteModel(name="Reminder"),
    ]
