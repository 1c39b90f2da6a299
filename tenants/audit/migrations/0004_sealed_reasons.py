"""The second rule of the chain, over every column; reasons are sealed. Entries of the first rule keep their digests.

What an entry says is not changed: its digest is still that of its values with the reason opened.
"""

import uuid
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import tenants.encryption

FOLDER = Path(__file__).parent.parent
FIRST = "append_access(uuid, text, text, text, jsonb, text, text, text)"
SECOND = "append_access(uuid, text, text, text, jsonb, uuid, bytea, text, text, text)"


def seal_reasons(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Seal what lies open, and write the table anew so that nothing of it stays behind in rows that were replaced."""
    from tenants.audit import reasons

    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, open_reason FROM audit_accessentry WHERE open_reason <> ''")
        for number, text in cursor.fetchall():
            why = reasons.seal(text, key=uuid.uuid4())
            cursor.execute(
                "UPDATE audit_accessentry SET open_reason = '', reason_key = %s, reason = %s, reason_hash = %s"
                " WHERE id = %s",
                [why.key, why.content, why.hash, number],
            )
        cursor.execute("ALTER TABLE audit_accessentry ALTER version TYPE smallint USING (version + 0)::smallint")


def refuse_what_is_newer(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Go back only where nothing was written since: code from before could neither open nor prove it."""
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM audit_accessentry WHERE version > 1 OR reason_key IS NOT NULL)")
        [is_newer] = cursor.fetchone()
    if is_newer:
        raise RuntimeError("The access log holds entries that the version before cannot read.")


def replace_function(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(f"DROP FUNCTION {FIRST}")
    _create("append_access_2.sql", editor)


def bring_function_back(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(f"DROP FUNCTION {SECOND}")
    _create("append_access_1.sql", editor)


def _create(name: str, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute((FOLDER / name).read_text().replace("{schema}", editor.connection.schema_name))


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_reasons"), ("keys", "0002_search_key")]

    operations = [
        migrations.RemoveIndex("accessentry", "access_reasons"),
        migrations.RenameField("accessentry", "reason", "open_reason"),
        migrations.AddField("accessentry", "version", models.SmallIntegerField(default=1), preserve_default=False),
        migrations.AddField("accessentry", "reason_key", models.UUIDField(null=True)),
        migrations.AddField(
            "accessentry",
            "reason",
            tenants.encryption.EncryptedTextField(default="", row="reason_key"),
            preserve_default=False,
        ),
        migrations.AddField(
            "accessentry", "reason_hash", models.CharField(default="", max_length=64), preserve_default=False
        ),
        migrations.RunPython(seal_reasons, refuse_what_is_newer),
        migrations.RemoveField("accessentry", "open_reason"),
        migrations.AddIndex(
            "accessentry",
            models.Index(condition=models.Q(reason_key__isnull=False), fields=["actor", "at"], name="access_reasons"),
        ),
        migrations.RunPython(replace_function, bring_function_back),
    ]
