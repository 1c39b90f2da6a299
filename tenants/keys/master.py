"""Master keys: they wrap every other key and are never in the database. One JSON file, the current key first.

What must be proven against the database itself (tenants.audit.sealing) uses keys that are derived from them.

`{"2026-11-22": "32 bytes in base64", …}`. To change it, put a new key (`new_master_key`) in front of the
old ones and run `rotate_keys`.
"""

import base64
import binascii
import json
import os
import secrets
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import ImproperlyConfigured

from tenants.keys.sealing import KEY_LENGTH, new_secret


@cache
def load(path: Path) -> dict[str, bytes]:
    """Read the master keys by their ids, the current one first.

    Raises:
        ImproperlyConfigured: there is no such file, or it does not hold keys of 32 bytes.
    """
    try:
        keys = {name: base64.b64decode(text, validate=True) for name, text in json.loads(path.read_text()).items()}
    except FileNotFoundError:
        raise ImproperlyConfigured(f"The master keys are missing: {path} (SUUNTA_MASTER_KEYS_FILE).") from None
    except (OSError, ValueError, binascii.Error, AttributeError, TypeError):
        raise ImproperlyConfigured(f"The master keys cannot be read: {path}.") from None
    if not keys or any(len(key) != KEY_LENGTH for key in keys.values()):
        raise ImproperlyConfigured(f"The master keys must be {KEY_LENGTH} bytes each: {path}.")
    return keys


@cache
def derived(path: Path, *, purpose: str) -> dict[str, bytes]:
    """Derive from every master key one of its own for a purpose, by the same ids, the current one first (RFC 5869).

    Raises:
        ImproperlyConfigured: as in `load`.
    """
    return {
        name: HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=None, info=purpose.encode()).derive(secret)
        for name, secret in load(path).items()
    }


def load_or_create(path: Path) -> dict[str, bytes]:
    """Read the master keys, making the first one when there is none: for the demo and the tests, whose keys are local.

    Raises:
        ImproperlyConfigured: as in `load`.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        write_new(draft, written({f"local-{secrets.token_hex(4)}": new_secret()}))
        with suppress(FileExistsError):  # another process was first: its key is the one
            os.link(draft, path)
        draft.unlink()
    return load(path)


def new(*, on: date) -> dict[str, str]:
    """Make a key by the name of the day, as it stands in the file. Two of one day have different names."""
    return written({f"{on.isoformat()}-{secrets.token_hex(2)}": new_secret()})


def written(keys: dict[str, bytes]) -> dict[str, str]:
    """Answer keys as they stand in the file, in their order."""
    return {name: base64.b64encode(secret).decode() for name, secret in keys.items()}


def write_new(path: Path, keys: dict[str, str]) -> None:
    """Write a file of keys that only its owner may read.

    Raises:
        FileExistsError, OSError
    """
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(keys, file, indent=1)
