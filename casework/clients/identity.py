"""How a client is found by the identity code, which itself is sealed: a keyed hash of it."""

from tenants import identity_code
from tenants.encryption import blind_index


def identity_index(code: str) -> bytes:
    """Hash an identity code the way clients are found by it; the separator is part of it."""
    return blind_index(identity_code.normalise(code), purpose="client.identity_code")
