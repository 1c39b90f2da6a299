"""What lies in the state folder is for its owner only: keys, mails, documents, logs, locks and sockets."""

import os
import signal
import smtplib
import stat
import subprocess
import sys
import uuid
from contextlib import suppress
from pathlib import Path

import pytest

from deploy.local import embedded, servers
from tenants import files
from tenants.keys import master

GENEROUS = 0o022  # the umask of most machines: everybody may read

EXPECTED = {
    "addresses.json", "demo.lock", "log/command.log", "log/mail.log", "log/postgres.log", "log/valkey.log", "made/file",
    "run/.s.PGSQL.5432", "start.lock", "users.lock", "valkey/valkey.conf",
}  # fmt: skip

# The demo without its database's content, which takes minutes: every process that writes files is there.
SHORT_DEMO = """
import os, smtplib, sys
from pathlib import Path
from deploy.local import demo, embedded

def serve(home, supervisor, port):
    supervisor.finish("command", ["sh", "-c", "echo said; mkdir $SUUNTA_HOME/made; touch $SUUNTA_HOME/made/file"],
                      environment={**os.environ, "SUUNTA_HOME": str(home)})
    for attempt in range(200):
        try:
            with smtplib.SMTP("127.0.0.1", embedded.smtp_port(), timeout=60) as client:
                client.sendmail("a@suunta.example", ["aino@kaavi.example"], b"Subject: x\\r\\n\\r\\nx")
            break
        except OSError:
            demo.time.sleep(0.1)
    beat = ["-A", "tasks.app", "beat", f"--schedule={home / 'beat-schedule'}", "--max-interval=1"]
    supervisor.fork("beat", "celery", beat, environment={**os.environ, "DJANGO_SETTINGS_MODULE": "deploy.settings"})
    while not list(home.glob("beat-schedule*")):
        demo.time.sleep(0.1)
    print("\\n".join(f"{oct(path.lstat().st_mode)} {path}" for path in [home, *home.rglob("*")]), file=sys.stderr)
    raise demo.Interrupted

demo._prepare_database = demo._load_data = lambda *given: None
demo._serve = serve
sys.exit(demo.main())
"""


def open_to_others(home):
    """Name what somebody else could read, enter or write below a folder."""
    found = []
    for path in [home, *home.rglob("*")]:
        with suppress(FileNotFoundError):
            mode = path.lstat().st_mode
            if not stat.S_ISLNK(mode) and mode & servers.OF_OTHERS:
                found.append(f"{stat.filemode(mode)} {path.relative_to(home)}")
    return found


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SUUNTA_HOME", str(tmp_path / "state"))
    for name in ("DATABASE_URL", "REDIS_URL", "SMTP_HOST"):
        monkeypatch.delenv(name, raising=False)
    before = os.umask(GENEROUS)
    yield tmp_path / "state"
    os.umask(before)
    embedded.stop()


def test_all_that_the_demo_writes_is_for_its_owner_only(home):
    environment = {**os.environ, "PORT": str(embedded.free_port())}
    said = subprocess.run(
        [sys.executable, "-c", SHORT_DEMO],
        cwd=embedded.ROOT, env=environment, capture_output=True, text=True, umask=GENEROUS, check=False,
    )  # fmt: skip

    lines = [line.split(" ", 1) for line in said.stderr.splitlines() if line.startswith("0o")]
    modes = {path: int(mode, 8) for mode, path in lines}
    assert said.returncode == 0, said.stderr
    assert [path for path, mode in modes.items() if mode & servers.OF_OTHERS] == []
    assert {str(home / name) for name in EXPECTED} <= set(modes)
    assert [path for path in modes if path.startswith(str(home / "mail" / "new") + "/")]
    assert [path for path in modes if "/beat-schedule" in path]


def test_servers_that_a_single_command_starts_write_for_their_owner_only(home):
    embedded.start(durable=False)

    assert open_to_others(home) == []


def test_what_an_earlier_version_left_open_is_closed_at_the_start(home):
    (home / "log").mkdir(parents=True)
    (home / "log" / "web.log").write_text("a line")
    (home / "mail" / "new").mkdir(parents=True)
    (home / "mail" / "new" / "1").write_text("a mail")
    (home / "elsewhere").symlink_to("/etc/hostname")
    before = Path("/etc/hostname").stat().st_mode

    embedded.start(durable=False)

    assert open_to_others(home) == []
    assert Path("/etc/hostname").stat().st_mode == before
    assert (home / "log" / "web.log").read_text() == "a line"


def test_documents_and_master_keys_are_for_their_owner_only_wherever_they_lie(kaavi, tmp_path, settings):
    settings.FILES = tmp_path / "store" / "files"
    before = os.umask(GENEROUS)
    try:
        files.store(b"content", file_id=uuid.uuid4())
        master.load_or_create(tmp_path / "keys" / "master-keys.json")
    finally:
        os.umask(before)

    assert open_to_others(settings.FILES) == []
    assert open_to_others(tmp_path / "keys") == []


def test_a_mail_server_started_by_hand_keeps_mails_for_its_owner_only(tmp_path):
    port = embedded.free_port()
    command = [sys.executable, "-m", "deploy.local.smtp_sink", "--port", str(port), "--maildir", str(tmp_path / "mail")]
    with subprocess.Popen(command, cwd=embedded.ROOT, umask=GENEROUS) as sink:
        wait_for(lambda: not embedded.is_free(port))
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
            client.sendmail("a@suunta.example", ["aino@kaavi.example"], b"Subject: x\r\n\r\nx")
        sink.send_signal(signal.SIGTERM)

    assert len(list((tmp_path / "mail" / "new").iterdir())) == 1
    assert open_to_others(tmp_path / "mail") == []


def wait_for(is_so):
    for _ in range(600):
        if is_so():
            return
        signal.sigtimedwait([], 0.05)
    pytest.fail("waited for half a minute")
