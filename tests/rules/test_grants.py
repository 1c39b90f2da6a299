"""Who may do what in the database, read from its own catalogue: no table without an owner, no unlisted right."""

from typing import Any

import pytest

from tests import databases

ROWS = {"SELECT", "INSERT", "UPDATE", "DELETE"}
SCHEMAS = [schema for schema, *_ in databases.MUNICIPALITIES]
LOGS = {"audit_accessentry", "audit_seal"}
PUBLIC_FOR_MUNICIPALITIES = {"tenants_municipality", "tenants_domain", "django_content_type"}

GRANTS = """
    select c.relname, g.grantee::regrole::text, g.privilege_type
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) g
    where n.nspname = %s and c.relkind in ('r', 'p', 'v', 'm') and g.grantee <> c.relowner
"""


def rows(query: str, *values: str) -> list[tuple[Any, ...]]:
    with databases.as_superuser(databases.BASE) as superuser:
        return superuser.execute(query, values).fetchall()


def expected_on(table: str) -> set[str]:
    return {"SELECT"} if table in {*LOGS, "django_migrations"} else ROWS


def tables_of(schema: str) -> list[str]:
    return [name for (name,) in rows("select tablename from pg_tables where schemaname = %s", schema)]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_in_a_municipality_only_its_role_has_rights_and_only_on_rows(db, schema):
    granted = set(rows(GRANTS, schema))

    assert granted == {(table, f"t_{schema}", right) for table in tables_of(schema) for right in expected_on(table)}


def test_in_the_public_schema_municipalities_may_only_read_three_tables(db):
    granted = set(rows(GRANTS, "public"))
    console = {("app_public", right, table) for table in tables_of("public") for right in expected_on(table)}
    municipalities = {(f"t_{schema}", "SELECT", table) for schema in SCHEMAS for table in PUBLIC_FOR_MUNICIPALITIES}

    assert {(grantee, right, table) for table, grantee, right in granted} == console | municipalities


def test_nobody_has_rights_on_the_template(db):
    assert rows(GRANTS, "template_municipality") == []


@pytest.mark.parametrize("schema", [*SCHEMAS, "public", "template_municipality"])
def test_every_table_belongs_to_the_owner_and_every_log_to_the_logs_owner(db, schema):
    owners = dict(rows("select tablename, tableowner from pg_tables where schemaname = %s", schema))
    log_owners = {owners.pop(log) for log in LOGS}

    assert set(owners.values()) == {"suunta_owner"}
    assert log_owners == {"suunta_owner" if schema == "template_municipality" else "audit_owner"}


def test_functions_are_nobodys_but_the_roles(db):
    for schema in [*SCHEMAS, "public"]:
        role = "app_public" if schema == "public" else f"t_{schema}"
        granted = rows(
            """select p.proname, g.grantee::regrole::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace,
            aclexplode(p.proacl) g where n.nspname = %s and g.grantee <> p.proowner""",
            schema,
        )
        assert {("append_access", role), ("append_seal", role), ("log_head", role)} <= set(granted)
        announcing = {("announce_due", f"t_{other}") for other in SCHEMAS} if schema == "public" else set()
        assert {grantee for _, grantee in set(granted) - announcing} == {role}
        assert announcing <= set(granted)


def test_every_security_definer_function_fixes_its_search_path(db):
    loose = rows(
        """select n.nspname, p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and not exists (select from unnest(p.proconfig) c where c like 'search_path=%%')"""
    )

    assert loose == []


def test_the_logins_and_roles_have_no_power_of_their_own(db):
    powers = rows(
        """select rolname from pg_roles where (rolname like 't\\_%%' or rolname like 'suunta%%'
        or rolname in ('app_public', 'audit_owner', 'backup'))
        and (rolsuper or rolbypassrls or rolcreatedb or rolreplication
             or (rolcreaterole and rolname <> 'suunta_owner') or (rolinherit and rolname <> 'suunta_owner'))"""
    )

    assert powers == []


def test_the_applications_login_may_become_municipalities_and_console_only(db):
    memberships = rows(
        """select r.rolname, m.inherit_option, m.admin_option from pg_auth_members m
        join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member where u.rolname = 'suunta_app'"""
    )

    assert {name for name, *_ in memberships} >= {"app_public", *(f"t_{schema}" for schema in SCHEMAS)}
    assert all(name == "app_public" or name.startswith("t_") for name, *_ in memberships)
    assert not any(inherits or administers for _, inherits, administers in memberships)
