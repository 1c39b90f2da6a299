"""Addresses of rows, remembered: a list asks for hundreds, and the resolver is slow."""

import uuid
from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=50_000)
def address(name: str, *keys: str | uuid.UUID) -> str:
    """Answer where a page of the portal is, by its name and the keys in it."""
    return reverse(name, args=keys)
