"""What is due is said in one public table: added to by whoever has work, read by the console, nothing lost."""

from datetime import timedelta

import psycopg
import pytest
from django.db import ProgrammingError, transaction
from django.db.models import F

from tenants import due
from tenants.accounts.permissions import Role
from tenants.database.current import connection
from tenants.due import Due, Kind
from tenants.mail import outbox
from tenants.models import DueWork, Municipality
from tenants.scope import in_console, in_municipality
from tests import databases
from tests.conftest import NOON
from tests.people import person

LATER = NOON + timedelta(hours=1)


def take(*, at=NOON):
    with in_console():
        return due.take(at=at)


def rows():
    with in_console():
        return set(DueWork.objects.values_list("municipality__schema_name", "kind", "at"))


def time_passes_since_waking():
    with in_console():
        DueWork.objects.update(woken_at=F("woken_at") - timedelta(minutes=2))


# --- announcing ---------------------------------------------------------------------------------------------------


def test_what_a_municipality_announces_is_its_own_and_what_the_console_announces_nobodys(kaavi, tuusniemi):
    due.announce(Kind.MAIL, at=NOON)
    with in_municipality(tuusniemi):
        due.announce(Kind.SCAN, at=LATER)
    with in_console():
        due.announce(Kind.ROLES, at=NOON)

    assert rows() == {
        ("kaavi", "mail.deliver_due", NOON),
        ("tuusniemi", "documents.scan_waiting", LATER),
        (None, "people.take_effect", NOON),
    }


def test_a_municipality_cannot_announce_for_another_whatever_it_says(kaavi):
    with connection.cursor() as cursor:
        cursor.execute("select public.announce_due('mail.deliver_due', now(), 'tuusniemi')")

    assert {schema for schema, *_ in rows()} == {"kaavi"}


@pytest.mark.parametrize("statement", ["select * from", "delete from", "update {} set at = now() --", "insert into"])
def test_a_municipality_can_do_nothing_else_with_the_table(kaavi, statement):
    table = "public.tenants_duework"
    text = statement.format(table) if "{}" in statement else f"{statement} {table}"
    text += " default values" if statement.startswith("insert") else ""

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(text)


def test_a_role_that_is_no_municipalitys_announces_nothing(db):
    with databases.as_superuser(databases.BASE) as superuser, pytest.raises(psycopg.Error, match="has no work"):
        superuser.execute("select public.announce_due('mail.deliver_due', now(), 'kaavi')")


def test_what_is_taken_back_was_never_announced(kaavi):
    with transaction.atomic():
        due.announce(Kind.MAIL, at=NOON)
        transaction.set_rollback(True)

    assert rows() == set()


def test_those_who_announce_at_the_same_time_wait_for_nobody(own_database):
    """Two transactions announce the same, in either order; each commits without having seen the other."""
    with databases.as_superuser("suunta_test_own") as first, databases.as_superuser("suunta_test_own") as second:
        for one in (first, second):
            one.autocommit = False
            one.execute("set local lock_timeout = '1s'")
            one.execute("set local role t_kaavi")
            one.execute("select public.announce_due('mail.deliver_due', now(), '')")
        second.commit()
        first.commit()

    assert len(take(at=NOON + timedelta(days=3650))) == 1


# --- who announces ------------------------------------------------------------------------------------------------


def test_a_mail_is_announced_when_it_is_written(kaavi):
    context = {"path": "/x/", "expires_at": NOON}
    outbox.write("accounts/emails/invitation", to=person("Aino", Role.COORDINATOR), context=context, key="k", at=LATER)

    assert rows() == {("kaavi", "mail.deliver_due", LATER)}


def test_the_first_invitation_of_a_new_municipality_is_announced_by_whoever_makes_it(own_database):
    with databases.as_migrator(), connection.cursor() as cursor:
        cursor.execute("select public.announce_due('mail.deliver_due', now(), 'kaavi')")

    assert {schema for schema, *_ in rows()} == {"kaavi"}


# --- taking -------------------------------------------------------------------------------------------------------


def test_what_is_due_is_taken_once_the_oldest_first(kaavi, tuusniemi):
    due.announce(Kind.MAIL, at=NOON)
    due.announce(Kind.MAIL, at=NOON - timedelta(minutes=1))
    due.announce(Kind.MAIL, at=LATER)
    with in_municipality(tuusniemi):
        due.announce(Kind.MAIL, at=NOON - timedelta(minutes=5))

    assert take() == [
        Due(tuusniemi.pk, Kind.MAIL, NOON - timedelta(minutes=5)),
        Due(kaavi.pk, Kind.MAIL, NOON - timedelta(minutes=1)),
    ]
    assert take() == []


def test_what_was_taken_and_not_done_is_taken_again_after_a_while(kaavi):
    due.announce(Kind.MAIL, at=NOON)
    take()

    time_passes_since_waking()

    assert take() == [Due(kaavi.pk, Kind.MAIL, NOON)]


def test_what_is_announced_while_something_waits_is_not_taken_a_second_time(kaavi):
    due.announce(Kind.MAIL, at=NOON)
    take()
    due.announce(Kind.MAIL, at=NOON)

    assert take() == []


def test_a_municipality_that_is_not_in_use_waits(kaavi):
    due.announce(Kind.MAIL, at=NOON)
    with in_console():
        Municipality.objects.filter(pk=kaavi.pk).update(state=Municipality.State.FAILED)

    assert take() == []


def test_a_kind_that_this_version_does_not_know_waits_for_the_next_one(kaavi):
    with connection.cursor() as cursor:
        cursor.execute("select public.announce_due('letters.print', %s, '')", [NOON])
    due.announce(Kind.MAIL, at=NOON)

    assert [one.kind for one in take()] == [Kind.MAIL]


def test_where_there_is_no_scanner_what_waits_for_it_is_not_taken_and_not_late(kaavi, settings):
    settings.CLAMD_ADDRESS = ""
    due.announce(Kind.SCAN, at=NOON)

    assert take(at=LATER) == []
    with in_console():
        assert due.late(at=LATER) == {}


# --- settling -----------------------------------------------------------------------------------------------------


def test_what_is_done_is_struck_out_and_what_comes_next_is_announced(kaavi):
    due.announce(Kind.MAIL, at=NOON)
    announced = due.announced(Kind.MAIL, at=NOON)

    due.settle(announced, following={Kind.MAIL: LATER})

    assert rows() == {("kaavi", "mail.deliver_due", LATER)}


def test_what_is_announced_while_the_work_is_under_way_stays(kaavi):
    due.announce(Kind.MAIL, at=NOON)
    announced = due.announced(Kind.MAIL, at=NOON)
    due.announce(Kind.MAIL, at=NOON)

    due.settle(announced, following={})

    assert rows() == {("kaavi", "mail.deliver_due", NOON)}
    assert take() == [Due(kaavi.pk, Kind.MAIL, NOON)]


def test_a_neighbour_keeps_what_is_due_to_it(kaavi, tuusniemi):
    due.announce(Kind.MAIL, at=NOON)
    with in_municipality(tuusniemi):
        due.announce(Kind.MAIL, at=NOON)

    due.settle(due.announced(Kind.MAIL, at=NOON), following={})

    assert rows() == {("tuusniemi", "mail.deliver_due", NOON)}


def test_what_nobody_announced_is_announced_and_named(kaavi):
    due.announce(Kind.MAIL, at=LATER)

    following = {Kind.MAIL: NOON, Kind.SCAN: LATER}

    assert due.announce_missing(following) == following
    assert due.announce_missing(following) == {}
