"""The cache holds JSON: what goes in comes out the same, and nothing in it is run."""

import json
import os
import pickle
from datetime import date
from decimal import Decimal

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy

from tenants.caching import NotForTheCache
from tenants.scope import cache_key
from tests.people import PASSWORD, PortalClient


@pytest.fixture(autouse=True)
def _an_empty_cache(kaavi):
    cache.clear()
    yield
    cache.clear()


class Planted:
    """What an attacker would pickle: reading it makes a folder."""

    def __init__(self, place):
        self.place = str(place)

    def __reduce__(self):
        return os.mkdir, (self.place,)


@pytest.fixture
def valkey():
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        yield server


@pytest.mark.parametrize(
    "value", [0, 7, -3, True, False, 1.5, "", "käävi", "7", None, [1.5, 2.25], [], {"a": [1, {"b": None}]}]
)
def test_what_is_put_there_comes_back_the_same(value):
    cache.set("key", value)

    assert cache.get("key", "nothing") == value
    assert type(cache.get("key", "nothing")) is type(value)


@pytest.mark.parametrize(
    "value",
    [
        (1, 2),
        [(1, 2)],
        {1: "a"},
        {"a", "b"},
        b"bytes",
        date(2026, 11, 30),
        Decimal("1.00"),
        float("nan"),
        gettext_lazy("Save"),
        object(),
    ],
)
def test_what_would_not_come_back_the_same_is_refused_when_it_is_put(value):
    with pytest.raises(NotForTheCache):
        cache.set("key", value)
    with pytest.raises(NotForTheCache):
        cache.add("key", value)

    assert cache.get("key") is None


def test_numbers_can_be_counted_up():
    cache.set("tries", 1)

    assert cache.incr("tries") == 2
    assert cache.get("tries") == 2


def test_a_pickle_that_somebody_planted_is_not_loaded(valkey, tmp_path):
    cache.set("key", 1.5)
    valkey.set(cache.make_key("key"), pickle.dumps(Planted(tmp_path / "made")))

    with pytest.raises(UnicodeDecodeError):
        cache.get("key")

    assert not (tmp_path / "made").exists()


def test_a_pickle_of_the_release_before_is_not_found(valkey):
    valkey.set(cache_key("key", "", 1), pickle.dumps([1.0]))

    assert cache.get("key", "nothing") == "nothing"


def test_a_planted_pickle_is_not_loaded_by_signing_in(paula, valkey, tmp_path):
    visitor = PortalClient("kaavi.localhost", raise_request_exception=False)
    form = {"login": paula.email, "password": "wrong-wrong-wrong"}
    visitor.post("/account/login/", form)
    planted = valkey.keys("*allauth:rl:*")
    for key in planted:
        valkey.set(key, pickle.dumps(Planted(tmp_path / "made")))

    assert visitor.post("/account/login/", form).status_code == 500

    assert len(planted) >= 2
    assert not (tmp_path / "made").exists()


def test_all_that_signing_in_leaves_in_the_cache_is_json(paula, valkey):
    visitor = PortalClient("kaavi.localhost")
    visitor.post("/account/login/", {"login": paula.email, "password": "wrong-wrong-wrong"})
    visitor.post("/account/password/reset/", {"email": paula.email})
    visitor.post("/account/login/", {"login": paula.email, "password": PASSWORD})

    kept = {key: valkey.get(key) for key in valkey.keys("kaavi:*")}

    assert len(kept) >= 3
    assert [value for value in kept.values() if type(json.loads(value)) not in (int, str, list)] == []
