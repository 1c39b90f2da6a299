import pytest
from django.contrib.auth.hashers import make_password

from tests import people


@pytest.fixture(autouse=True)
def _quick_hashes(settings, monkeypatch) -> None:
    """Hashing is slow on purpose, and these tests sign in a lot."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(people, "_hashed_password", lambda: make_password(people.PASSWORD))
