"""PostgreSQL 18 and Valkey 9 from wheels, for machines without servers: the demo, the tests and single commands.

`python -m deploy.local.embedded start` starts them by hand and `stop` stops them.

Everything lives in the state folder (`SUUNTA_HOME`, else `.suunta/`). The settings import this module, so importing it
and asking for an address is cheap and starts nothing. With DATABASE_URL or REDIS_URL set, that server is left alone.
"""

import atexit
import fcntl
import hashlib
import json
import os
import re
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TextIO, TypedDict
from urllib.parse import urlsplit

from deploy.local import servers
from deploy.local.servers import CannotStart as CannotStart

ROOT = Path(__file__).resolve().parents[2]
LOGINS = {"app": "suunta_app", "migrator": "suunta_migrator", "superuser": "postgres"}
DATABASE = "suunta"
LONGEST_SOCKET_PATH = 107  # bytes: sockaddr_un of Linux, without the closing zero
PORTS = range(20_000, 32_000)  # below the range from which the kernel hands out ports of outgoing connections


class Addresses(TypedDict):
    """What `addresses.json` keeps: chosen once, so that every process computes the same addresses."""

    passwords: dict[str, str]
    secret_key: str
    redis_port: int
    smtp_port: int


@dataclass(frozen=True)
class Services:
    """The servers that `start` found or started; `started` names those that were not running before."""

    home: Path
    started: tuple[str, ...]


# --- where things are: no server is needed for these ----------------------------------------------------------


def state_folder() -> Path:
    """Answer the folder of all local state; it may not exist yet."""
    return Path(os.environ.get("SUUNTA_HOME") or ROOT / ".suunta").resolve()


def database_url(login: str = "app") -> str:
    """Answer the address of the embedded database for a login: "app", "migrator" or "superuser".

    The host is a percent-encoded socket folder, as libpq and dj_database_url read it.
    """
    folder = str(_socket_folder(state_folder())).replace("/", "%2F")
    return f"postgresql://{LOGINS[login]}:{password(login)}@{folder}:5432/{DATABASE}"


def is_at_home(url: str) -> bool:
    """Tell whether an address is one of the embedded server's, which nobody but this machine's owner reaches."""
    folder = str(_socket_folder(state_folder())).replace("/", "%2F")
    return urlsplit(url).netloc.rpartition("@")[2] == f"{folder}:5432"


def password(login: str) -> str:
    """Answer the password of a login of the embedded database, for whoever creates the roles."""
    return _addresses(state_folder())["passwords"][login]


def redis_url() -> str:
    """Answer the address of the embedded Valkey."""
    known = _addresses(state_folder())
    return f"redis://:{known['passwords']['redis']}@127.0.0.1:{known['redis_port']}/0"


def smtp_port() -> int:
    """Answer the port at which the demo's mail server listens on 127.0.0.1."""
    return _addresses(state_folder())["smtp_port"]


def secret_key() -> str:
    """Answer this installation's own key for signatures, for a demo that was given none."""
    return _addresses(state_folder())["secret_key"]


def _socket_folder(home: Path) -> Path:
    """Answer the folder of the database's socket: in the state folder, or a short one when that path is too long."""
    folder = home / "run"
    if len(os.fsencode(folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH and re.fullmatch(
        r"[\w./+-]+", str(folder), re.A
    ):
        return folder
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path("/tmp") / f"suunta-{name}"  # noqa: S108 (0700 and owner are checked when it is used)


@cache
def _addresses(home: Path) -> Addresses:
    """Read the addresses and passwords, choosing them on first use. Two first users agree: only one link succeeds."""
    path = home / "addresses.json"
    with _explained(path):
        if not path.exists():
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = path.with_suffix(f".{secrets.token_hex(4)}")
            servers.write_private(draft, json.dumps(_new_addresses(), indent=1))
            with suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
        known: Addresses = json.loads(path.read_text())
    return known


def _new_addresses() -> Addresses:
    redis, smtp = free_port(), free_port()
    passwords = {name: secrets.token_hex(24) for name in (*LOGINS, "redis")}
    return Addresses(passwords=passwords, secret_key=secrets.token_urlsafe(48), redis_port=redis, smtp_port=smtp)


def free_port() -> int:
    """Answer a port of 127.0.0.1 on which nobody listens."""
    while True:
        port = secrets.choice(PORTS)
        if is_free(port):
            return port


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Tell whether a server could listen at this port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def move_port(name: str) -> int:
    """Choose a new port for "redis_port" or "smtp_port", because another program took the old one."""
    home = state_folder()
    known = Addresses(**_addresses(home))
    known[name] = free_port()  # type: ignore[literal-required]
    draft = home / f"addresses.{secrets.token_hex(4)}"
    servers.write_private(draft, json.dumps(known, indent=1))
    draft.replace(home / "addresses.json")
    _addresses.cache_clear()
    return int(known[name])  # type: ignore[literal-required]


# --- starting and stopping ------------------------------------------------------------------------------------


def start(*, durable: bool = True) -> Services:
    """Start what is not running yet, and return when all of it answers. Safe to call twice and at the same time.

    `durable=False` lets PostgreSQL forget its last transactions in a power cut: for tests only.

    Raises:
        CannotStart: with the reason in one line.
    """
    home = state_folder()
    _addresses(home)
    with _explained(home), _one_at_a_time(home):
        servers.close_to_others(home)
        (home / "log").mkdir(mode=0o700, exist_ok=True)
        started = []
        if "DATABASE_URL" not in os.environ and _postgres(home).start(durable=durable):
            started.append("PostgreSQL")
        if "REDIS_URL" not in os.environ and _start_valkey(home):
            started.append("Valkey")
    return Services(home=home, started=tuple(started))


def stop() -> None:
    """Stop both servers if they run; the data stays.

    Raises:
        CannotStart: a server did not stop.
    """
    home = state_folder()
    if not (home / "addresses.json").exists():
        return
    with _explained(home), _one_at_a_time(home):
        _valkey(home).stop()
        _postgres(home).stop()


def ensure_running(*, durable: bool = True) -> Services:
    """Start the servers and keep them until this process ends; the last process that uses them stops them.

    Raises:
        CannotStart: with the reason in one line.
    """
    home = state_folder()
    with _explained(home):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        users = os.fdopen(servers.private(str(home / "users.lock"), os.O_WRONLY | os.O_CREAT), "w")
        fcntl.flock(users, fcntl.LOCK_SH)
    atexit.register(_leave, users, os.getpid())
    return start(durable=durable)


def stop_unused() -> None:
    """Stop the servers if nobody uses them: a process that was killed could not stop its own."""
    home = state_folder()
    if (home / "users.lock").exists():
        _stop_if_last((home / "users.lock").open("w"))


def _leave(users: TextIO, owner: int) -> None:
    """Stop the servers if nobody else uses them. A forked child inherits this at-exit call and must not obey it."""
    if os.getpid() == owner:
        _stop_if_last(users)


def _stop_if_last(users: TextIO) -> None:
    with users, suppress(BlockingIOError, CannotStart):
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        stop()


@contextmanager
def _explained(home: Path) -> Iterator[None]:
    """Turn what the file system refuses (no space, no right) into one line."""
    try:
        yield
    except OSError as error:
        raise CannotStart(f"{error.filename or home}: {error.strerror or error}") from error


@contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    with open(home / "start.lock", "w", opener=servers.private) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _postgres(home: Path) -> servers.Postgres:
    return servers.Postgres(home, _socket_folder(home), password("superuser"), DATABASE)


def _valkey(home: Path) -> servers.Valkey:
    known = _addresses(home)
    return servers.Valkey(home, known["redis_port"], known["passwords"]["redis"])


def _start_valkey(home: Path) -> bool:
    """Start Valkey, at another port when a stranger has taken the kept one."""
    if _valkey(home).answers():
        return False
    if not is_free(_addresses(home)["redis_port"]):
        move_port("redis_port")
    _valkey(home).start()
    return True


def main(word: str) -> int:
    """Start or stop by hand: `python -m deploy.local.embedded start`."""
    try:
        if word == "start":
            start()
        elif word == "stop":
            stop()
        else:
            raise CannotStart("Say start or stop")
    except CannotStart as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
