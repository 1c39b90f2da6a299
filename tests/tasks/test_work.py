"""Work is woken when it is due: one message for each side and kind, done once, and followed by what is due next."""

import base64
import json
import logging
from datetime import datetime, timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from tasks import work
from tasks.mail import deliver_due, deliver_due_on_console, reconcile
from tasks.people import take_effect
from tasks.reminders import queue_due
from tenants import due
from tenants.accounts.permissions import Role
from tenants.due import Kind
from tenants.mail import outbox
from tenants.mail.conversation import Unreachable
from tenants.mail.models import OutgoingEmail
from tenants.models import DueWork, JobRun
from tenants.rounds import SomeFailed
from tenants.scope import in_console
from tests.conftest import NOON
from tests.databases import as_superuser
from tests.mail_server import point_to, received
from tests.people import person

CONTEXT = {"path": "/x/", "expires_at": NOON}


def write_to(name, role=Role.COORDINATOR, *, at=NOON):
    return outbox.write("accounts/emails/invitation", to=person(name, role), context=CONTEXT, key=name, at=at)


def messages(broker, queue):
    """What waits in a queue: the task, what it is told, and its headers."""
    found = [json.loads(raw) for raw in reversed(broker.lrange(queue, 0, -1))]
    return [(one["headers"]["task"], json.loads(base64.b64decode(one["body"]))[1], one["headers"]) for one in found]


def announced():
    with in_console():
        return set(DueWork.objects.values_list("municipality__schema_name", "kind", "at"))


# --- waking -------------------------------------------------------------------------------------------------------


def test_where_nothing_is_due_nothing_is_sent(broker, kaavi):
    due.announce(Kind.MAIL, at=NOON + timedelta(days=1))

    assert work.wake() == 0

    assert broker.keys() == []


def test_each_kind_goes_to_its_queue_and_knows_its_municipality_and_its_day(broker, kaavi, settings):
    settings.CLAMD_ADDRESS = "127.0.0.1:3310"
    for kind in Kind:
        due.announce(kind, at=NOON)
    with in_console():
        due.announce(Kind.MAIL, at=NOON)

    assert work.wake() == 8

    one = {"municipality_id": kaavi.pk}
    assert {(task, str(told)) for task, told, _ in messages(broker, "mail")} == {
        ("mail.deliver_due", str(one)),
        ("mail.reconcile", str(one)),
        ("mail.deliver_due_on_console", "{}"),
    }
    assert [(task, told) for task, told, _ in messages(broker, "reminders")] == [
        ("reminders.queue_due", {**one, "on": "2026-11-23"})
    ]
    assert [(task, told) for task, told, _ in messages(broker, "documents")] == [
        ("documents.scan_waiting", one),
        ("letters.read_waiting", one),
    ]
    assert {task for task, _, _ in messages(broker, "celery")} == {"people.take_effect", "leftovers.prune"}


def test_a_message_is_not_thrown_away_because_its_queue_is_long(broker, kaavi):
    """Before, a message was worthless after twenty seconds: in overload mail was never delivered."""
    due.announce(Kind.MAIL, at=NOON)
    work.wake()

    ((_, _, headers),) = messages(broker, "mail")
    assert datetime.fromisoformat(headers["expires"]) - timezone.now() > timedelta(minutes=14)
    assert headers["eta"] is None


def test_nobody_is_woken_to_scan_where_there_is_no_scanner(broker, kaavi, settings):
    settings.CLAMD_ADDRESS = ""
    due.announce(Kind.SCAN, at=NOON)

    assert work.wake() == 0


# --- a turn -------------------------------------------------------------------------------------------------------


def test_what_is_done_is_due_no_more(broker, kaavi, mail_server):
    write_to("Aino")

    assert deliver_due(municipality_id=kaavi.pk) == 1

    assert announced() == set()
    assert work.wake() == 0


def test_a_mail_that_the_server_did_not_take_is_due_again_when_its_wait_is_over(kaavi, mail_server):
    write_to("Aino")
    later = write_to("Bertta", at=NOON + timedelta(hours=2))

    deliver_due(municipality_id=kaavi.pk)

    assert ("kaavi", "mail.deliver_due", later.due_at) in announced()


def test_a_turn_that_fails_is_woken_again(kaavi, settings):
    point_to(settings, 1)  # nobody listens
    write_to("Aino")

    with pytest.raises(Unreachable):
        deliver_due(municipality_id=kaavi.pk)

    assert announced() == {("kaavi", "mail.deliver_due", NOON)}


def test_a_mail_whose_fate_is_unclear_is_looked_up_when_its_lease_is_over(kaavi, mail_server, settings):
    write_to("Aino")
    OutgoingEmail.objects.update(state=OutgoingEmail.State.UNKNOWN, lease_until=Now() + timedelta(seconds=30))

    deliver_due(municipality_id=kaavi.pk)

    ((_, kind, at),) = announced()
    assert kind == "mail.reconcile"
    assert timedelta(seconds=20) < at - timezone.now() <= timedelta(seconds=30) + settings.MAIL_GRACE


def test_what_is_found_out_not_to_be_sent_is_sent(kaavi, mail_server):
    write_to("Aino")
    OutgoingEmail.objects.update(state=OutgoingEmail.State.UNKNOWN, lease_until=Now() - timedelta(minutes=5))

    assert reconcile(municipality_id=kaavi.pk) == 1

    assert {kind for _, kind, at in announced() if at <= timezone.now()} == {"mail.deliver_due"}


def test_what_stays_unclear_is_looked_up_once_a_minute(kaavi, mail_server, settings, monkeypatch):
    write_to("Aino")
    OutgoingEmail.objects.update(state=OutgoingEmail.State.UNKNOWN, lease_until=Now() - timedelta(minutes=5))
    monkeypatch.setattr("tenants.mail.delivery.is_server_reachable", lambda: False)

    reconcile(municipality_id=kaavi.pk)

    ((_, _, at),) = {row for row in announced() if row[1] == "mail.reconcile"}
    assert timedelta(seconds=50) < at - timezone.now() <= timedelta(minutes=1)


def test_the_console_has_mails_of_its_own(mail_server, kaavi, console):
    write_to("Oiva", Role.OPERATOR)

    assert deliver_due_on_console() == 1

    assert announced() == set()
    assert len(received(mail_server)) == 1


@pytest.mark.parametrize(
    ("now", "next_one"),
    [
        ("2026-11-23 05:00", "2026-11-23 06:30"),
        ("2026-11-23 06:30", "2026-11-23 07:30"),
        ("2026-11-23 20:31", "2026-11-24 06:30"),
        ("2027-03-27 23:00", "2027-03-28 06:30"),  # the night in which an hour is missing
        ("2027-10-30 23:00", "2027-10-31 06:30"),  # the night in which an hour comes twice
    ],
)
def test_reminders_are_due_at_half_past_of_every_hour_of_the_day(now, next_one):
    at, expected = (timezone.make_aware(datetime.fromisoformat(text)) for text in (now, next_one))

    assert work.WORK[Kind.REMINDERS].next_due(at) == expected


def test_reminders_are_due_again_after_they_were_written(kaavi):
    queue_due(municipality_id=kaavi.pk, on="2026-11-23")

    ((_, kind, at),) = announced()
    assert (kind, at) == ("reminders.queue_due", NOON + timedelta(minutes=30))


def test_a_turn_asks_the_database_little(kaavi, django_assert_max_num_queries):
    with django_assert_max_num_queries(21):
        take_effect(municipality_id=kaavi.pk)


# --- the belt -----------------------------------------------------------------------------------------------------


def test_whatever_nobody_announced_is_found_and_told_in_the_log(kaavi, caplog):
    write_to("Aino")
    with in_console():
        DueWork.objects.all().delete()

    with caplog.at_level(logging.WARNING, "tasks.work"):
        work.look_everywhere()

    assert ("kaavi", "mail.deliver_due", NOON) in announced()
    assert "Nobody had announced mail.deliver_due in kaavi." in caplog.messages


def test_every_municipality_has_its_clockwork_after_the_belt_and_the_belt_finds_nothing_more(db):
    assert work.look_everywhere() == 2 * 4 + 1  # reminders and leftovers of four, leftovers of the console

    assert work.look_everywhere() == 0
    with in_console():
        assert JobRun.objects.filter(name="work.look_everywhere", error="").exists()


def test_one_broken_municipality_keeps_no_other_from_being_asked(own_database):
    with as_superuser("suunta_test_own") as superuser:
        superuser.execute("ALTER TABLE rautavaara.mail_outgoingemail RENAME TO lost")

    with pytest.raises(SomeFailed, match=r"1 of 5 failed: rautavaara \(ProgrammingError\)"):
        work.look_everywhere()

    assert {schema for schema, *_ in announced()} == {None, "kaavi", "tuusniemi", "varkaus"}
