"""Whoever interrupts the tests gets the terminal back, and nothing stays running."""

import json
import os
import signal
import socket
import subprocess
import sys

import pytest

from deploy.local.embedded import ROOT
from tests.tasks.processes import wait_until

PLUGINS = ["-p", "tests.environment", "-p", "tests.interrupting", "-p", "no:django", "-p", "no:cacheprovider"]
LONG = """
import time
from deploy.local import embedded

def test_a_long_one(capsys):
    embedded.ensure_running(durable=False)
    home = embedded.state_folder()
    with capsys.disabled():
        print("running", flush=True)
    (home / "running").touch()
    try:
        time.sleep(60)
    finally:
        (home / "put away").touch()

def test_the_next_one():
    raise AssertionError("the run went on")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_and_its_servers_stop(tmp_path, number):
    home = tmp_path / "state"
    (tmp_path / "test_long.py").write_text(LONG)
    command = [sys.executable, "-m", "pytest", *PLUGINS, "-c", os.devnull, str(tmp_path / "test_long.py")]
    environment = {**os.environ, "SUUNTA_HOME": str(home), "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}

    with begun(command, environment) as run:
        assert run.stdout is not None
        said = [next(line for line in run.stdout if "running" in line)]
        assert (home / "postgres" / "postmaster.pid").exists()
        run.send_signal(number)
        said += run.stdout.readlines()

    assert run.returncode == pytest.ExitCode.INTERRUPTED
    assert "1 failed" in said[-1]
    assert "the run went on" not in "".join(said)
    assert has_stopped(home)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_on_two_cores_ends_with_its_workers_and_their_servers(tmp_path, number):
    homes = [tmp_path / "state" / worker for worker in ("gw0", "gw1")]
    for name in ("test_left.py", "test_right.py"):
        (tmp_path / name).write_text(LONG)
    command = [
        sys.executable,
        "-m",
        "pytest",
        *PLUGINS,
        "-c",
        os.devnull,
        "-n",
        "2",
        "--dist",
        "loadfile",
        str(tmp_path),
    ]
    environment = {
        **os.environ,
        "SUUNTA_HOME": str(tmp_path / "state"),
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(tmp_path),
    }

    with begun(command, environment) as run:
        wait_until(lambda: all((home / "running").exists() for home in homes))
        run.send_signal(number)
        said, _ = run.communicate()

    assert run.returncode == pytest.ExitCode.INTERRUPTED
    assert "the run went on" not in said
    for home in homes:
        assert (home / "put away").exists()
        assert has_stopped(home)


def begun(command, environment):
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def has_stopped(home):
    """Whether neither database nor broker of this folder runs."""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", json.loads((home / "addresses.json").read_text())["redis_port"]))
    return not (home / "postgres" / "postmaster.pid").exists()
