"""A round over many: one that fails stops no other, and the end says how many failed, and which."""

import pytest

from tenants import rounds
from tenants.accounts.models import User
from tenants.rounds import MOST_NAMED, Round, SomeFailed
from tenants.scope import in_municipality
from tests.faults.line import cut, fault_at


class ServerAway(Exception):
    pass


class TimeIsUp(Exception):
    pass


def work(numbers, *, bad=(), error=ValueError, stopped_by=()):
    done, everything = [], Round(stopped_by=stopped_by)
    for number in numbers:
        with everything.turn(f"row {number}"):
            if number in bad:
                raise error("070770-905D")
            done.append(number)
            everything.count += 1
    return done, everything


def test_when_none_fails_the_end_answers_the_count():
    done, everything = work(range(3))

    assert (done, everything.end()) == ([0, 1, 2], 3)


def test_one_that_fails_stops_no_other_and_the_end_says_how_many_and_which_but_not_what_was_in_it():
    done, everything = work(range(4), bad={0, 2})

    with pytest.raises(SomeFailed) as failure:
        everything.end()
    assert done == [1, 3]
    assert str(failure.value) == "2 of 4 failed: row 0 (ValueError), row 2 (ValueError)"
    assert (failure.value.count, failure.value.tried) == (2, 4)


def test_what_concerns_all_ends_the_round():
    with pytest.raises(ServerAway):
        work(range(4), bad={1}, error=ServerAway, stopped_by=(ServerAway,))


def test_what_ends_the_process_ends_every_round(monkeypatch):
    monkeypatch.setattr(rounds, "_ends_the_process", {TimeIsUp})

    with pytest.raises(TimeIsUp):
        work(range(4), bad={1}, error=TimeIsUp)


def test_a_worker_whose_time_is_up_is_not_taken_for_one_bad_row():
    from celery.exceptions import SoftTimeLimitExceeded

    import tasks.app  # noqa: F401

    with pytest.raises(SoftTimeLimitExceeded):
        work(range(4), bad={1}, error=SoftTimeLimitExceeded)


def test_a_round_of_rounds_says_what_failed_within():
    everything = Round()
    with everything.turn("kaavi"):
        work(range(3), bad={1})[1].end()

    with pytest.raises(SomeFailed, match=r"1 of 1 failed: kaavi \(1 of 3 failed: row 1 \(ValueError\)\)"):
        everything.end()


def test_of_very_many_only_some_are_named():
    _done, everything = work(range(100), bad=set(range(50)))

    with pytest.raises(SomeFailed) as failure:
        everything.end()
    assert failure.value.which.count("row") == MOST_NAMED
    assert failure.value.which.endswith(", and 30 more")


def test_whoever_loses_the_connection_leaves_the_next_one_a_new_one(own_database):
    everything = Round()
    for schema in ("kaavi", "tuusniemi"):
        with everything.turn(schema), in_municipality(schema), fault_at(1 if schema == "kaavi" else 0, (cut,)):
            everything.count += User.objects.count() + 1

    with pytest.raises(SomeFailed, match=r"^1 of 2 failed: kaavi \(\w+\)$"):
        everything.end()
    assert everything.count == 1
