"""The start of the demo: what a person sees when the machine does not let it start."""

import os
import signal
import socket
import subprocess
import sys
from collections import namedtuple
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE

import pytest

from deploy.demo import accounts
from deploy.local import demo, embedded
from deploy.local.supervisor import ProcessEnded, Supervisor
from tenants.accounts.permissions import CONSOLE_ROLES, PORTAL_ROLES

Said = namedtuple("Said", "code out err")
A_MINUTE = 1200  # times that one looks, every twentieth of a second


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SUUNTA_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def run_demo(**environment):
    outcome = subprocess.run(
        [sys.executable, "-m", "deploy.local.demo"],
        cwd=embedded.ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Said(outcome.returncode, outcome.stdout, outcome.stderr)


# --- one line and exit code 1 ---------------------------------------------------------------------------------


def test_a_busy_port_gets_one_line_and_nothing_is_started(home):
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        said = run_demo(PORT=str(port))

    assert said == (1, "", f"Port {port} is taken by another program: choose another with make demo PORT={port + 1}\n")
    assert not (home / "postgres").exists()


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1", "٨٠٠٠"])
def test_a_port_that_is_none_gets_one_line(home, port):
    assert run_demo(PORT=port) == (1, "", f"PORT={port} is not a port: give a number from 1 to 65535\n")


def test_a_second_demo_says_where_the_first_one_is(home):
    with demo._only_one(home, embedded.free_port()):
        said = run_demo()

    assert said.code == 1
    assert said.err.startswith("Suunta is already running: http://console.localhost:")
    assert said.err.count("\n") == 1


def test_a_full_disk_is_told_before_anything_starts(home, monkeypatch):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage(free=3 * demo.MEGABYTE))

    with pytest.raises(embedded.CannotStart, match=r"is full: 3 MB free, 400 MB needed$"), demo._only_one(home, 1):
        pass


@pytest.mark.parametrize(
    ("found", "told"), [("exit 127", "found: "), ("echo Python 3.11.2; exit 1", "found: Python 3.11.2.")]
)
def test_a_missing_or_old_python_gets_one_line(tmp_path, found, told):
    clone = tmp_path / "clone"
    (clone / "deploy").mkdir(parents=True)
    (clone / "bin").mkdir()
    script = clone / "deploy" / "bootstrap.sh"
    script.write_text((embedded.ROOT / "deploy" / "bootstrap.sh").read_text())
    for name in ("uv.lock", "pyproject.toml"):
        (clone / name).touch()
    for name in ("python", "python3", "python3.12", "python3.13", "python3.14"):
        (clone / "bin" / name).write_text(f"#!/bin/sh\n{found}\n")
        (clone / "bin" / name).chmod(0o755)

    outcome = subprocess.run(
        ["/bin/sh", str(script)],
        env={"PATH": f"{clone / 'bin'}:/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert outcome.returncode == 1
    assert outcome.stderr.startswith("Suunta needs Python 3.12 or newer, " + told)
    assert outcome.stderr.count("\n") == 1
    assert not (clone / ".venv").exists()


# --- the processes --------------------------------------------------------------------------------------------


def is_alive(pid):
    """Whether the process runs; a dead one that its parent has not buried yet does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_for_program(pid, name):
    """Until the process is past what prepares it (`setpriv`) and is the program itself."""
    for _ in range(A_MINUTE):
        if Path(f"/proc/{pid}/comm").read_text().strip() == name:
            return
        signal.sigtimedwait([], 0.05)
    pytest.fail(f"process {pid} did not become {name}")


def wait_for_line(path):
    for _ in range(A_MINUTE):
        if path.exists() and path.read_text().endswith("\n"):
            return path.read_text().split()
        signal.sigtimedwait([], 0.05)
    pytest.fail(f"nothing was written to {path}")


def test_stop_ends_grandchildren_too_even_of_a_child_that_died(tmp_path):
    supervisor = Supervisor(tmp_path)
    family = "sleep 300 & echo $! $$; exit 0"
    child = supervisor.start("family", ["sh", "-c", family], environment=os.environ)
    grandchild = int(wait_for_line(tmp_path / "family.log")[0])
    child.process.wait()
    assert is_alive(grandchild)

    supervisor.stop()

    wait_for_end(grandchild)


def test_a_process_that_does_not_listen_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("deploy.local.supervisor.GRACE", 0.3)
    supervisor = Supervisor(tmp_path)
    deaf = "trap '' TERM; echo up; while :; do sleep 1; done"
    child = supervisor.start("deaf", ["sh", "-c", deaf], environment=os.environ)
    wait_for_line(tmp_path / "deaf.log")

    supervisor.stop()

    assert child.process.poll() == -signal.SIGKILL


def test_a_child_that_dies_is_named_with_its_last_lines(tmp_path):
    supervisor = Supervisor(tmp_path)
    child = supervisor.start("web", ["sh", "-c", "echo no such module; exit 3"], environment=os.environ)
    child.process.wait()

    with pytest.raises(ProcessEnded, match=r"^web ended with code 3, see .*/web\.log$") as ended:
        supervisor.check()
    assert ended.value.tail == ["no such module"]


def test_children_end_when_the_supervisor_itself_is_killed(tmp_path):
    command = "supervisor.start('child', ['sleep', '300'], environment=os.environ)"
    with supervising(tmp_path, f"child = {command}; print(child.process.pid, flush=True); time.sleep(300)") as parent:
        child = int(parent.stdout.readline())
        wait_for_program(child, "sleep")
        parent.kill()

    wait_for_end(child)


# --- forks: in a process of their own, since a fork of the tests would be one of everything in them ---------------

FORK = "child = supervisor.fork('web', '{}', {}, environment={{**os.environ, 'TOLD': 'ä'}});"


@contextmanager
def supervising(logs, text):
    """A process with a supervisor that does what the text says."""
    begin = "import os, sys, time; from pathlib import Path; from deploy.local.supervisor import *;"
    command = [sys.executable, "-c", f"{begin} supervisor = Supervisor(Path(sys.argv[1])); {text}", str(logs)]
    with subprocess.Popen(command, cwd=embedded.ROOT, stdin=PIPE, stdout=PIPE, text=True) as parent:
        yield parent


def wait_for_end(pid):
    for _ in range(A_MINUTE):
        if not is_alive(pid):
            return
        signal.sigtimedwait([], 0.05)
    pytest.fail(f"process {pid} did not end")


def a_module(folder, text):
    """Python that `python -m` would find from anywhere."""
    (folder / "forked.py").write_text(text)
    return f"sys.path.insert(0, {str(folder)!r}); " + FORK.format("forked", ["--some", "words"])


def test_a_fork_runs_a_module_with_what_is_loaded_already_in_a_session_and_log_of_its_own(tmp_path):
    says = "import json, os, sys; print(sys.argv[1:], json.mark, os.environ['TOLD'], os.getsid(0) == os.getpid())"
    fork = a_module(tmp_path, says)

    with supervising(tmp_path, f"import json; json.mark = 'loaded once'; {fork} print(child.process.wait())") as parent:
        assert parent.stdout.read() == "0\n"

    assert (tmp_path / "web.log").read_text() == "['--some', 'words'] loaded once ä True\n"


def test_a_fork_that_dies_is_named_with_its_last_lines(tmp_path):
    fork = a_module(tmp_path, "import sys; print('no such port', flush=True); sys.exit(3)")
    text = f"{fork} child.process.wait()\ntry: supervisor.check()\nexcept ProcessEnded as e: print(e, e.tail)"

    with supervising(tmp_path, text) as parent:
        said = parent.stdout.read()

    assert said == f"web ended with code 3, see {tmp_path}/web.log ['no such port']\n"


def test_stop_ends_a_fork_with_what_it_started_and_kills_one_that_does_not_listen(tmp_path):
    deaf = "import signal, subprocess; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    fork = a_module(tmp_path, f"{deaf} p = subprocess.Popen(['sleep', '300']); print(p.pid, flush=True); p.wait()")
    hurry = "from deploy.local import supervisor as module; module.GRACE = 0.3;"
    stop = f"{hurry} supervisor.stop(); print(child.process.wait())"

    with supervising(tmp_path, f"{fork} sys.stdin.readline(); {stop}") as parent:
        grandchild = int(wait_for_line(tmp_path / "web.log")[0])
        parent.stdin.write("\n")
        parent.stdin.close()
        assert parent.stdout.read() == f"{-signal.SIGKILL}\n"

    wait_for_end(grandchild)


def test_a_fork_ends_when_the_supervisor_itself_is_killed(tmp_path):
    fork = a_module(tmp_path, "import time; print('up', flush=True); time.sleep(300)")
    with supervising(tmp_path, f"{fork} print(child.process.pid, flush=True); time.sleep(300)") as parent:
        child = int(parent.stdout.readline())
        wait_for_line(tmp_path / "web.log")
        parent.kill()

    wait_for_end(child)


# --- who can sign in ------------------------------------------------------------------------------------------


def test_every_demo_account_has_roles_of_its_side_and_stands_at_a_host_of_the_demo():
    for account in accounts.ACCOUNTS:
        assert account.host in demo.HOSTS
        assert set(account.roles) <= set(CONSOLE_ROLES if account.host == "console" else PORTAL_ROLES)


def test_every_municipality_of_the_demo_has_somebody_for_each_role():
    for host in demo.HOSTS[1:]:
        roles = {role for account in accounts.ACCOUNTS if account.host == host for role in account.roles}
        assert roles == set(PORTAL_ROLES)
