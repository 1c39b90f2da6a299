"""From an empty PostgreSQL and Valkey to a municipality in use, by the commands of the runbook and no others."""

import os
import secrets
import subprocess
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from deploy.local import embedded, servers
from deploy.local.smtp_sink import Sink, listening
from deploy.local.supervisor import Supervisor
from tests.drills.road import Block, Road, environment_file, in_folder
from tests.drills.visitors import Visitor, link_in
from tests.tenants.uploads import pdf

CONSOLE, KAAVI = "console.suunta.example", "kaavi.suunta.example"
MINUTES = 600.0  # seconds for what happens in other processes, on a machine that others use, too
NEEDED = ("PATH", "HOME", "LANG")  # of a terminal; nothing of the tests' own environment is the machine's


class Machine:
    """A machine on which somebody follows the runbook."""

    def __init__(self, folder: Path, given: dict[str, str], superuser: str) -> None:
        port = embedded.free_port()
        self.port, self._given, self._file = port, given, folder / "etc/suunta/suunta.env"
        (folder / "etc").mkdir()
        (folder / "srv").mkdir()
        replaced = {
            **in_folder(folder),
            "postgresql://postgres:PASSWORD@db.suunta.example:5432/suunta": superuser,
            "127.0.0.1:8000": f"127.0.0.1:{port}",
            "OPERATOR@suunta.example": "oiva@varkaus.example",
        }
        self.road, self.supervisor, self.said = Road(replaced), Supervisor(folder / "log"), list[str]()
        self._opening: list[str] = []

    def follow(self) -> None:
        """Do what stands in each block, in order."""
        for block in self.road.blocks:
            if block.kind == "ini":
                self._file.write_text(environment_file(block, self._given))
            elif block.kind == "sh processes":
                for number, line in enumerate(block.lines):
                    self.start(f"process {number}", line)
            else:
                self._run(block)

    def start(self, name: str, line: str, **changes: str) -> None:
        """Start a process as a service manager would: the file is its environment."""
        command = f"set -a; . {self._file}; set +a; umask 077; {self._changed(changes)} exec env {line}"
        self.supervisor.start(name, ["bash", "-c", command], environment=_of_a_terminal())

    def _run(self, block: Block) -> None:
        """Run a block as in the terminal in which the environment was read."""
        self._opening += [line for line in block.lines if line.startswith("set -a")]
        done = subprocess.run(
            ["bash", "-euc", "\n".join([*self._opening, *block.lines])],
            cwd=embedded.ROOT, env=_of_a_terminal(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (block.text, done.stdout, done.stderr)
        self.said += done.stdout.splitlines()

    @staticmethod
    def _changed(changes: dict[str, str]) -> str:
        return " ".join(f"export {name}={value};" for name, value in changes.items())


def _of_a_terminal() -> dict[str, str]:
    return {name: os.environ[name] for name in NEEDED if name in os.environ}


@pytest.fixture
def machine(tmp_path_factory, mail_port) -> Iterator[Machine]:
    """PostgreSQL and Valkey with nothing in them, and a machine that knows their addresses."""
    folder = tmp_path_factory.mktemp("m")
    (folder / "log").mkdir()
    superuser, app, migrator, valkey = (secrets.token_hex(12) for _ in range(4))
    postgres = servers.Postgres(folder, folder / "run", superuser, "suunta")
    broker = servers.Valkey(folder, embedded.free_port(), valkey)
    host = str(folder / "run").replace("/", "%2F")
    given = {
        "DATABASE_URL": f"postgresql://suunta_app:{app}@{host}:5432/suunta",
        "MIGRATOR_DATABASE_URL": f"postgresql://suunta_migrator:{migrator}@{host}:5432/suunta",
        "REDIS_URL": f"redis://:{valkey}@127.0.0.1:{broker.port}/0",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mail_port),
        "SMTP_USER": "",
        "SMTP_PASSWORD": "",
        "SMTP_TLS": "",
    }
    made = Machine(folder, given, f"postgresql://postgres:{superuser}@{host}:5432/suunta")
    try:
        postgres.start(durable=False)
        broker.start()
        yield made
    finally:
        made.supervisor.stop()
        broker.stop()
        postgres.stop()


@pytest.fixture
def mail_port() -> int:
    return embedded.free_port()


@pytest.fixture
def sink(tmp_path, mail_port) -> Iterator[Sink]:
    with listening(Sink(tmp_path / "mail"), port=mail_port) as sink:
        yield sink


@pytest.mark.alone
def test_the_road_of_the_runbook(machine, sink, real_clock, tell):
    begun = time.monotonic()
    machine.follow()
    tell(until_started=round(time.monotonic() - begun))
    assert {"The database is ready", "Nothing is missing here.", "ok"} <= set(machine.said)

    oiva = Visitor(CONSOLE, machine.port)
    oiva.join(invited_by_mail(sink, CONSOLE), "Oiva")
    oiva.open("/people/")
    asked = {"name": "Kaavi", "business_id": "0172337-4", "schema_name": "kaavi", "domain": KAAVI}
    oiva.fill_in("/municipalities/add/", **asked, admin_email="paula@kaavi.example")
    paula = Visitor(KAAVI, machine.port)
    paula.join(invited_by_mail(sink, KAAVI), "Paula")
    known = len(sink.mails())
    paula.fill_in("/people/invite/", name="Aino", email="aino@kaavi.example", roles=["coordinator"], language="fi")
    aino = Visitor(KAAVI, machine.port)
    aino.join(invited_by_mail(sink, KAAVI, after=known), "Aino")
    aino.fill_in("/clients/new/", first_name="Eka", last_name="Esimerkki", born_on="1979-01-02")
    content = pdf(b"/Lang (fi)")
    page = added(aino, content)

    aino.port = second_web_server(machine)
    assert aino.open(page).startswith(b"%PDF")
    tell(mails=len(sink.mails()), until_read=round(time.monotonic() - begun))


def invited_by_mail(sink: Sink, host: str, *, after: int = 0) -> str:
    """Wait for an invitation to a host; answer the path of its link."""
    return wait_for(lambda: link_in(map(text_of, sink.mails()[after:]), host))


def text_of(mail: bytes) -> bytes:
    body = message_from_bytes(mail, policy=policy.default).get_body(("plain",))
    return body.get_content().encode() if body else b""


def wait_for[Found](asked: Callable[[], Found]) -> Found:
    deadline = time.monotonic() + MINUTES
    while not (found := asked()):
        assert time.monotonic() < deadline
        time.sleep(0.3)
    return found


def added(aino: Visitor, content: bytes) -> str:
    """Add a document to the case on whose page she is; answer the document's own address."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    case = aino.path.split("/")[2]
    file = SimpleUploadedFile("paperi.pdf", content, "application/pdf")
    aino.fill_in(f"/cases/{case}/documents/add/", file=file, kind="medical", title="Paperi")
    listed = aino.open(f"/cases/{case}/documents/").decode()
    return next(
        part for part in listed.split('"') if part.startswith(f"/cases/{case}/documents/") and part.count("-") > 3
    )


def second_web_server(machine: Machine) -> int:
    """Start another web server of the service, with a folder of its own; answer its port when it is ready."""
    port = embedded.free_port()
    home = machine.road.replaced["/srv/suunta"] + "-second"
    web = f".venv/bin/gunicorn --config python:deploy.web_server --bind 127.0.0.1:{port} deploy.wsgi"
    machine.start("second web server", web, SUUNTA_HOME=home)
    ask = ["curl", "--silent", "--fail", f"http://127.0.0.1:{port}/health/ready"]
    wait_for(lambda: subprocess.run(ask, capture_output=True, check=False).stdout == b"ok\n")
    return port
