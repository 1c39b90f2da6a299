"""Reasons in the access log: sealed, with a keyed hash that the chain holds in place of the text."""

import uuid
from dataclasses import dataclass

from tenants.encryption import blind_index, seal_column

COLUMN = "audit_accessentry.reason"


@dataclass(frozen=True)
class Reason:
    """A reason as it lies in an entry."""

    key: uuid.UUID | None
    content: bytes
    hash: str


NONE = Reason(None, b"", "")


def seal(text: str, *, key: uuid.UUID) -> Reason:
    """Seal a reason for the entries that carry this key."""
    return Reason(key, seal_column(text, column=COLUMN, row=key).content, hash_of(text, key=key))


def hash_of(text: str, *, key: uuid.UUID | None) -> str:
    """Hash a reason with the key of this schema that is never replaced; equal reasons are not seen to be equal."""
    return blind_index(f"{key}\0{text}", purpose="reason in the access log").hex() if key else ""
