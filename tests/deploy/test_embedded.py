"""The embedded servers, started for real in folders of their own."""

import os
import pwd
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
import redis

from deploy.local import embedded, servers

PROGRAM = [sys.executable, "-c"]


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A state folder of this test; what runs in it is stopped afterwards."""
    monkeypatch.setenv("SUUNTA_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    yield tmp_path / "state"
    embedded.stop()


def ask(login, question):
    with psycopg.connect(embedded.database_url(login)) as connection:
        return connection.execute(question).fetchall()[0][0]


def is_up():
    try:
        return ask("superuser", "SELECT 1") == 1
    except psycopg.OperationalError:
        return False


def in_another_process(text):
    return subprocess.Popen([*PROGRAM, text], cwd=embedded.ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE)


# --- addresses ------------------------------------------------------------------------------------------------


def test_addresses_are_computed_alike_by_every_process_without_starting_anything(home):
    with in_another_process("from deploy.local import embedded as e; print(e.database_url(), e.redis_url())") as other:
        said = other.communicate()[0].decode().split()

    assert said == [embedded.database_url(), embedded.redis_url()]
    assert not (home / "postgres").exists()


def test_two_processes_that_come_first_agree_on_the_passwords(home):
    others = [in_another_process("from deploy.local import embedded as e; print(e.password('app'))") for _ in range(4)]

    assert len({other.communicate()[0] for other in others}) == 1


def test_passwords_are_for_the_owner_of_the_folder_only(home):
    embedded.password("superuser")

    assert stat.S_IMODE((home / "addresses.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("folder", ["short", "d" * 120, "with space, comma"])
def test_the_socket_has_a_short_and_plain_path_however_the_state_folder_is_called(tmp_path, monkeypatch, folder):
    monkeypatch.setenv("SUUNTA_HOME", str(tmp_path / folder))

    path = unquote(urlsplit(embedded.database_url()).netloc.rpartition("@")[2].removesuffix(":5432")) + "/.s.PGSQL.5432"

    assert len(path) <= embedded.LONGEST_SOCKET_PATH
    assert not set(path) & set(" ,")


# --- starting and stopping ------------------------------------------------------------------------------------


def test_start_gives_postgresql_18_and_valkey_with_passwords_and_stop_keeps_the_data(home):
    started = embedded.start(durable=False).started
    again = embedded.start(durable=False).started
    with psycopg.connect(embedded.database_url("superuser"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (id int)")
        connection.execute("INSERT INTO kept VALUES (7)")

    assert (started, again) == (("PostgreSQL", "Valkey"), ())
    assert ask("superuser", "SHOW server_version").startswith("18.")
    assert ask("superuser", "SHOW listen_addresses") == ""
    assert ask("superuser", "SELECT lower('ÄÖÅ')") == "äöå"
    assert redis.Redis.from_url(embedded.redis_url()).info("server")["valkey_version"].startswith("9.")

    embedded.stop()
    assert not is_up()
    embedded.start(durable=False)
    assert ask("superuser", "SELECT id FROM kept") == 7


def test_nobody_enters_without_the_password(home):
    embedded.start(durable=False)

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(embedded.database_url("superuser").replace(embedded.password("superuser"), "guess"))
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(embedded.redis_url().replace("redis://:", "redis://:x")).ping()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root must become somebody else")
def test_root_runs_the_database_as_somebody_else_in_a_folder_only_root_may_enter(home):
    home.mkdir(mode=0o700)
    home.parent.chmod(0o700)

    embedded.start(durable=False)

    pid = (home / "postgres" / "postmaster.pid").read_text().split()[0]
    assert Path(f"/proc/{pid}").stat().st_uid == pwd.getpwnam("nobody").pw_uid
    assert stat.S_IMODE(home.parent.stat().st_mode) == 0o700


def test_starts_at_the_same_time_end_in_one_server(home):
    with ThreadPoolExecutor() as pool:
        outcomes = [outcome.started for outcome in pool.map(lambda _: embedded.start(durable=False), range(3))]

    assert sorted(outcomes) == [(), (), ("PostgreSQL", "Valkey")]


def test_the_last_process_that_uses_the_servers_stops_them(home):
    held = "from deploy.local import embedded as e; e.ensure_running(durable=False); print('up', flush=True); input()"
    with in_another_process(held) as first, in_another_process(held) as second:
        assert {first.stdout.readline(), second.stdout.readline()} == {b"up\n"}
        first.communicate(b"\n")
        assert is_up()
        second.communicate(b"\n")
        assert not is_up()


def test_what_a_killed_process_left_running_is_stopped_only_when_nobody_uses_it(home):
    held = "from deploy.local import embedded as e; e.ensure_running(durable=False); print('up', flush=True); input()"
    with in_another_process(held) as other:
        other.stdout.readline()
        embedded.stop_unused()
        assert is_up()
        other.kill()
    assert is_up()

    embedded.stop_unused()

    assert not is_up()


def test_valkey_moves_when_a_stranger_has_taken_its_port(home):
    taken = int(embedded.redis_url().rpartition(":")[2].removesuffix("/0"))
    with socket.create_server(("127.0.0.1", taken)):
        embedded.start(durable=False)

        assert f":{taken}/" not in embedded.redis_url()
        assert redis.Redis.from_url(embedded.redis_url()).ping()


def test_servers_that_were_given_are_left_alone(home, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/suunta")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")

    assert embedded.start().started == ()
    assert not (home / "postgres").exists()


# --- what goes wrong is said in one line ----------------------------------------------------------------------


def test_data_of_another_version_is_refused_and_kept(home):
    (home / "postgres").mkdir(parents=True)
    (home / "postgres" / "PG_VERSION").write_text("16\n")

    with pytest.raises(embedded.CannotStart, match="made by PostgreSQL 16, this is 18"):
        embedded.start()
    assert (home / "postgres" / "PG_VERSION").read_text() == "16\n"


def test_an_interrupted_creation_is_done_again_from_the_start(home):
    (home / "postgres.new").mkdir(parents=True)
    (home / "postgres.new" / "half").touch()

    embedded.start(durable=False)

    assert is_up()
    assert not (home / "postgres.new").exists()


def test_a_server_that_does_not_come_up_gives_the_reason_it_wrote(home):
    embedded.start(durable=False)
    embedded.stop()
    with (home / "postgres" / "postgresql.conf").open("a") as settings:
        settings.write("shared_buffers = 'much'\n")

    with pytest.raises(embedded.CannotStart, match="PostgreSQL cannot be started: ") as refusal:
        embedded.start(durable=False)
    assert "\n" not in str(refusal.value)


def test_a_state_folder_that_cannot_be_made_is_named(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("SUUNTA_HOME", str(tmp_path / "file" / "state"))

    with pytest.raises(embedded.CannotStart, match="file/state: Not a directory"):
        embedded.start()


def test_a_full_disk_is_the_reason_that_is_told():
    said = "creating subdirectories ... ok\ninitdb: error: could not write: No space left on device\nremoving data"

    assert servers.reason(said) == "could not write: No space left on device"
