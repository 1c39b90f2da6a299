"""A bucket of S3, or of what speaks like it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from tenants.stores import StoreAway

PATIENCE = Config(connect_timeout=5, read_timeout=20, retries={"total_max_attempts": 3, "mode": "standard"})  # seconds


class Bucket(S3Storage):
    """Who may open it is told by the environment (AWS_ACCESS_KEY_ID …).

    Raises:
        StoreAway: of every call.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(client_config=PATIENCE, default_acl=None, file_overwrite=True, **options)

    def _open(self, name: str, mode: str = "rb") -> "ContentFile[bytes]":  # generic for mypy only
        with _answering(), super()._open(name, mode) as file:
            return ContentFile(file.read())

    def _save(self, name: str, content: IO[bytes]) -> str:
        with _answering():
            saved: str = super()._save(name, content)
            return saved

    def delete(self, name: str) -> None:
        with _answering():
            super().delete(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _answering():
            found: tuple[list[str], list[str]] = super().listdir(name)
            return found


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise StoreAway from error
