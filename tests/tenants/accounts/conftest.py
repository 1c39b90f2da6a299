import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache

from tests import people


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    """Forget the attempts and used codes that earlier tests left in the cache."""
    cache.clear()


@pytest.fixture(autouse=True)
def _quick_hashes(settings, monkeypatch) -> None:
    """Hashing is slow on purpose, and these tests sign in a lot."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(people, "_hashed_password", lambda: make_password(people.PASSWORD))
