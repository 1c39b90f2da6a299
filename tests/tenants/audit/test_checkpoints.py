"""Old entries leave by rule only behind a sealed checkpoint, and by nobody but the migrator."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError

from tenants.accounts.models import User
from tenants.audit import access_log, checking, checkpoints, rules, sealing
from tenants.audit.access_log import Subject
from tenants.audit.checking import Fault
from tenants.audit.models import AccessEntry, Seal
from tenants.database.current import connection
from tenants.scope import in_municipality
from tests import databases
from tests.people import person

LONG_AFTER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def written(own_database) -> None:
    """Six entries in Kaavi's log, sealed at three and at six."""
    with in_municipality("kaavi"):
        aino = person("Aino")
        for number in range(1, 7):
            look(aino, number)
            if number in {3, 6}:
                sealing.seal_head()


def look(by: User, number: int) -> None:
    subject = Subject("case", f"2026-{number:04}")
    access_log.record(by=by, action="case.seen", subjects=[subject], reason="Aino is ill today.")


def remove_until(number: int) -> int:
    """Remove the entries up to one as the migrator, who may."""
    with in_municipality("kaavi"):
        after = AccessEntry.objects.get(subject=f"2026-{number:04}").at
    with databases.as_migrator(), in_municipality("kaavi"):
        return checkpoints.remove_before(after + timedelta(microseconds=1))


def as_superuser(statement: str) -> None:
    with databases.as_superuser("suunta_test_own") as superuser:
        superuser.execute(f"set search_path = kaavi; {statement}")


def test_entries_that_leave_behind_a_checkpoint_are_no_break(written):
    assert remove_until(4) == 4

    with in_municipality("kaavi"):
        report = checking.check()
        assert (report.findings, report.entries, AccessEntry.objects.count()) == ([], 6, 2)
        look(User.objects.get(), 7)
        assert sealing.seal_head() == 1
        assert checking.check().is_whole
        assert Seal.objects.latest("number").entries == 7


def test_entries_leave_again_and_again_and_the_newest_stays(written):
    assert remove_until(2) == 2
    assert remove_until(4) == 2
    with databases.as_migrator(), in_municipality("kaavi"):
        assert [checkpoints.remove_before(LONG_AFTER), checkpoints.remove_before(LONG_AFTER)] == [1, 0]

    with in_municipality("kaavi"):
        assert AccessEntry.objects.get().subject == "2026-0006"
        assert checking.check().is_whole


def test_what_is_changed_after_a_checkpoint_is_found(written):
    remove_until(4)
    as_superuser("delete from audit_accessentry where subject = '2026-0005'")

    with in_municipality("kaavi"):
        assert Fault.ENTRY in {found.fault for found in checking.check().findings}


def test_without_its_checkpoint_the_log_is_broken(written):
    remove_until(4)
    as_superuser("delete from audit_seal where kind = 'checkpoint'")

    with in_municipality("kaavi"):
        assert Fault.ENTRY in {found.fault for found in checking.check().findings}


def test_nothing_leaves_a_log_that_is_not_whole(written):
    as_superuser("update audit_accessentry set actor_name = 'Bertta' where subject = '2026-0005'")

    with pytest.raises(checkpoints.NotWhole):
        remove_until(2)

    with in_municipality("kaavi"):
        assert AccessEntry.objects.count() == 6
        assert not Seal.objects.filter(kind="checkpoint").exists()


def test_the_application_itself_removes_nothing(written):
    with in_municipality("kaavi"):
        with pytest.raises(DatabaseError, match="permission denied"):
            checkpoints.remove_before(LONG_AFTER)
        assert AccessEntry.objects.count() == 6
        assert checking.check().is_whole


def test_names_in_entries_of_the_first_rule_are_proven_after_a_checkpoint_as_well(written):
    """Their digests do not hold them: a seal over all names does, and one over those that are left."""
    as_superuser("update audit_accessentry set version = 1 where id <= 5")
    with databases.as_migrator(), in_municipality("kaavi"):
        chain_by_the_first_rule()
    remove_until(2)
    with in_municipality("kaavi"):
        assert checking.check().is_whole

    as_superuser("update audit_accessentry set actor_name = 'Bertta' where subject = '2026-0003'")

    with in_municipality("kaavi"):
        assert [found.fault for found in checking.check().findings] == [Fault.NAME]


def chain_by_the_first_rule() -> None:
    """Make the log one that was written before the second rule, sealed as migration 0005 seals it."""
    with connection.cursor() as cursor:
        cursor.execute("delete from audit_seal")
    names, previous = rules.Names(), ""
    for entry in AccessEntry.objects.order_by("id"):
        entry.previous = previous
        entry.digest = previous = rules.digest_of(entry, reason=entry.reason)
        names.add(entry)
        with connection.cursor() as cursor:
            statement = "update audit_accessentry set previous = %s, digest = %s where id = %s"
            cursor.execute(statement, [entry.previous, entry.digest, entry.pk])
    sealing.seal(Seal.Kind.NAMES, names=names.digest())
