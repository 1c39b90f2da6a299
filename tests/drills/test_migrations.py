"""A new version comes while people read: whoever migrates is killed again and again, and nobody meets a half schema."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException

import psycopg

from tenants import schema_versions
from tenants.accounts.permissions import Role
from tenants.hosts import MEMORY
from tenants.scope import in_municipality
from tests import databases
from tests.bench.visiting import cookies_of
from tests.browser.serving import served
from tests.casework.cases.making import a_case
from tests.newer import ADDED, playing
from tests.people import browser_of, person
from tests.tasks.processes import wait_until

SCHEMAS = int(os.environ.get("SUUNTA_DRILL_SCHEMAS", "25"))
KILLS = int(os.environ.get("SUUNTA_DRILL_KILLS", "20"))
JOBS = "2"
LONGEST = 5.0  # seconds that a run has, once it has signed in to the database, before it is killed
PAUSE = 0.5  # seconds that each migration takes longer than it would, so that kills find it in its middle
OWN = "suunta_test_own"
PAGES = ("/", "/clients/")
UPDATING = "being updated"

VERSIONS = "select schema_name, schema_version from tenants_municipality where state = 'active' order by id"
SIGNED_IN = "select from pg_stat_activity where datname = %s and application_name = %s"

type Cookies = Mapping[str, str]


def test_migrations(own_database, real_clock, tell):
    random.seed(1)
    add_municipalities()
    cookies = {schema: sign_in(schema) for schema in sorted(versions())}
    slow = {**own_database, "SUUNTA_DRILL_PAUSE": str(PAUSE)}
    quiet = own_database

    with served(quiet) as before, served(playing.environment(quiet)) as after:
        with reading([before, after] * 2, cookies) as answers:
            found = [migrate_and_kill(slow, turn) for turn in range(KILLS)]
            left = SCHEMAS - whole()
            ends = [playing.migrate(slow, "--jobs", JOBS)]
            begun = time.monotonic()
            ends.append(playing.migrate(slow, "--jobs", JOBS))
            nothing_to_do = round(time.monotonic() - begun, 1)
            time.sleep(MEMORY)
        opened = {ask(port, schema, "/", cookies) for port in (before, after) for schema in cookies}

    said = Counter(answers)
    wrong = {what: count for what, count in said.items() if what not in {"200", "302", UPDATING}}
    half = [schema for _interrupted, schemas in found for schema in schemas]
    tell(schemas=SCHEMAS, kills=len(found), interrupted=sum(interrupted for interrupted, _schemas in found))
    tell(left=left, answers=said.total(), updating=said[UPDATING], wrong=wrong, half=half)
    tell(seconds_with_nothing_to_do=nothing_to_do)
    assert (wrong, half) == ({}, [])
    assert min(said["200"], said[UPDATING]) > 0
    assert [end.returncode for end in ends] == [0, 0], ends
    assert ends[1].stdout == "All schemas are of this version\n"
    assert whole() == SCHEMAS
    assert opened == {"200"}
    assert 0 < left < SCHEMAS


def add_municipalities() -> None:
    """Add as many as are missing to the drill's number."""
    with databases.as_migrator():
        for number in range(SCHEMAS - len(versions())):
            databases.add_municipality(f"drill{number}", databases.business_id(number))


def sign_in(schema: str) -> str:
    """Let a coordinator with a client sign in; answer the cookies."""
    with in_municipality(schema):
        aino = person("Aino", Role.COORDINATOR)
        a_case(by=aino)
        return "; ".join(f"{name}={value}" for name, value in cookies_of(browser_of(aino).cookies).items())


# --- reading ------------------------------------------------------------------------------------------------------


@contextmanager
def reading(ports: Sequence[int], cookies: Cookies) -> Iterator[list[str]]:
    """Let somebody read at each port, any page of anybody, again and again; yields how they are answered."""
    answers: list[str] = []
    ended = threading.Event()
    readers = [threading.Thread(target=read, args=(port, cookies, answers, ended)) for port in ports]
    for reader in readers:
        reader.start()
    try:
        yield answers
    finally:
        ended.set()
        for reader in readers:
            reader.join()


def read(port: int, cookies: Cookies, answers: list[str], ended: threading.Event) -> None:
    while not ended.wait(0.1):
        answers.append(ask(port, random.choice(list(cookies)), random.choice(PAGES), cookies))


def ask(port: int, schema: str, path: str, cookies: Cookies) -> str:
    """Answer the status of a page, in words when it is being updated."""
    headers = {"Host": f"{schema}.localhost", "Cookie": cookies[schema]}
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as web:
            web.request("GET", path, headers=headers)
            answer = web.getresponse()
            text = answer.read().decode()
    except (OSError, HTTPException) as error:
        return type(error).__name__
    return UPDATING if answer.status == 503 and "Palvelua päivitetään" in text else str(answer.status)


# --- migrating ----------------------------------------------------------------------------------------------------


def migrate_and_kill(database: Mapping[str, str], turn: int) -> tuple[int, list[str]]:
    """Kill a run with all its processes; answer how many schemas it left in the middle, and which are open and half.

    It is killed sooner when its share is done, else a quick machine would leave nothing to the last runs.
    """
    name = f"drill {turn}"
    migrating = playing.begin(database, "--jobs", JOBS, PGAPPNAME=name)
    wait_until(lambda: is_signed_in(name) or migrating.poll() is not None)
    end, share = time.monotonic() + random.random() * LONGEST, SCHEMAS * (turn + 1) // (KILLS + 2)
    wait_until(lambda: time.monotonic() > end or whole() >= share)
    time.sleep(random.random() * PAUSE)  # in the middle of the next one
    playing.kill(migrating)
    assert migrating.returncode == -signal.SIGKILL
    interrupted = [schema for schema, version in versions().items() if version == schema_versions.UNDER_WAY]
    return len(interrupted), halves()


def is_signed_in(name: str) -> bool:
    with databases.as_superuser() as superuser:
        return superuser.execute(SIGNED_IN, [OWN, name]).fetchone() is not None


def versions() -> dict[str, str]:
    with databases.as_superuser(OWN) as superuser:
        return dict(superuser.execute(VERSIONS).fetchall())


def halves() -> list[str]:
    """Name those that are open to either version, and have not what it knows."""
    with databases.as_superuser(OWN) as superuser:
        there = superuser.execute(VERSIONS).fetchall()
        return [schema for schema, version in there if is_half(superuser, schema, version)]


def is_half(superuser: psycopg.Connection, schema: str, version: str) -> bool:
    if version == schema_versions.UNDER_WAY:
        return False
    wanted = 0 if version == schema_versions.expected() else len(ADDED)
    return playing.steps_done(superuser, schema) != wanted


def whole() -> int:
    """Count those that have everything of the next version, and say so."""
    not_whole = {schema_versions.expected(), schema_versions.UNDER_WAY}
    return sum(version not in not_whole for version in versions().values())
