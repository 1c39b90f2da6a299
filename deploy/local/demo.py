"""`make demo`: the whole service on one machine, from nothing to "Suunta is ready", and down again with Ctrl-C."""

import fcntl
import hashlib
import importlib
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from types import FrameType
from typing import NoReturn

from deploy import translations
from deploy.demo import accounts
from deploy.local import embedded, recipe
from deploy.local.embedded import CannotStart
from deploy.local.servers import OF_OTHERS
from deploy.local.supervisor import ProcessEnded, Supervisor

PYTHON = (sys.executable, "-m")
CELERY = ("-A", "tasks.app")
CONFIG = "--config=python:deploy.web_server"
HOSTS = ("console", "varkaus", "rautavaara", "kaavi", "tuusniemi")
PATIENCE = 90.0  # seconds for the web server and the workers to answer
LOADED_ONCE = (  # what web server, worker and beat would each load for themselves
    "deploy.wsgi",
    "deploy.urls_portal",
    "deploy.urls_console",
    "tasks.app",
    "celery.bin.celery",
    "celery.apps.worker",
    "celery.apps.beat",
    "celery.concurrency.prefork",
    "kombu.transport.redis",
    "gunicorn.app.wsgiapp",
    "gunicorn.workers.gthread",
)
MEGABYTE = 1024 * 1024
NEEDED_FIRST, NEEDED_LATER = 400 * MEGABYTE, 50 * MEGABYTE


class Interrupted(KeyboardInterrupt):
    """Somebody asked the demo to stop; nothing that catches ordinary errors may swallow it."""


def main() -> int:
    """Run the demo until it is stopped; answer the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    os.umask(OF_OTHERS)  # what any process of the demo writes is for its owner only
    home = embedded.state_folder()
    try:
        port = _port(os.environ.get("PORT") or "8000")
        with _only_one(home, port), _supervised(home) as supervisor:
            _prepare(home, supervisor, _environment(port))
            _serve(home, supervisor, port)
    except Interrupted:
        say("Stopped.")
    except ProcessEnded as error:
        return _fail_with(error)
    except CannotStart as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{error.filename or home}: {error.strerror or error}")
    return 0


def say(line: str) -> None:
    """Tell the person at the terminal, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


# --- before anything starts --------------------------------------------------------------------------------------


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise CannotStart(f"PORT={text} is not a port: give a number from 1 to 65535")
    return int(text)


@contextmanager
def _only_one(home: Path, port: int) -> Iterator[None]:
    """Hold this installation's demo and check that machine and port are free for it."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotStart(f"Suunta is already running: {lock.read().strip()}") from None
        _check_room(home)
        if not all(embedded.is_free(port, host) for host in _listen_hosts()):
            raise CannotStart(f"Port {port} is taken by another program: choose another with make demo PORT={port + 1}")
        lock.truncate(0)
        lock.write(f"http://console.localhost:{port} (process {os.getpid()})")
        lock.flush()
        yield


def _check_room(home: Path) -> None:
    needed = NEEDED_LATER if (home / "postgres").exists() else NEEDED_FIRST
    free = shutil.disk_usage(home).free
    if free < needed:
        raise CannotStart(f"The disk of {home} is full: {free // MEGABYTE} MB free, {needed // MEGABYTE} MB needed")


def _listen_hosts() -> list[str]:
    """Answer the loopback addresses: browsers try both for `*.localhost`, and a stranger may sit on one of them."""
    with_ipv6 = Path("/proc/net/if_inet6")
    return ["127.0.0.1", "::1"] if with_ipv6.exists() and "00000001 01" in with_ipv6.read_text() else ["127.0.0.1"]


def _environment(port: int) -> dict[str, str]:
    """Answer the settings of a demo; whoever sets one of them otherwise is obeyed."""
    ours = _of_other_servers() if "DATABASE_URL" in os.environ else {"SUUNTA_SECOND_FACTOR": "off"}
    fixed = {"SUUNTA_DEMO": "1", "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    return {"DJANGO_SETTINGS_MODULE": "deploy.settings", **ours, **os.environ, **fixed}


def _of_other_servers() -> dict[str, str]:
    """Answer what a machine with servers of its own has to be given; the second factor is asked for there."""
    home = embedded.state_folder()
    files = home / "files"
    files.mkdir(mode=0o700, exist_ok=True)
    return {
        "SECRET_KEY": embedded.secret_key(),
        "REDIS_URL": embedded.redis_url(),
        "SUUNTA_MASTER_KEYS_FILE": str(home / "master-keys.json"),
        "SUUNTA_FILES": str(files),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(embedded.smtp_port()),
        "SUUNTA_MAIL_ARCHIVE": str(home / "mail"),
    }


# --- the steps ---------------------------------------------------------------------------------------------------


def _prepare(home: Path, supervisor: Supervisor, environment: Mapping[str, str]) -> None:
    say(f"Starting Suunta in {home}")
    with _step("PostgreSQL and Valkey"):
        embedded.ensure_running()
        if not embedded.is_free(embedded.smtp_port()):
            embedded.move_port("smtp_port")
    with _step("Translations"):
        translations.compile_all()
    with _step("Database"):
        _prepare_database(supervisor, environment)
    with _step("Static files"):
        supervisor.finish("collectstatic", _manage("collectstatic", "--noinput"), environment=environment)
    if "SMTP_HOST" not in os.environ:
        mail = ["--port", str(embedded.smtp_port()), "--maildir", str(home / "mail")]
        supervisor.fork("mail", "deploy.local.smtp_sink", mail, environment=environment)
    loaded = home / f"demo-data-loaded{_other_database()}"
    if not loaded.exists():
        _load_data(home, supervisor, environment)
        loaded.touch()


def _prepare_database(supervisor: Supervisor, environment: Mapping[str, str]) -> None:
    """Bring the database to this version, unless it is ours and says that it was: then nothing has changed."""
    is_ours = "DATABASE_URL" not in os.environ
    if is_ours and recipe.is_followed(embedded.database_url("superuser")):
        return
    supervisor.finish("prepare_database", _manage("prepare_database"), environment=environment)
    if is_ours:
        recipe.write_down(embedded.database_url("superuser"))


def _load_data(home: Path, supervisor: Supervisor, environment: Mapping[str, str]) -> None:
    """Make the municipalities, with the login that may, and fill them; tell of each as it is done."""
    with _step("Municipalities"):
        as_migrator = {**environment, "SUUNTA_LOGIN": "migrator"}
        supervisor.finish("add_demo_municipalities", _manage("add_demo_municipalities"), environment=as_migrator)
    with _step("Demo data"), _retold(home / "log" / "load_demo_data.log"):
        supervisor.finish("load_demo_data", _manage("load_demo_data"), environment=environment)


def _other_database() -> str:
    """Answer a mark for a database that is not the embedded one, so that each gets its demo data once."""
    url = os.environ.get("DATABASE_URL")
    return f"-{hashlib.sha256(url.encode()).hexdigest()[:12]}" if url else ""


def _serve(home: Path, supervisor: Supervisor, port: int) -> NoReturn:
    """Start web server, workers and beat, say when they answer, and watch them until somebody stops the demo."""
    environment = _environment(port)
    with _step("Web server and workers"):
        _start_processes(home, supervisor, port, environment)
        _wait_until_all_answer(supervisor, port)
    _announce(port)
    while True:
        supervisor.check()
        time.sleep(0.5)


def _start_processes(home: Path, supervisor: Supervisor, port: int, environment: Mapping[str, str]) -> None:
    """Start the one with the migrator's login by itself, the others as forks of one process that has loaded all."""
    provisioning = [*PYTHON, "celery", *_worker("provisioning", queues="provisioning", hands=1)]
    supervisor.start("worker provisioning", provisioning, environment={**environment, "SUUNTA_LOGIN": "migrator"})
    as_app = {**environment, "SUUNTA_LOGIN": "app"}
    _load_once(as_app)
    binds = [f"--bind={f'[{host}]' if ':' in host else host}:{port}" for host in _listen_hosts()]
    web = [CONFIG, *binds, "--workers=2", "--preload", "--timeout=60", "deploy.wsgi"]
    supervisor.fork("web", "gunicorn", web, environment=as_app)
    supervisor.fork(
        "worker celery",
        "celery",
        _worker("celery", queues="celery,wake,mail,reminders,documents", hands=2),
        environment=as_app,
    )
    beat = [*CELERY, "beat", f"--schedule={home / 'beat-schedule'}"]
    supervisor.fork("beat", "celery", beat, environment=as_app)


def _load_once(environment: Mapping[str, str]) -> None:
    """Import in this process what its forks run; nothing here opens a connection."""
    os.environ.update(environment)
    for name in LOADED_ONCE:
        importlib.import_module(name)


def _worker(name: str, *, queues: str, hands: int) -> list[str]:
    """Answer the arguments of a worker; it looks for no neighbours, which would take it a second."""
    options = [f"--queues={queues}", f"--hostname={name}@suunta", f"--concurrency={hands}", "--loglevel=WARNING"]
    return [*CELERY, "worker", *options, "--without-mingle", "--without-gossip"]


def _manage(*words: str) -> list[str]:
    return [sys.executable, "manage.py", *words]


def _wait_until_all_answer(supervisor: Supervisor, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not (_web_answers(port) and _workers_answer()):
        supervisor.check()
        if time.monotonic() > deadline:
            raise CannotStart(f"Suunta does not answer after {PATIENCE:.0f} s, see {embedded.state_folder() / 'log'}")
        time.sleep(0.1)


def _web_answers(port: int) -> bool:
    web = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        web.request("GET", "/", headers={"Host": f"console.localhost:{port}"})
        return web.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        web.close()


def _workers_answer() -> bool:
    from celery import Celery

    with Celery(broker=os.environ.get("REDIS_URL") or embedded.redis_url()) as asker:
        return len(asker.control.ping(timeout=0.5, limit=2)) == 2


def _announce(port: int) -> None:
    say("Suunta is ready")
    say(f"\nEverybody's password is {accounts.PASSWORD}. Mails are kept in {embedded.state_folder() / 'mail'}.")
    for host in HOSTS:
        say(f"\nhttp://{host}.localhost:{port}")
        for account in accounts.ACCOUNTS:
            if account.host == host:
                work = ", ".join(filter(None, (*account.roles, account.profession))).replace("_", " ")
                say(f"  {account.email:<28}{account.name:<20}{work}")
    say("\nCtrl-C stops everything.")


# --- one line for each thing that happens ------------------------------------------------------------------------


@contextmanager
def _step(name: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    say(f"  {name:.<32} ready ({time.monotonic() - begun:.1f} s)")


@contextmanager
def _retold(log: Path) -> Iterator[None]:
    """Repeat the lines of a process while it writes them."""
    log.unlink(missing_ok=True)
    is_over = Event()
    reteller = Thread(target=_retell, args=(log, is_over), daemon=True)
    reteller.start()
    try:
        yield
    finally:
        is_over.set()
        reteller.join()


def _retell(log: Path, is_over: Event) -> None:
    told = 0
    while True:
        was_over = is_over.is_set()
        lines = log.read_text(errors="replace").splitlines(keepends=True) if log.exists() else []
        for line in lines[told:]:
            if line.endswith("\n"):
                say(f"    {line.rstrip()}")
                told += 1
        if was_over:
            return
        time.sleep(0.1)


@contextmanager
def _supervised(home: Path) -> Iterator[Supervisor]:
    """Give a supervisor and end its processes whatever happens; a second Ctrl-C does not disturb that."""
    supervisor = Supervisor(home / "log")
    try:
        yield supervisor
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        supervisor.stop()


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise Interrupted


def _fail_with(error: ProcessEnded) -> int:
    """Show a process's last lines, except when a full disk explains them all."""
    if any("No space left on device" in line for line in error.tail):
        return _fail(f"The disk is full: {error}")
    say("\n".join(f"    {line}" for line in error.tail))
    return _fail(str(error))


def _fail(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
