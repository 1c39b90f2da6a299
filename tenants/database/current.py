"""Django's connection with the type of our backend: the same object, for everybody who enters or leaves a schema."""

from typing import TYPE_CHECKING, cast

from django.db import connection as django_connection

if TYPE_CHECKING:
    from tenants.database.base import DatabaseWrapper

connection = cast("DatabaseWrapper", django_connection)
