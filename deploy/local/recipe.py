"""The recipe of the database: a mark of every file that decides what `prepare_database` and provisioning make.

Who keeps a finished database with the mark it was made by need not make it again while the mark is the same. The
demo's database carries its mark itself, as its comment, so both end together.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
INGREDIENTS = (
    "uv.lock",  # Django's and allauth's own migrations, and PostgreSQL itself
    "*/migrations/*.py",
    "*/*/migrations/*.py",
    "casework/law/calendar.py",
    "casework/law/deadlines.py",
    "tenants/audit/*.py",
    "tenants/audit/*.sql",
    "tenants/database/*.py",
    "tenants/keys/*.py",
    "tenants/announce_due.sql",
    "tenants/cloning.py",
    "tenants/encryption.py",
    "tenants/migrating.py",
    "tenants/models.py",
    "tenants/derived.py",
    "tenants/names.py",
    "tenants/provisioning.py",
    "tenants/roles.py",
    "tenants/rough_columns.py",
    "tenants/schema_versions.py",
    "deploy/local/embedded.py",
    "deploy/management/commands/prepare_database.py",
    "deploy/local/servers.py",
    "deploy/settings.py",  # which side of the house an app's tables lie on
)


def mark(*, root: Path = ROOT, also: Iterable[Path] = ()) -> str:
    """Answer 16 letters that change with the name or content of any ingredient, or of the files named `also`."""
    total = hashlib.sha256()
    for path in (*ingredients(root), *also):
        name = str(path.relative_to(root)) if path.is_relative_to(root) else path.name
        content = path.read_bytes() if path.exists() else b""
        total.update(f"{name}:{hashlib.sha256(content).hexdigest()};".encode())
    return total.hexdigest()[:16]


def ingredients(root: Path = ROOT) -> list[Path]:
    """List the files of the recipe."""
    return sorted(path for pattern in INGREDIENTS for path in root.glob(pattern))


def is_followed(url: str) -> bool:
    """Tell whether the database at this address was brought to the present mark."""
    question = "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchall() == [(mark(),)]


def write_down(url: str) -> None:
    """Let the database at this address carry the present mark."""
    with psycopg.connect(url) as connection:
        statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
        connection.execute(statement.format(sql.Identifier(connection.info.dbname), sql.Literal(mark())))
