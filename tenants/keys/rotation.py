"""Replacing the data key of one municipality: a new key, then every field and file sealed anew, in batches.

The state is in the table of keys, so that a rotation that was stopped goes on where it was: a key that is neither
current nor retired is still being replaced.
"""

import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import DatabaseError, connection, router, transaction
from django.db.models import QuerySet

from tenants import files
from tenants.accounts import second_factor_secrets
from tenants.encryption import EncryptedTextField, EncryptionError, Sealed, seal_column
from tenants.keys import ring
from tenants.keys.models import DataKey

logger = logging.getLogger(__name__)

type Value = tuple[uuid.UUID, bytes]  # the row, and what lies sealed in it


@dataclass(frozen=True)
class Sweep:
    """What one pass over a municipality did."""

    resealed: int = 0
    unreadable: int = 0
    refused: int = 0  # by the database

    @property
    def is_whole(self) -> bool:
        """Whether nothing needs an older key any more."""
        return not (self.unreadable or self.refused)

    def __add__(self, other: "Sweep") -> "Sweep":
        return Sweep(self.resealed + other.resealed, self.unreadable + other.unreadable, self.refused + other.refused)


ONE = Sweep(resealed=1)
NOT_READ = Sweep(unreadable=1)
REFUSED = Sweep(refused=1)


def begin() -> bool:
    """Make a new current key, or go on with a rotation that was stopped; answer whether a new one was begun."""
    ring.wrap_anew()
    if _being_replaced().exists():
        return False
    ring.create_data_key()
    return True


def sweep(*, batch: int) -> Sweep:
    """Seal everything that has an older key anew. May be stopped, repeated, and run while people work.

    Sessions are left: within ten hours each has ended.
    """
    fields = sum((_sweep_field(field, batch) for field in encrypted_fields()), Sweep())
    factors = sum(map(_reseal_factor, second_factor_secrets.under_other_keys()), Sweep())
    return fields + factors + sum(map(_reseal_file, files.stored_under_other_keys()), Sweep())


def finish(*, at: datetime) -> int:
    """Retire the keys that were replaced; answer how many. They are kept: a backup may need them."""
    return _being_replaced().update(retired_at=at)


def encrypted_fields() -> Iterator[EncryptedTextField]:
    """List the encrypted columns of the side of the house that is entered."""
    for model in apps.get_models():
        if router.allow_migrate_model(connection.alias, model) and model._meta.managed and not model._meta.proxy:
            yield from (field for field in model._meta.local_fields if isinstance(field, EncryptedTextField))


def _being_replaced() -> QuerySet[DataKey]:
    return DataKey.objects.filter(purpose=DataKey.Purpose.DATA, is_current=False, retired_at=None)


def _sweep_field(field: EncryptedTextField, batch: int) -> Sweep:
    """Seal a column anew. The access log's may be changed by the migrator only: to others all of it is refused."""
    if not _may_change(field):
        return Sweep(refused=_count_older(field))
    done, last = Sweep(), uuid.UUID(int=0)
    while rows := _older(field, after=last, batch=batch):
        done += _reseal_batch(field, rows)
        last = rows[-1][0]
    return done


def _reseal_batch(field: EncryptedTextField, rows: list[Value]) -> Sweep:
    """Replace the values of rows that nobody holds in one transaction, then each of the others in its own.

    Who waits for a row while holding five hundred others may be waited for: two would wait for each other, and one of
    the two is a person. When a batch fails, each of its values is tried alone, so that one holds back no other.
    """
    try:
        with transaction.atomic():
            free = _locked(field, rows)
            done = sum((_reseal(field, *row) for row in rows if row[0] in free), Sweep())
    except DatabaseError:
        logger.exception("A batch of %s was not sealed anew; its values are, one by one", field.place)
        free, done = set(), Sweep()
    return sum((_reseal_alone(field, *row) for row in rows if row[0] not in free), done)


def _locked(field: EncryptedTextField, rows: list[Value]) -> set[uuid.UUID]:
    """Lock those of the rows that nobody else holds now."""
    table, key, _ = _names(field)
    with connection.cursor() as cursor:
        statement = f"SELECT {key} FROM {table} WHERE {key} = ANY(%s) FOR NO KEY UPDATE SKIP LOCKED"  # noqa: S608 (below)
        cursor.execute(statement, [[row for row, _content in rows]])
        return {row for (row,) in cursor.fetchall()}


def _reseal_alone(field: EncryptedTextField, row: uuid.UUID, content: bytes) -> Sweep:
    try:
        with transaction.atomic():
            return _reseal(field, row, content)
    except DatabaseError:
        logger.exception("A value of %s was not sealed anew: row %s", field.place, row)
        return REFUSED


def _may_change(field: EncryptedTextField) -> bool:
    table, _, _ = _names(field)
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'UPDATE')", [table])
        return bool(cursor.fetchone()[0])


def _count_older(field: EncryptedTextField) -> int:
    table, _, column = _names(field)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {_is_older(column)}", [ring.current_key().id.bytes])  # noqa: S608 (as below)
        return int(cursor.fetchone()[0])


def _older(field: EncryptedTextField, *, after: uuid.UUID, batch: int) -> list[Value]:
    table, key, column = _names(field)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {column} FROM {table} WHERE {_is_older(column)}"  # noqa: S608 (quoted names of models)
            f" AND {key} > %s ORDER BY {key} LIMIT %s",
            [ring.current_key().id.bytes, after, batch],
        )
        rows: list[Value] = cursor.fetchall()
        return rows


def _is_older(column: str) -> str:
    return f"octet_length({column}) > 0 AND substring({column} from 2 for 16) <> %s"


def _reseal(field: EncryptedTextField, row: uuid.UUID, content: bytes) -> Sweep:
    """Replace one value, unless somebody else wrote it meanwhile."""
    try:
        text = Sealed(bytes(content), ring.active_schema(), field.place, row).opened()
    except EncryptionError:
        return NOT_READ
    table, key, column = _names(field)
    renewed = seal_column(text, column=field.place, row=row).content
    with connection.cursor() as cursor:
        statement = f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s"  # noqa: S608 (as above)
        cursor.execute(statement, [renewed, row, content])
        return Sweep(resealed=cursor.rowcount)


def _reseal_factor(factor: Authenticator) -> Sweep:
    try:
        return Sweep(resealed=second_factor_secrets.reseal(factor))
    except EncryptionError:
        logger.exception("A second factor was not sealed anew: %s", factor.pk)
        return NOT_READ


def _reseal_file(file_id: uuid.UUID) -> Sweep:
    try:
        files.store(files.read(file_id), file_id=file_id)
    except (EncryptionError, OSError):
        logger.exception("A file was not sealed anew: %s", file_id)
        return NOT_READ
    return ONE


def _names(field: EncryptedTextField) -> tuple[str, str, str]:
    meta = field.model._meta
    quote = connection.ops.quote_name
    return quote(meta.db_table), quote(str(field.row_field.column)), quote(str(field.column))
