"""The database function that is the only way into the access log, made in whichever schema is being migrated."""

from pathlib import Path

from django.db import migrations

FUNCTION = Path(__file__).parent.parent / "append_access_1.sql"


def create(apps, schema_editor):
    schema = schema_editor.connection.schema_name
    schema_editor.execute(FUNCTION.read_text().replace("{schema}", schema))


def drop(apps, schema_editor):
    schema_editor.execute("DROP FUNCTION append_access")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
