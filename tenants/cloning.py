"""Copying a schema from the catalogue: tables, constraints, indexes, functions, triggers and rows, names kept.

Names are kept because later migrations drop indexes and constraints by name. About a second instead of replaying
every migration.
"""

import psycopg

TABLES = """
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = %s and c.relkind = 'r' order by c.relname
"""
# primary keys and uniques before foreign keys; checks come with LIKE
CONSTRAINTS = """
    select c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid)
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace
    where n.nspname = %s and c.contype in ('p', 'u', 'x', 'f')
    order by array_position(array['p', 'u', 'x', 'f'], c.contype::text), c.conname
"""
INDEXES = """
    select pg_get_indexdef(i.indexrelid)
    from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = %s and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
    order by i.indexrelid
"""
FUNCTIONS = """
    select pg_get_functiondef(p.oid) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = %s order by p.proname
"""
TRIGGERS = """
    select pg_get_triggerdef(t.oid)
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = %s and not t.tgisinternal order by t.tgname
"""
IDENTITIES = """
    select column_name from information_schema.columns
    where table_schema = %s and table_name = %s and is_identity = 'YES'
"""
WITHOUT_OWN_NAMES = "INCLUDING ALL EXCLUDING INDEXES"


def copy_schema(cursor: psycopg.Cursor, *, source: str, target: str) -> None:
    """Create `target` as a copy of `source` with its rows; the caller holds the transaction and lends a raw cursor.

    Raises:
        DuplicateSchema: `target` exists already.
    """
    cursor.execute(f'CREATE SCHEMA "{target}"')
    cursor.execute(f'SET LOCAL search_path = "{source}", public')
    statements = definitions(cursor, source, target)
    cursor.execute(f'SET LOCAL search_path = "{target}", public')
    cursor.execute(";\n".join(statements))


def definitions(cursor: psycopg.Cursor, source: str, target: str) -> list[str]:
    """Read the source's structure as SQL that builds the target; PostgreSQL prints names relative to the path."""
    tables = [name for (name,) in _rows(cursor, TABLES, source)]
    statements = [f'CREATE TABLE "{name}" (LIKE "{source}"."{name}" {WITHOUT_OWN_NAMES})' for name in tables]
    for name in _filled(cursor, source, tables):
        statements.append(f'INSERT INTO "{name}" OVERRIDING SYSTEM VALUE TABLE "{source}"."{name}"')
        statements += _counting_on(cursor, source, name)
    statements += [
        f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'
        for table, name, definition in _rows(cursor, CONSTRAINTS, source)
    ]
    for query in (INDEXES, FUNCTIONS, TRIGGERS):
        statements += [definition.replace(source, target) for (definition,) in _rows(cursor, query, source)]
    return statements


def _filled(cursor: psycopg.Cursor, source: str, tables: list[str]) -> list[str]:
    """Name the tables that hold rows: the record of migrations and what the product ships."""
    questions = " union all ".join(
        f'select \'{name}\' where exists (select from "{source}"."{name}")' for name in tables
    )
    cursor.execute(questions)
    return [name for (name,) in cursor.fetchall()]


def _counting_on(cursor: psycopg.Cursor, source: str, table: str) -> list[str]:
    """Let the target's identity columns count on from the copied rows."""
    cursor.execute(IDENTITIES, [source, table])
    return [
        f"""SELECT setval(pg_get_serial_sequence('"{table}"', '{column}'), (SELECT max("{column}") FROM "{table}"))"""
        for (column,) in cursor.fetchall()
    ]


def _rows(cursor: psycopg.Cursor, query: str, schema: str) -> list[tuple[str, ...]]:
    cursor.execute(query, [schema])
    rows: list[tuple[str, ...]] = cursor.fetchall()
    return rows
