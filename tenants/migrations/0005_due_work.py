"""The table of what is due where, and the function by which municipalities add to it."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

FUNCTION = Path(__file__).parent.parent / "announce_due.sql"


def create(apps, schema_editor):
    schema_editor.execute(FUNCTION.read_text(), params=None)


def drop(apps, schema_editor):
    schema_editor.execute("DROP FUNCTION public.announce_due")


class Migration(migrations.Migration):
    dependencies = [("tenants", "0004_set_up_leases")]
    operations = [
        migrations.CreateModel(
            name="DueWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("woken_at", models.DateTimeField(null=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenants.municipality",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["at"], name="due_work_by_moment"),
                    models.Index(fields=["municipality", "kind"], name="due_work_by_place"),
                ],
            },
        ),
        migrations.RunPython(create, drop),
    ]
