"""Whether a database login has more power than it should: the server is asked, not the defaults it was made with.

Inheriting is a property of each grant since PostgreSQL 16, so `NOINHERIT` of a role says nothing about a later one.
"""

from typing import Any

from tenants.database.names import APP_LOGIN, CONSOLE, MUNICIPALITY_PREFIX, OWNER

OLDEST_SERVER = 160_000  # PostgreSQL 16, the first that says how each membership was granted

# What is wrong with the one who signed in, a line each. Whom it can become counts as what it is.
FAULTS = """
with recursive reached as (
    select oid, null::oid as through, false as inherits, false as hands_out, 0 as depth
    from pg_roles where rolname = session_user
  union
    select m.roleid, m.member, m.inherit_option, m.admin_option, r.depth + 1
    from pg_auth_members m join reached r on m.member = r.oid
    where r.depth = 0 or %(whole)s
), people as (
    select distinct on (oid) oid, depth from reached where depth = 0 or %(whole)s order by oid, depth
)
select role.rolname || ' is ' || attribute
from people join pg_roles role using (oid) cross join lateral (values
    ('SUPERUSER', role.rolsuper), ('BYPASSRLS', role.rolbypassrls), ('INHERIT', role.rolinherit and depth = 0),
    ('CREATEROLE', role.rolcreaterole), ('CREATEDB', role.rolcreatedb), ('REPLICATION', role.rolreplication)
) as has(attribute, is_so) where is_so
union all
select 'it inherits the rights of ' || rolname from reached join pg_roles using (oid) where inherits
union all
select 'it may hand out ' || rolname from reached join pg_roles using (oid) where hands_out
union all
select 'it is a member of ' || rolname from reached join pg_roles using (oid)
where depth = 1 and rolname <> all(%(allowed)s) and not (%(whole)s and starts_with(rolname, %(prefix)s))
union all
select pg_get_userbyid(through) || ' is a member of ' || rolname from reached join pg_roles using (oid) where depth > 1
union all
select distinct pg_get_userbyid(refobjid) || ' owns something' from pg_shdepend
where refclassid = 'pg_authid'::regclass and deptype = 'o' and refobjid in (select oid from people)
union all
select distinct pg_get_userbyid(refobjid) || ' has a right of its own' from pg_shdepend
where refclassid = 'pg_authid'::regclass and deptype = 'a' and classid <> 'pg_database'::regclass
    and refobjid in (select oid from people where depth = 0)
"""


def faults(cursor: Any, login: str) -> list[str]:
    """Tell what is wrong with the login of a connection, in words for an operator; nothing when it is well.

    `login` is settings.LOGIN. Web and workers may become the console and the municipalities and nothing else; the
    migrator may become the owner. `cursor` is psycopg's own.
    """
    is_app = login == APP_LOGIN
    asked = {"whole": is_app, "allowed": [CONSOLE if is_app else OWNER], "prefix": MUNICIPALITY_PREFIX}
    return sorted({fault for (fault,) in cursor.execute(FAULTS, asked)})
