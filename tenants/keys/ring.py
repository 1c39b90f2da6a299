"""The key ring of the schema that is entered: which key to write with, which key to read with. Kept in memory only."""

import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection, transaction

from tenants.keys import master
from tenants.keys.models import DataKey
from tenants.keys.sealing import EncryptionError, Key, UnknownKey, new_secret, seal, unseal

CURRENT_SECONDS = 30  # how long a process goes on writing with the key that was current
LOCAL_FILE = "master-keys.json"  # in the state folder: this machine keeps its own master key, and may make it


class NoSchema(EncryptionError):
    """Nobody entered a municipality, so there is no key to use."""


class NoKey(EncryptionError):
    """The schema that is entered has no key of this purpose: it was not set up."""


class UnknownMasterKey(EncryptionError):
    """The key was wrapped with a master key that this machine does not have."""


@dataclass
class _Cache:
    """The last used keys, by schema. Bounded, never on disk, shared by the threads of a process."""

    size: int
    entries: OrderedDict[tuple[str, Hashable], Any] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, schema: str, name: Hashable) -> Any:
        with self.lock:
            if (schema, name) in self.entries:
                self.entries.move_to_end((schema, name))
            return self.entries.get((schema, name))

    def put(self, schema: str, name: Hashable, value: Any) -> None:
        with self.lock:
            self.entries[schema, name] = value
            while len(self.entries) > self.size:
                self.entries.popitem(last=False)

    def forget(self, schema: str) -> None:
        with self.lock:
            for entry in [entry for entry in self.entries if entry[0] == schema]:
                del self.entries[entry]

    def clear(self) -> None:
        with self.lock:
            self.entries.clear()


_cache = _Cache(size=4096)  # four a municipality: sessions need theirs at every request


def active_schema() -> str:
    """Name the schema whose keys are used now.

    Raises:
        NoSchema
    """
    schema = getattr(connection, "schema_name", None)
    if not schema:
        raise NoSchema("enter a municipality through tenants.scope")
    return str(schema)


def current_key() -> Key:
    """Find the key that values are written with.

    Raises:
        NoSchema, NoKey, UnknownMasterKey
    """
    schema = active_schema()
    found, until = _cache.get(schema, "current") or (None, 0.0)
    if found is None or until < time.monotonic():
        found = _key(_current(DataKey.Purpose.DATA))
        _cache.put(schema, "current", (found, time.monotonic() + CURRENT_SECONDS))
    return found


def key(key_id: uuid.UUID) -> Key:
    """Find the key that a value was sealed with.

    Raises:
        UnknownKey: this schema has no such key.
        NoSchema, UnknownMasterKey
    """
    schema = active_schema()
    found: Key | None = _cache.get(schema, key_id)
    if found is None:
        row = DataKey.objects.filter(pk=key_id, purpose=DataKey.Purpose.DATA).first()
        if row is None:
            raise UnknownKey(schema)
        found = _key(row)
        _cache.put(schema, key_id, found)
    return found


def hash_key(purpose: DataKey.Purpose) -> bytes:
    """Find a key of keyed hashes: of identity codes (INDEX) or of parts that are searched for (SEARCH).

    Raises:
        NoSchema, NoKey, UnknownMasterKey
    """
    schema = active_schema()
    secret: bytes | None = _cache.get(schema, purpose.value)
    if secret is None:
        secret = _unwrapped(_current(purpose))
        _cache.put(schema, purpose.value, secret)
    return secret


def has_keys() -> bool:
    """Tell whether the schema that is entered was given its keys."""
    return DataKey.objects.filter(is_current=True).exists()


@transaction.atomic
def create_data_key() -> DataKey:
    """Make a new current data key, and the keys of hashes when there are none yet.

    Raises:
        ImproperlyConfigured: there is no master key, and this machine may not make one.
        NoSchema
    """
    schema = active_schema()
    if settings.MAKES_MASTER_KEYS and settings.MASTER_KEYS_FILE == settings.STATE / LOCAL_FILE:
        master.load_or_create(settings.MASTER_KEYS_FILE)
    DataKey.objects.filter(purpose=DataKey.Purpose.DATA, is_current=True).update(is_current=False)
    made = _wrapped(DataKey(purpose=DataKey.Purpose.DATA), new_secret())
    made.save(force_insert=True)
    for purpose in (DataKey.Purpose.INDEX, DataKey.Purpose.SEARCH):
        create_hash_key(DataKey, purpose)
    _cache.forget(schema)
    return made


def create_hash_key(keys: type[DataKey], purpose: DataKey.Purpose) -> None:
    """Make a key of keyed hashes unless there is one. `keys` is the model, or a migration's view of it."""
    if not keys._default_manager.filter(purpose=purpose.value).exists():
        _wrapped(keys(purpose=purpose.value), new_secret()).save(force_insert=True)


def wrap_anew() -> int:
    """Wrap every key of this schema with the current master key; answer how many were wrapped with an older one."""
    current_id = next(iter(_masters()))
    older = list(DataKey.objects.exclude(master_key_id=current_id))
    for row in older:
        _wrapped(row, _unwrapped(row)).save(update_fields=["master_key_id", "wrapped"])
    return len(older)


def forget(schema: str) -> None:
    """Forget the keys of a schema that was dropped, so that one of the same name begins anew."""
    _cache.forget(schema)


def _current(purpose: DataKey.Purpose) -> DataKey:
    row = DataKey.objects.filter(purpose=purpose, is_current=True).first()
    if row is None:
        raise NoKey(f"{active_schema()}: {purpose}")
    return row


def _key(row: DataKey) -> Key:
    return Key(id=row.pk, cipher=AESGCM(_unwrapped(row)))


def _masters() -> dict[str, bytes]:
    return master.load(settings.MASTER_KEYS_FILE)


def _wrapped(row: DataKey, secret: bytes) -> DataKey:
    master_id, master_secret = next(iter(_masters().items()))
    row.master_key_id = master_id
    row.wrapped = seal(secret, key=Key(id=row.pk, cipher=AESGCM(master_secret)), place=_place(row))
    return row


def _unwrapped(row: DataKey) -> bytes:
    secret = _masters().get(row.master_key_id)
    if secret is None:
        raise UnknownMasterKey(row.master_key_id)
    wrapper = Key(id=row.pk, cipher=AESGCM(secret))
    return unseal(bytes(row.wrapped), find_key=lambda key_id: wrapper, place=_place(row))


def _place(row: DataKey) -> str:
    return f"{active_schema()}|keys_datakey.{row.purpose}|{row.pk}"


def forget_all() -> None:
    """Read every key anew: this is another database, whose places of the same names have other keys."""
    _cache.clear()
