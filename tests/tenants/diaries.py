"""Two tables with encrypted columns for the tests, in Kaavi and Tuusniemi: as whoever owns the database made them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.apps.registry import Apps
from django.db import connection, models

from tenants.encryption import EncryptedTextField
from tenants.records import Record
from tests import databases

registry = Apps()  # their own: no other test meets them
SCHEMAS = ("kaavi", "tuusniemi")
TABLE = """
    CREATE TABLE "{schema}".{table} (
        id uuid PRIMARY KEY, created_at timestamptz NOT NULL, title text NOT NULL, text bytea NOT NULL, remark bytea);
    GRANT SELECT, INSERT, UPDATE, DELETE ON "{schema}".{table} TO "t_{schema}"
"""


class Diary(Record):
    objects: ClassVar[models.Manager["Diary"]] = models.Manager()

    title = models.TextField(default="")
    text = EncryptedTextField(blank=True)
    remark = EncryptedTextField(null=True)

    class Meta:
        apps = registry
        app_label = "casework"
        db_table = "tests_diary"


class Logbook(Record):
    objects: ClassVar[models.Manager["Logbook"]] = models.Manager()

    title = models.TextField(default="")
    text = EncryptedTextField(blank=True)
    remark = EncryptedTextField(null=True)

    class Meta:
        apps = registry
        app_label = "casework"
        db_table = "tests_logbook"


@contextmanager
def tables() -> Iterator[None]:
    """Have the tables for a while, in the database that tests roll back."""
    with databases.as_superuser(databases.BASE) as superuser:
        for schema in SCHEMAS:
            for model in (Diary, Logbook):
                superuser.execute(TABLE.format(schema=schema, table=model._meta.db_table))
        yield
        connection.close()
        for schema in SCHEMAS:
            for model in (Diary, Logbook):
                superuser.execute(f'DROP TABLE "{schema}".{model._meta.db_table}')


def raw(diary: models.Model, column: str = "text") -> bytes:
    """Read a column as it lies in the table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {diary._meta.db_table} WHERE id = %s", [diary.pk])
        (content,) = cursor.fetchone()
    return bytes(content)


def overwrite(diary: models.Model, content: Any, column: str = "text") -> None:
    """Write to a column past the field, as somebody with the database in hand would."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {diary._meta.db_table} SET {column} = %s WHERE id = %s", [content, diary.pk])
