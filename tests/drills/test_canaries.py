"""Canaries are typed into every form, and looked for in the bytes of the cluster, in dumps, logs, Redis and mails.

Which of them may be found is said by the models: what lies in a plain column of the field's own name is open by
declaration (names, places of the team). Everything else that was typed lies sealed or nowhere.
"""

import email
import email.policy
import logging
import time
from collections import defaultdict
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import redis
from django.apps import apps
from django.utils import timezone
from psycopg import sql

from casework.models import Case
from casework.visits import feeds
from deploy.local import embedded
from tasks.app import app
from tasks.schedule import SCHEDULE
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.encryption import EncryptedTextField
from tenants.keys import rotation
from tenants.mail.models import OutgoingEmail
from tenants.models import JobRun
from tenants.scope import in_console, in_municipality
from tests import databases
from tests.browser.furnishing import House, furnish
from tests.casework.applications.making import an_illness
from tests.casework.letters import samples
from tests.casework.letters.making import a_letter, read_all
from tests.drills.canaries import WHOLE, Flock, search
from tests.drills.typing_canaries import Typist
from tests.people import person
from tests.tasks.processes import QUEUES
from tests.tenants import test_secrets_at_rest as secrets

OWN = "suunta_test_own"
CLUSTER = embedded.state_folder() / "postgres"
AT_LEAST = 200
LONGEST = 180  # seconds that the worker has
SICKNESS = "G56.0"
LINKS = ("link of an invitation", "link for a new password")

type Columns = dict[str, set[str]]  # in which columns each canary lies


def test_canaries(own_database, workers, broker, settings, tmp_path, real_clock, tell):
    settings.FILES = tmp_path / "files"
    begun, before = time.time(), len(server_log())
    flock = Flock.new(int(begun))
    store_as_it_is()
    written = everything_written(flock, furnish(), tmp_path / "web.log")
    wake_everybody()
    in_queues = set(flock.found_in(redis_says(broker)))
    workers.worker()
    wait_until_all_is_done(broker)

    with temporary_files() as count:
        found, size = search(flock, changed_since(begun))
    found_in = {
        "cluster": set(found),
        "dump": set(flock.found_in(secrets.readable(secrets.dump_of(OWN)).encode("latin-1", "replace"))),
        "files": search(flock, files_in(tmp_path / "files"))[0].keys(),
        "redis": in_queues | set(flock.found_in(redis_says(broker))),
        "mails": set(flock.found_in(mails_say(tmp_path / "mail"))),
        "server_log": set(flock.found_in(server_log()[before:])),
        "process_logs": search(flock, [tmp_path / "web.log", *files_in(tmp_path / "logs")])[0].keys(),
    }
    secret, of_links = flock.typed.keys() - written.opened.keys(), flock.at(*LINKS)
    leaks = {where: texts & secret for where, texts in found_in.items()}
    leaks["mails"] = leaks["mails"] - of_links  # whose mail must carry them
    folders = {folder for text in written.opened for folder in found.get(text, ())}
    tell(
        canaries=len(flock.typed), secret=len(secret),
        found={where: told(flock, texts) for where, texts in leaks.items()},
        megabytes=size >> 20, temporary_files=count, forms=written.answers, while_tables_fail=written.failed,
        sealed_columns=len(written.columns), reached_by_forms=len(written.columns) - len(written.by_models),
        open_columns=sorted({place for places in written.opened.values() for place in places}),
    )  # fmt: skip
    assert {where: texts for where, texts in leaks.items() if texts} == {}
    assert len(secret) >= AT_LEAST
    assert len(written.by_models) < len(written.columns) / 4
    assert of_links <= found_in["mails"]  # there, in the cluster and in the dump what may be found is found
    assert {"pg_wal", "pgsql_tmp"} <= folders
    assert len(written.opened.keys() & found_in["dump"]) >= 10


@dataclass(frozen=True)
class Written:
    """What was written where: open canaries with their columns, sealed columns and those that no form reached."""

    opened: Columns
    columns: set[str]
    by_models: set[str]
    answers: dict[int, int]
    failed: dict[int, int]


def everything_written(flock: Flock, house: House, log: Path) -> Written:
    """Type into every form, twice, the second time while every row of the casework is refused."""
    plain = defaultdict[str, set[str]](set)
    with log_of_this_process(log):
        typist = Typist(house, flock, after=lambda: note_plain(flock, plain))
        typist.type_everywhere()
        typist.type_beside_forms()
        type_keys(flock)
        read_a_letter(flock)
        by_models = write_through_models(flock)
        with failing_tables():
            failed = Typist(house, flock, prepares=False, after=lambda: note_plain(flock, plain))
            failed.type_everywhere()
    note_plain(flock, plain)
    opened = {text: places for text, places in plain.items() if is_declared(flock.typed[text].name, places)}
    columns = {column.place for column in columns_of_the_portal()}
    return Written(opened, columns, by_models, dict(typist.answers), dict(failed.answers))


# --- what is done with them -------------------------------------------------------------------------------------------


def type_keys(flock: Flock) -> None:
    """Links, tokens, the key of an authenticator app and recovery codes: each is drawn by the service itself."""
    with in_municipality("kaavi"):
        flock.keep(feeds.make(user=person("Kaarina"), at=timezone.now()), "calendar", "secret")
        for text in secrets.invited(by=person("Paavo", Role.PORTAL_ADMIN)):
            flock.keep(text, LINKS[0], "token")
        for text in secrets.asked_for_a_new_password(person("Arvo", Role.COORDINATOR)):
            flock.keep(text, LINKS[1], "key")
        for text in secrets.setting_up_the_app(person("Tauno", Role.TEAM_MEMBER)):
            flock.keep(text, "session", "secret")
        for text in secrets.has_set_up_the_app(person("Urho", Role.SUPERVISOR)):
            if len(text) >= WHOLE:  # eight digits of a recovery code stand in a hundred megabytes by chance
                flock.keep(text, "authenticator", "secret")


def read_a_letter(flock: Flock) -> None:
    """A letter whose every word that is kept is a canary: what is proposed of it, and where an illness stands."""
    with in_municipality("kaavi"):
        case, by, at = Case.objects.filter(closed_on=None).first(), User.objects.get(name="Aino"), timezone.now()
        assert case is not None
        code, decided, named = case.client.identity_code, *(flock.word("letter", "content") for _place in range(2))
        text = f"{case.client.name}\n{code}\nPäätöspäivä 23.11.2026 {decided}\n{named} {SICKNESS}\n"
        an_illness(case, "Jotain muuta", icd10=SICKNESS, by=by, at=at)
        a_letter(case, samples.pdf(text), by=by, at=at)
        assert read_all(at=at)


def wake_everybody() -> None:
    """Let every alarm ring once."""
    for alarm in SCHEDULE:
        app.send_task(alarm.entry["task"], kwargs=alarm.entry.get("kwargs", {}))


def wait_until_all_is_done(broker: redis.Redis) -> None:
    """Wait for the queues, for the runs, and for every mail to have been tried; what they write is woken again."""
    deadline = time.monotonic() + LONGEST
    while any(waiting := [*map(broker.llen, QUEUES.split(",")), is_at_work(), is_a_mail_untried()]):
        assert time.monotonic() < deadline, f"the worker did not get there: {waiting}"
        app.send_task("work.wake")
        time.sleep(5)


def is_at_work() -> bool:
    with in_console():
        return JobRun.objects.filter(finished_at=None).exists()


def is_a_mail_untried() -> bool:
    with in_municipality("kaavi"):
        return OutgoingEmail.objects.filter(state="pending", attempts=0, due_at__lte=timezone.now()).exists()


@contextmanager
def failing_tables() -> Iterator[None]:
    """Let every row of the casework be refused, with an error that quotes it."""
    with databases.as_superuser(OWN) as superuser:
        names = [model._meta.db_table for model in apps.get_app_config("casework").get_models()]
        for name in names:
            alter(superuser, name, "ADD CONSTRAINT refused CHECK (false) NOT VALID")
        yield
        for name in names:
            alter(superuser, name, "DROP CONSTRAINT refused")


def store_as_it_is() -> None:
    """Let no column be compressed, in which a search would pass over what lies there."""
    with databases.as_superuser(OWN) as superuser:
        found = superuser.execute(
            "select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n"
            " on n.oid = c.relnamespace where n.nspname = 'kaavi' and c.relkind = 'r' and a.attstorage in ('x', 'm')"
        )
        for table, column in found.fetchall():
            alter(superuser, table, f'ALTER COLUMN "{column}" SET STORAGE EXTERNAL')


def alter(superuser: psycopg.Connection, table: str, how: Any) -> None:
    superuser.execute(sql.SQL("ALTER TABLE kaavi.{} {}").format(sql.Identifier(table), sql.SQL(how)))


@contextmanager
def log_of_this_process(path: Path) -> Iterator[None]:
    """Keep what the web side says, from INFO on, which is more than it says in production."""
    handler, root = logging.FileHandler(path), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield
    root.setLevel(level)
    root.removeHandler(handler)
    handler.close()


# --- where they are looked for ----------------------------------------------------------------------------------------


def write_through_models(flock: Flock) -> set[str]:
    """Write a canary into a row of each sealed column that no form has reached; answer these columns."""
    unreached = [column for column in columns_of_the_portal() if not _has_canary(flock, column)]
    with in_municipality("kaavi"):
        for column in unreached:
            row = column.model._base_manager.all()[0]
            setattr(row, column.attname, flock.word("its model", column.place))
            row.save(update_fields=[column.name])
    return {column.place for column in unreached}


def _has_canary(flock: Flock, column: EncryptedTextField) -> bool:
    with in_municipality("kaavi"):
        rows = column.model._base_manager.all()
        return any(set(flock.found_in((getattr(row, column.attname) or "").encode())) for row in rows)


def note_plain(flock: Flock, plain: Columns) -> None:
    """Note in which plain columns of the municipality canaries lie now: what is written over later was there."""
    with databases.as_superuser(OWN) as superuser:
        for table, column, value in superuser.execute(plain_columns(), {"mark": f"%{flock.mark}%"}):
            for text in flock.found_in(value.encode()):
                plain[text].add(f"{table}.{column}")


@cache
def plain_columns() -> sql.Composed:
    """Ask for whatever holds the mark in any column of text, list or JSON."""
    with databases.as_superuser(OWN) as superuser:
        found = superuser.execute(
            "select table_name, column_name from information_schema.columns where table_schema = 'kaavi'"
            " and data_type in ('text', 'character varying', 'json', 'jsonb', 'ARRAY')"
        ).fetchall()
    one = "SELECT {0}, {1}, {3}::text FROM kaavi.{2} WHERE {3}::text LIKE %(mark)s"
    return sql.SQL(" UNION ALL ").join(
        sql.SQL(one).format(sql.Literal(table), sql.Literal(column), sql.Identifier(table), sql.Identifier(column))
        for table, column in found
    )


def is_declared(name: str, places: set[str]) -> bool:
    """Open is what a plain column of the field's own name holds: a copy of it elsewhere is none of its own."""
    columns = {place.partition(".")[2] for place in places}
    return any(name.startswith(column) or column.endswith(f"_{name}") for column in columns)


def columns_of_the_portal() -> list[EncryptedTextField]:
    with in_municipality("kaavi"):
        return list(rotation.encrypted_fields())


def changed_since(begun: float) -> Iterator[Path]:
    """Whatever PostgreSQL has written since, when all of it is on the disk."""
    with databases.as_superuser(OWN) as superuser:
        superuser.execute("checkpoint")
    return (path for path in files_in(CLUSTER) if path.stat().st_mtime >= begun - 1)


def files_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        with suppress(FileNotFoundError):
            if path.is_file():
                yield path


@contextmanager
def temporary_files() -> Iterator[int]:
    """Let the server sort every table of the casework in files, and keep these as long as they are looked at."""
    names = [model._meta.db_table for model in apps.get_app_config("casework").get_models()]
    with databases.as_superuser(OWN) as superuser, superuser.transaction():
        superuser.execute("set local work_mem = '64kB'")
        for number, name in enumerate(names):
            superuser.execute(
                sql.SQL(
                    "DECLARE {} CURSOR FOR SELECT * FROM kaavi.{}, generate_series(1, 500) ORDER BY random()"
                ).format(sql.Identifier(f"c{number}"), sql.Identifier(name))
            )
            superuser.execute(sql.SQL("FETCH 1 FROM {}").format(sql.Identifier(f"c{number}")))
        yield len([path for path in files_in(CLUSTER / "base") if path.parent.name == "pgsql_tmp"])


def server_log() -> bytes:
    return (embedded.state_folder() / "log" / "postgres.log").read_bytes()


def redis_says(broker: redis.Redis) -> bytes:
    """All that Redis holds, key by key, and as it would lie on a disk."""
    folder = embedded.state_folder() / "valkey"
    broker.config_set("rdbcompression", "no")
    broker.save()
    said = [(folder / "dump.rdb").read_bytes(), *(key + (broker.dump(key) or b"") for key in broker.scan_iter())]
    (folder / "dump.rdb").unlink()
    return b"\n".join(said)


def mails_say(folder: Path) -> bytes:
    """All that the mail server took, as it came, and as a person reads it: long lines are broken on their way."""
    raw = [path.read_bytes() for path in files_in(folder)]
    letters = [email.message_from_bytes(content, policy=email.policy.default) for content in raw]
    read = [str(part.get_content()) for letter in letters for part in letter.walk() if not part.is_multipart()]
    return b"\n".join([*raw, *(text.encode() for text in read)])


def told(flock: Flock, texts: Set[str]) -> list[str]:
    """Say where each of these was typed."""
    return sorted({f"{flock.typed[text].place}.{flock.typed[text].name}" for text in texts})
