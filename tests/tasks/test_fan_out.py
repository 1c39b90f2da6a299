"""Fanning out on a real broker: one message per municipality in use, apart from each other, worthless when late."""

import base64
import itertools
import json
from datetime import datetime

import pytest
from django.utils import timezone

from tasks.fan_out import each_municipality
from tenants.models import Municipality
from tenants.scope import in_console


def messages(broker):
    return [json.loads(raw) for raw in reversed(broker.lrange("celery", 0, -1))]


def arguments(message):
    return json.loads(base64.b64decode(message["body"]))[1]


def ids_in_use():
    with in_console():
        in_use = Municipality.objects.filter(state=Municipality.State.ACTIVE).order_by("pk")
        return list(in_use.values_list("pk", flat=True))


def test_each_municipality_gets_a_task_of_its_own(broker):
    assert each_municipality(task="mail.deliver_due", within=20) == 4

    assert [message["headers"]["task"] for message in messages(broker)] == ["mail.deliver_due"] * 4
    assert [arguments(message) for message in messages(broker)] == [{"municipality_id": key} for key in ids_in_use()]


def test_a_municipality_that_is_not_in_use_gets_none(broker):
    with in_console():
        Municipality.objects.filter(schema_name="kaavi").update(state=Municipality.State.FAILED)

    assert each_municipality(task="mail.deliver_due", within=20) == 3

    assert len(ids_in_use()) == 3
    assert [arguments(message)["municipality_id"] for message in messages(broker)] == ids_in_use()


def test_a_task_that_is_told_the_day_is_told_the_day_in_finland(broker):
    each_municipality(task="reminders.queue_due", within=3600, with_day=True)

    assert {arguments(message)["on"] for message in messages(broker)} == {timezone.localdate().isoformat()}


@pytest.mark.parametrize(("within", "apart"), [(20, 0.2), (0.8, 0.1)])
def test_tasks_start_apart_and_before_the_next_alarm(broker, within, apart):
    each_municipality(task="mail.deliver_due", within=within)

    starts = [datetime.fromisoformat(message["headers"]["eta"]) for message in messages(broker)[1:]]
    gaps = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(starts)]
    assert gaps == pytest.approx([apart] * len(gaps), abs=0.05)


def test_a_task_expires_when_the_next_alarm_has_come(broker):
    before = timezone.now()
    each_municipality(task="mail.deliver_due", within=20)

    ends = [datetime.fromisoformat(message["headers"]["expires"]) for message in messages(broker)]
    assert all(20 <= (end - before).total_seconds() < 22 for end in ends)
