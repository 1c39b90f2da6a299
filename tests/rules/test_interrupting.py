"""Whoever interrupts the tests gets the terminal back, and nothing stays running."""

import json
import os
import signal
import socket
import subprocess
import sys

import pytest

from deploy.local.embedded import ROOT

LONG = """
import time
from deploy import embedded

def test_a_long_one(capsys):
    embedded.ensure_running(durable=False)
    with capsys.disabled():
        print("running", flush=True)
    time.sleep(60)

def test_the_next_one():
    raise AssertionError("the run went on")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_and_its_servers_stop(tmp_path, number):
    home = tmp_path / "state"
    (tmp_path / "test_long.py").write_text(LONG)
    plugins = ["-p", "tests.environment", "-p", "tests.interrupting", "-p", "no:django", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *plugins, "-c", os.devnull, str(tmp_path / "test_long.py")]
    environment = {**os.environ, "SUUNTA_HOME": str(home), "PYTHONPATH": str(ROOT)}

    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
        assert run.stdout is not None
        said = [next(line for line in run.stdout if "running" in line)]
        assert (home / "postgres" / "postmaster.pid").exists()
        run.send_signal(number)
        said += run.stdout.readlines()

    assert run.returncode == pytest.ExitCode.INTERRUPTED
    assert "1 failed" in said[-1]
    assert "the run went on" not in "".join(said)
    assert not (home / "postgres" / "postmaster.pid").exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", json.loads((home / "addresses.json").read_text())["redis_port"]))
