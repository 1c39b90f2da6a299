"""A real S3 server on loopback (SeaweedFS), with a bucket and one who may open it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import boto3
import pytest
import time_machine
from botocore.exceptions import BotoCoreError, ClientError

from deploy.local.embedded import free_port

BUCKET = "suunta"
KEY = {"accessKey": "tests-only", "secretKey": "tests-only-secret"}
MAY = {"identities": [{"name": "suunta", "credentials": [KEY], "actions": ["Admin"]}]}
PATIENCE = 60.0  # seconds
TRIES = 3


@dataclass(frozen=True)
class BucketServer:
    """How a process reaches it: its address, and what its environment says."""

    address: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SUUNTA_S3_BUCKET": BUCKET,
            "SUUNTA_S3_ENDPOINT": self.address,
            "SUUNTA_S3_REGION": "eu-north-1",
            "AWS_ACCESS_KEY_ID": KEY["accessKey"],
            "AWS_SECRET_ACCESS_KEY": KEY["secretKey"],
        }

    @property
    def client(self) -> Any:
        said = self.environment
        return boto3.client(
            "s3",
            endpoint_url=self.address,
            region_name=said["SUUNTA_S3_REGION"],
            aws_access_key_id=said["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=said["AWS_SECRET_ACCESS_KEY"],
        )


class Ended(Exception):
    """The server ended before it answered: somebody else took one of its eight ports meanwhile."""


@contextmanager
def bucket_server(folder: Path) -> Iterator[BucketServer]:
    """Run one that keeps what it is given in `folder`."""
    with ExitStack() as running:
        for _try in range(TRIES - 1):
            with suppress(Ended):
                yield running.enter_context(_running(folder))
                return
        yield running.enter_context(_running(folder))


@contextmanager
def _running(folder: Path) -> Iterator[BucketServer]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "may.json").write_text(json.dumps(MAY))
    ports = {name: free_port() for name in ("master", "volume", "filer", "s3")}
    options = [f"-{name}.port={port}" for name, port in ports.items()]
    options += [f"-{name}.port.grpc={free_port()}" for name in ports]
    command = [
        str(Path(sys.executable).with_name("weed")),
        *("server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3", *options),
        *(f"-s3.config={folder / 'may.json'}", "-volume.max=20", "-master.volumeSizeLimitMB=64"),
    ]
    with (
        (folder / "server.log").open("w") as log,
        subprocess.Popen(command, stdout=log, stderr=log) as server,
        mock.patch("botocore.auth.get_current_datetime", _clock_of_the_machine),
    ):
        try:
            found = BucketServer(f"http://127.0.0.1:{ports['s3']}")
            _wait(found, server)
            yield found
        finally:
            server.kill()


def _clock_of_the_machine() -> datetime:
    """The server has it, and refuses what was signed another day."""
    hatch = time_machine.escape_hatch
    now = hatch.time.time() if hatch.is_travelling() else time.time()
    return datetime.fromtimestamp(now, UTC).replace(tzinfo=None)


def use_bucket(settings: Any, monkeypatch: pytest.MonkeyPatch, server: BucketServer) -> None:
    """Set what the environment of a host with a bucket sets."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    options = {"bucket_name": BUCKET, "endpoint_url": server.address, "region_name": "eu-north-1"}
    documents = {"BACKEND": "tenants.stores.bucket.Bucket", "OPTIONS": options}
    settings.S3_BUCKET, settings.STORAGES = BUCKET, {**settings.STORAGES, "documents": documents}


def _wait(server: BucketServer, process: subprocess.Popen[bytes]) -> None:
    """Make the bucket as soon as the server answers, and put something there: it has to have grown its first volume."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            server.client.create_bucket(Bucket=BUCKET)
            server.client.put_object(Bucket=BUCKET, Key="ready", Body=b"1")
        except (BotoCoreError, ClientError):
            if process.poll() is not None:
                raise Ended from None
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return
