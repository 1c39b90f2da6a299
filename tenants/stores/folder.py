"""A folder of this host."""

import os
import secrets
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.storage import FileSystemStorage

DRAFT = ".draft"


class PrivateFolder(FileSystemStorage):
    """A folder for its owner only (settings.FILES). A file is replaced at once, and is on the disk when it is saved."""

    def __init__(self) -> None:
        super().__init__(allow_overwrite=True)

    @property
    def base_location(self) -> Path:
        return Path(settings.FILES)

    @property
    def location(self) -> str:
        return str(self.base_location.absolute())

    def _save(self, name: str, content: IO[bytes]) -> str:
        path = Path(self.path(name))
        for folder in (path.parent.parent, path.parent):  # the mode of a call is for the last folder only
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}{DRAFT}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content.read())
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        return name
