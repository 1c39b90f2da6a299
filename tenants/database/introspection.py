"""What tables there are: those of the active schema, without the public ones that stand behind it."""

from typing import Any

from django.db.backends.postgresql.introspection import DatabaseIntrospection


class Introspection(DatabaseIntrospection):
    """django-tenants moves the path by a statement for each question; ours is moved by the connection."""

    connection: Any

    def get_table_list(self, cursor: Any) -> Any:
        with self.connection.without_public():
            return super().get_table_list(cursor)

    def get_table_description(self, cursor: Any, table_name: str) -> Any:
        with self.connection.without_public():
            return super().get_table_description(cursor, table_name)

    def get_sequences(self, cursor: Any, table_name: str, table_fields: Any = ()) -> Any:
        with self.connection.without_public():
            return super().get_sequences(cursor, table_name, table_fields)

    def get_constraints(self, cursor: Any, table_name: str) -> Any:
        with self.connection.without_public():
            return super().get_constraints(cursor, table_name)
