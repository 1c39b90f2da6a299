"""Django's cache on a table of each side (settings.CACHES). Django's own on a database pickles, and has no atomic add.

Times are the database's: processes of several hosts agree on one clock. Nothing is remembered that may not be
forgotten: a transaction that is rolled back takes back what it remembered, so whoever counts failures does it outside.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db.models import Q
from django.db.models.functions import Now

from tenants.caching import values
from tenants.caching.models import CachedValue
from tenants.database.current import connection
from tenants.encryption import blind_index

STORE = """
insert into caching_cachedvalue as kept (key, value, until)
values (%(key)s, %(value)s, statement_timestamp() + %(lifetime)s)
on conflict (key) do update set value = excluded.value, until = excluded.until
"""
ADD = STORE + "where kept.until <= statement_timestamp()"  # of two at once the second waits for the first, and loses

SPARE = timedelta(hours=1)
IS_KEPT = Q(until=None) | Q(until__gt=Now())


class TableCache(BaseCache):
    """A cache that outlives Valkey. It is for few small values: no page is kept here."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Remember a value unless there is one; tell whether it was done. Of two at the same time one does it."""
        return self._store(ADD, key, value, timeout, version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._store(STORE, key, value, timeout, version)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = (
            CachedValue.objects.filter(IS_KEPT, key=self._digest(key, version)).values_list("value", flat=True).first()
        )
        return default if found is None else values.read(found)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        kept = CachedValue.objects.filter(IS_KEPT, key=self._digest(key, version))
        lifetime = self._lifetime(timeout)
        return bool(kept.update(until=None if lifetime is None else Now() + lifetime))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(CachedValue.objects.filter(key=self._digest(key, version)).delete()[0])

    def clear(self) -> None:
        """Forget everything of the side one is on."""
        CachedValue.objects.all().delete()

    def _store(self, statement: str, key: str, value: Any, timeout: Any, version: int | None) -> bool:
        row = {
            "key": self._digest(key, version),
            "value": values.written(value),
            "lifetime": self._lifetime(timeout),
        }
        with connection.cursor() as cursor:
            cursor.execute(statement, row)
            return bool(cursor.rowcount)

    def _digest(self, key: str, version: int | None) -> str:
        return blind_index(self.make_and_validate_key(key, version=version), purpose="caching.key").hex()

    def _lifetime(self, timeout: Any) -> timedelta | None:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return None if seconds is None else timedelta(seconds=float(seconds))


def forget_expired(*, at: datetime) -> int:
    """Forget what has been over for an hour (clocks of hosts differ), of the side one is on; answer how many."""
    return CachedValue.objects.filter(until__lt=at - SPARE).delete()[0]
