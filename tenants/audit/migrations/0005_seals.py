"""Seals of the log, and at once one of what is there: names in entries of the first rule are proven from now on."""

from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQL = Path(__file__).parent.parent / "seals.sql"


def make_functions(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    schema = editor.connection.schema_name
    editor.execute(SQL.read_text().replace("{schema}", schema))


def drop_functions(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("log_head", "append_seal"):
        editor.execute(f"DROP FUNCTION {name}")


def seal_names(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Count what is there, name by name. In the template and on a new machine there is nothing."""
    from tenants.audit import rules, sealing

    names = rules.Names()
    for entry in apps.get_model("audit", "AccessEntry")._default_manager.order_by("id").iterator():
        names.add(entry)
    sealing.seal(sealing.Kind.NAMES, names=names.digest())


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_sealed_reasons")]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("head", "Head"),
                            ("mailed", "Mailed"),
                            ("names", "Names"),
                            ("checkpoint", "Checkpoint"),
                        ],
                        max_length=10,
                    ),
                ),
                ("last_entry", models.BigIntegerField()),
                ("entries", models.BigIntegerField()),
                ("head", models.CharField(max_length=64)),
                ("names", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("key_id", models.CharField(max_length=40)),
                ("mac", models.CharField(max_length=64)),
            ],
            options={"ordering": ["number"]},
        ),
        migrations.RunPython(make_functions, drop_functions),
        migrations.RunPython(seal_names, migrations.RunPython.noop),
    ]
