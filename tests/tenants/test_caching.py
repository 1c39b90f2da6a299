"""What is remembered for minutes lies as JSON in the database of its side: it outlives Valkey, nothing of it is run."""

import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.utils.translation import gettext_lazy

from tenants.caching.backend import forget_expired
from tenants.caching.models import CachedValue
from tenants.caching.values import NotForTheCache
from tenants.scope import in_console, in_municipality
from tests.people import PASSWORD
from tests.tenants.accounts.signing_in import SECOND_STEP, browser_at, give_phone, is_in, type_password

PATIENCE = 30.0  # seconds
LONG = timedelta(days=1)


@pytest.fixture
def _here(kaavi) -> None:
    """Stand in Kaavi."""


def let_pass(over: timedelta) -> None:
    """Let time pass for all that is remembered."""
    CachedValue.objects.update(until=F("until") - over)


@pytest.mark.usefixtures("_here")
class TestValues:
    @pytest.mark.parametrize(
        "value", [0, 7, -3, True, False, 1.5, "", "käävi", "7", [1.5, 2.25], [], {"a": [1, {"b": None}]}]
    )
    def test_what_is_put_there_comes_back_the_same(self, value):
        cache.set("key", value)

        assert cache.get("key", "nothing") == value
        assert type(cache.get("key", "nothing")) is type(value)

    def test_nothing_is_a_value(self):
        cache.set("key", None)

        assert cache.get("key", "nothing") is None

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
    def test_what_would_not_come_back_the_same_is_refused_when_it_is_put(self, value):
        with pytest.raises(NotForTheCache):
            cache.set("key", value)
        with pytest.raises(NotForTheCache):
            cache.add("key", value)

        assert cache.get("key") is None

    def test_a_pickle_that_somebody_planted_is_not_loaded(self):
        cache.set("key", 1.5)
        CachedValue.objects.update(value=pickle.dumps([1.5], protocol=0).decode())

        with pytest.raises(ValueError, match="Expecting value"):
            cache.get("key")


@pytest.mark.usefixtures("_here")
class TestLifetimes:
    def test_a_value_is_forgotten_when_its_time_is_over(self):
        cache.set("key", 1, timeout=60)
        let_pass(timedelta(seconds=59))
        assert cache.get("key") == 1

        let_pass(timedelta(seconds=1))

        assert cache.get("key") is None
        assert "key" not in cache

    def test_what_is_there_is_not_added_again_until_its_time_is_over(self):
        assert cache.add("key", 1, timeout=60)
        assert not cache.add("key", 2, timeout=60)

        let_pass(timedelta(seconds=60))

        assert cache.add("key", 3, timeout=60)
        assert cache.get("key") == 3

    def test_a_value_may_have_no_end(self):
        cache.set("key", 1, timeout=None)
        let_pass(LONG)

        assert cache.get("key") == 1
        assert not cache.add("key", 2)

    def test_a_value_whose_time_is_touched_lives_on(self):
        cache.set("key", 1, timeout=60)

        assert cache.touch("key", timeout=600)
        let_pass(timedelta(seconds=599))

        assert cache.get("key") == 1
        assert not cache.touch("other")

    def test_what_is_taken_away_is_gone(self):
        cache.set("key", 1)

        assert cache.delete("key")
        assert not cache.delete("key")
        assert cache.get("key") is None

    def test_what_is_over_for_an_hour_is_swept_away(self):
        cache.set("old", 1, timeout=60)
        over: Any = CachedValue.objects.get().until
        cache.set("young", 1, timeout=120)
        cache.set("lasting", 1, timeout=None)

        assert forget_expired(at=over + timedelta(minutes=60)) == 0
        assert forget_expired(at=over + timedelta(minutes=60, seconds=1)) == 1

        assert cache.get_many(["old", "young", "lasting"]) == {"young": 1, "lasting": 1}


def test_a_municipality_and_the_console_remember_apart(kaavi, tuusniemi):
    with in_municipality(kaavi):
        cache.set("key", "kaavi")
    with in_municipality(tuusniemi):
        assert cache.get("key") is None
        assert cache.add("key", "tuusniemi")
    with in_console():
        assert cache.get("key") is None
    with in_municipality(kaavi):
        assert cache.get("key") == "kaavi"


def test_of_two_who_add_at_the_same_time_one_does(own_database):
    start = Barrier(2, timeout=PATIENCE)

    def add(number: int) -> bool:
        with in_municipality("kaavi"):
            start.wait()
            done = cache.add("key", number)
        connection.close()
        return done

    for _round in range(20):
        with in_municipality("kaavi"):
            cache.clear()
        with ThreadPoolExecutor(2) as both:
            assert sorted(both.map(add, [1, 2])) == [False, True]


@pytest.fixture
def valkey():
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        yield server


def test_a_used_code_stays_used_when_valkey_is_wiped(paula, valkey):
    code = give_phone(paula).code()
    type_password(first := browser_at("kaavi"), paula.email)
    assert first.post(SECOND_STEP, {"code": code}).status_code == 302

    valkey.flushall()

    type_password(again := browser_at("kaavi"), paula.email)
    assert again.post(SECOND_STEP, {"code": code}).status_code == 200
    assert not is_in(again)


@pytest.fixture
def _without_valkey(monkeypatch) -> None:
    def refused(*_args: object, **_options: object) -> None:
        raise redis.ConnectionError("Connection refused.")

    monkeypatch.setattr(redis.connection.AbstractConnection, "connect", refused)


@pytest.mark.usefixtures("_without_valkey")
def test_without_valkey_people_sign_in_and_guessing_is_stopped(paula, valkey):
    with pytest.raises(redis.ConnectionError):
        valkey.ping()
    phone = give_phone(paula)
    type_password(visitor := browser_at("kaavi"), paula.email)
    assert visitor.post(SECOND_STEP, {"code": phone.code()}).headers["Location"] == "/"

    form = {"login": paula.email, "password": "wrong-wrong-wrong"}
    tried = [browser_at("kaavi").post("/account/login/", form).status_code for _ in range(6)]

    assert CachedValue.objects.exists()
    assert tried[:5] == [200] * 5
    refused = browser_at("kaavi").post("/account/login/", {"login": paula.email, "password": PASSWORD})
    assert refused.status_code == 200  # the right one, too


def test_what_signing_in_leaves_names_nobody_and_is_json(paula):
    visitor = browser_at("kaavi")
    for path, typed in (
        ("login", {"login": paula.email, "password": "wrong-wrong-wrong"}),
        ("password/reset", {"email": paula.email}),
        ("login", {"login": paula.email, "password": PASSWORD}),
    ):
        visitor.post(f"/account/{path}/", typed, REMOTE_ADDR="198.51.100.7")

    kept = list(CachedValue.objects.all())

    assert len(kept) >= 3
    assert [one for one in kept if type(json.loads(one.value)) not in (int, str, list)] == []
    assert {len(one.key) for one in kept} == {64}
    assert not any(word in one.value for one in kept for word in ("198.51", paula.email, str(paula.pk)))
