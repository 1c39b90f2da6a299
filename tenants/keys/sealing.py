"""The sealed form of a value: version, key id, nonce, AES-256-GCM, bound to its place. Pure."""

import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
KEY_LENGTH = 32
KEY_ID_LENGTH = 16
NONCE_LENGTH = 12  # random, as in NIST SP 800-38D 8.2.2: a key may seal 2**32 values
HEADER_LENGTH = len(VERSION) + KEY_ID_LENGTH


class EncryptionError(RuntimeError):
    """A sealed value cannot be opened or made. Tells where, never what."""


class UnknownVersion(EncryptionError):
    """The value was not sealed by this version of the service, or is cut off, or was never sealed."""


class UnknownKey(EncryptionError):
    """The value was sealed with a key that this municipality does not have."""


class BadTag(EncryptionError):
    """The value was changed, or comes from another row, column or municipality."""


@dataclass(frozen=True)
class Key:
    """A key ready for use."""

    id: uuid.UUID
    cipher: AESGCM = field(repr=False)


def new_secret() -> bytes:
    """Make a random key."""
    return os.urandom(KEY_LENGTH)


def seal(content: bytes, *, key: Key, place: str) -> bytes:
    """Seal content so that it opens with this key at this place only."""
    header = VERSION + key.id.bytes
    nonce = os.urandom(NONCE_LENGTH)
    return header + nonce + key.cipher.encrypt(nonce, content, header + place.encode())


def unseal(sealed: bytes, *, find_key: Callable[[uuid.UUID], Key], place: str) -> bytes:
    """Open what was sealed for this place.

    Raises:
        UnknownVersion, BadTag; what `find_key` raises.
    """
    key = find_key(key_id_of(sealed))
    header, nonce = sealed[:HEADER_LENGTH], sealed[HEADER_LENGTH : HEADER_LENGTH + NONCE_LENGTH]
    try:
        return key.cipher.decrypt(nonce, sealed[HEADER_LENGTH + NONCE_LENGTH :], header + place.encode())
    except (InvalidTag, ValueError):  # ValueError: the nonce is cut off
        raise BadTag(place) from None


def key_id_of(sealed: bytes) -> uuid.UUID:
    """Read which key sealed a value.

    Raises:
        UnknownVersion
    """
    if sealed[:1] != VERSION or len(sealed) < HEADER_LENGTH:
        raise UnknownVersion
    return uuid.UUID(bytes=sealed[len(VERSION) : HEADER_LENGTH])
