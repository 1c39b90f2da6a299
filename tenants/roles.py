"""The second wall in SQL: who owns what in the database, and the grants of each schema. See decision 0001."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import psycopg
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from tenants.database.names import APP, AUDIT_OWNER, BACKUP, CONSOLE, MIGRATOR, OWNER, PUBLIC, role_for

PASSIVE = "NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT"
READ_BY_MUNICIPALITIES = ("tenants_municipality", "tenants_domain", "django_content_type")
LOGS = ("audit_accessentry", "audit_seal")
READ_ONLY = ("django_migrations", *LOGS)
# The logs' functions; those that append run as the logs' owner.
LOG_FUNCTIONS = (
    "append_access(uuid, text, text, text, jsonb, uuid, bytea, text, text, text)",
    "append_seal(bigint, text, bigint, bigint, text, text, timestamptz, text, text)",
    "log_head(bigint)",
)
ANNOUNCE_DUE = f"{PUBLIC}.announce_due(text, timestamptz, text)"


@dataclass(frozen=True)
class Passwords:
    """Of the two logins."""

    app: str
    migrator: str


def password_in(url: str) -> str:
    """Read the password out of a database address."""
    return unquote(urlsplit(url).password or "")


def bootstrap(connection: psycopg.Connection, passwords: Passwords, database: str) -> None:
    """Make the roles and give the database to its owner; the only step that needs a superuser. May run again."""
    with connection.cursor() as cursor:
        for role, attributes in (
            (OWNER, "NOLOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS INHERIT"),
            (AUDIT_OWNER, PASSIVE),
            (CONSOLE, PASSIVE),
            (BACKUP, PASSIVE),
            (MIGRATOR, "LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT"),
            (APP, "LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT"),
        ):
            _ensure_role(cursor, role, attributes)
        for login, password in ((APP, passwords.app), (MIGRATOR, passwords.migrator)):
            cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(login), sql.Literal(password)))
        cursor.execute(f"GRANT {OWNER} TO {MIGRATOR} WITH INHERIT FALSE, SET TRUE")
        cursor.execute(f"GRANT {AUDIT_OWNER} TO {OWNER} WITH INHERIT TRUE, SET TRUE")
        cursor.execute(f"GRANT {CONSOLE} TO {OWNER} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE")
        cursor.execute(f"GRANT {CONSOLE} TO {APP} WITH INHERIT FALSE, SET TRUE")
        name = sql.Identifier(database)
        cursor.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, sql.Identifier(OWNER)))
        cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        cursor.execute(sql.SQL(f"GRANT CONNECT ON DATABASE {{}} TO {APP}, {MIGRATOR}, {BACKUP}").format(name))
        cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        cursor.execute(f"ALTER SCHEMA public OWNER TO {OWNER}")


def grant_public(cursor: CursorWrapper) -> None:
    """Give the console its rights on the public schema; municipalities may only announce what is due to them.

    The caller holds the transaction.
    """
    _wait_for_other_grants(cursor)
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {PUBLIC} FROM PUBLIC, {CONSOLE}")
    cursor.execute(f"GRANT USAGE ON SCHEMA {PUBLIC} TO {CONSOLE}")
    _grant_rows(cursor, PUBLIC, CONSOLE)
    cursor.execute(f"REVOKE ALL ON FUNCTION {ANNOUNCE_DUE} FROM PUBLIC")
    for role in (CONSOLE, *_roles_of_municipalities(cursor)):
        cursor.execute(f'GRANT EXECUTE ON FUNCTION {ANNOUNCE_DUE} TO "{role}"')


def make_role(cursor: CursorWrapper | psycopg.Cursor, schema: str) -> None:
    """Make the role of a municipality and let the application's login become it."""
    role = role_for(schema)
    if not _exists(cursor, role):
        cursor.execute(f'CREATE ROLE "{role}" {PASSIVE}')
    cursor.execute(f'GRANT "{role}" TO {APP} WITH INHERIT FALSE, SET TRUE')


def grant_schema(cursor: CursorWrapper, schema: str) -> None:
    """Give a municipality's role its rights: rows of its own schema, and the few public rows it must read.

    The caller holds the transaction.
    """
    role = role_for(schema)
    _wait_for_other_grants(cursor)
    cursor.execute(f'GRANT USAGE ON SCHEMA "{schema}" TO "{role}"')
    _grant_rows(cursor, schema, role)
    cursor.execute(f'GRANT USAGE ON SCHEMA {PUBLIC} TO "{role}"')
    cursor.execute(f'GRANT SELECT ON {", ".join(f"{PUBLIC}.{table}" for table in READ_BY_MUNICIPALITIES)} TO "{role}"')
    cursor.execute(f'GRANT EXECUTE ON FUNCTION {ANNOUNCE_DUE} TO "{role}"')


def drop_role(cursor: CursorWrapper, schema: str) -> None:
    """Take a municipality's role away, with whatever it was granted."""
    role = role_for(schema)
    if _exists(cursor, role):
        cursor.execute(f'REVOKE ALL ON ALL TABLES IN SCHEMA {PUBLIC} FROM "{role}"')
        cursor.execute(f'REVOKE ALL ON FUNCTION {ANNOUNCE_DUE} FROM "{role}"')
        cursor.execute(f'REVOKE ALL ON SCHEMA {PUBLIC} FROM "{role}"')
        cursor.execute(f'DROP ROLE "{role}"')


def _wait_for_other_grants(cursor: CursorWrapper) -> None:
    """Be the only one until the transaction ends: two grants on what all municipalities use fail at one another."""
    cursor.execute("SELECT pg_advisory_xact_lock(hashtext('suunta: grants on public'))")


def _grant_rows(cursor: CursorWrapper, schema: str, role: str) -> None:
    cursor.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "{schema}" TO "{role}"')
    cursor.execute(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA "{schema}" TO "{role}"')
    for table in READ_ONLY:
        cursor.execute(f'REVOKE INSERT, UPDATE, DELETE ON "{schema}".{table} FROM "{role}"')
    _hand_log_to_its_owner(cursor, schema, role)


def _hand_log_to_its_owner(cursor: CursorWrapper, schema: str, role: str) -> None:
    """The logs' tables and their functions belong to a role that nobody signs in as."""
    cursor.execute(f'GRANT USAGE, CREATE ON SCHEMA "{schema}" TO {AUDIT_OWNER}')
    for table in LOGS:
        cursor.execute(f'ALTER TABLE "{schema}".{table} OWNER TO {AUDIT_OWNER}')
    for signature in LOG_FUNCTIONS:
        cursor.execute(f'ALTER FUNCTION "{schema}".{signature} OWNER TO {AUDIT_OWNER}')
        cursor.execute(f'REVOKE ALL ON FUNCTION "{schema}".{signature} FROM PUBLIC')
        cursor.execute(f'GRANT EXECUTE ON FUNCTION "{schema}".{signature} TO "{role}"')
    cursor.execute(f'REVOKE CREATE ON SCHEMA "{schema}" FROM {AUDIT_OWNER}')


def _ensure_role(cursor: psycopg.Cursor, role: str, attributes: str) -> None:
    verb = "ALTER" if _exists(cursor, role) else "CREATE"
    cursor.execute(f'{verb} ROLE "{role}" {attributes}')


def _roles_of_municipalities(cursor: CursorWrapper) -> list[str]:
    cursor.execute(f"SELECT schema_name FROM {PUBLIC}.tenants_municipality ORDER BY schema_name")
    roles = [role_for(schema) for (schema,) in cursor.fetchall()]
    return [role for role in roles if _exists(cursor, role)]


def _exists(cursor: CursorWrapper | psycopg.Cursor, role: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    return cursor.fetchone() is not None
