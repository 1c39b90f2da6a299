"""What a superuser of the database does to the log is found, when it is older than the last seal (promise 14)."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.rows import namedtuple_row

from tenants.audit import anchors, checking, rules
from tenants.audit.anchors import Anchor
from tenants.audit.checking import Fault
from tenants.audit.models import AccessEntry, Seal

COLUMNS = "version, at, actor, actor_name, roles, action, subject_kind, subject, reason_key, reason, reason_hash, route"
COLUMNS += ", request_id, previous, digest"

# --- what an attacker does -----------------------------------------------------------------------------------------


def editing(column: str, value: Any):
    return lambda superuser: superuser.execute(
        f"update audit_accessentry set {column} = %s where subject = '2026-0006'", [value]
    )


def removing(condition: str):
    return lambda superuser: superuser.execute(f"delete from audit_accessentry where {condition}")


def removing_seals(condition: str):
    return lambda superuser: superuser.execute(f"delete from audit_seal where {condition}")


def take_the_reason_away(superuser: psycopg.Connection) -> None:
    superuser.execute("update audit_accessentry set reason_key = null, reason = '', reason_hash = ''")


def swap_reasons(superuser: psycopg.Connection) -> None:
    """Let one entry tell what was sealed for another."""
    superuser.execute(
        "update audit_accessentry one set reason = other.reason from audit_accessentry other"
        " where one.subject = '2026-0002' and other.subject = '2026-0006'"
    )


def insert(superuser: psycopg.Connection) -> None:
    """Move what follows by one and put an entry in between, with the digest of the one before."""
    superuser.execute("update audit_accessentry set id = id + 1000 where subject > '2026-0005'")
    superuser.execute(
        f"insert into audit_accessentry (id, {COLUMNS}) overriding system value"
        f" select id + 500, {COLUMNS} from audit_accessentry where subject = '2026-0005'"
    )


def reorder(superuser: psycopg.Connection) -> None:
    """Let two entries change places."""
    [(five,), (six,)] = superuser.execute(
        "select id from audit_accessentry where subject in ('2026-0005', '2026-0006') order by id"
    ).fetchall()
    for before, after in ((five, -1), (six, five), (-1, six)):
        superuser.execute("update audit_accessentry set id = %s where id = %s", [after, before])


def rewrite(superuser: psycopg.Connection) -> None:
    """Give what Aino did to Bertta, and every entry the digest that it must have then."""
    superuser.execute("update audit_accessentry set actor_name = 'Bertta', actor = %s", [uuid.uuid4()])
    previous = ""
    with superuser.cursor(row_factory=namedtuple_row) as cursor:
        entries: list[Any] = cursor.execute(f"select id, {COLUMNS} from audit_accessentry order by id").fetchall()
    for entry in entries:
        linked = entry._replace(previous=previous)
        previous = rules.digest_of(linked, reason="")
        superuser.execute(
            "update audit_accessentry set previous = %s, digest = %s where id = %s",
            [linked.previous, previous, entry.id],
        )


def rewrite_with_seals(superuser: psycopg.Connection) -> None:
    """Write all anew, and let the seals stand for what is there now; only their proof cannot be made."""
    rewrite(superuser)
    superuser.execute(
        "update audit_seal set head = digest from audit_accessentry where audit_accessentry.id = last_entry"
    )


def rewrite_without_seals(superuser: psycopg.Connection) -> None:
    """Write all anew and remove every seal, so that the next one stands for the lie."""
    rewrite(superuser)
    superuser.execute("delete from audit_seal")


def cut_off_with_seals(superuser: psycopg.Connection) -> None:
    """Set the log back to its first seal."""
    superuser.execute("delete from audit_accessentry where subject > '2026-0004'")
    superuser.execute("delete from audit_seal where number > 1")


def repeat_an_older_seal(superuser: psycopg.Connection) -> None:
    """Remove the end, and let an older seal be the newest."""
    superuser.execute("delete from audit_accessentry where subject > '2026-0004'")
    superuser.execute(
        "update audit_seal newer set kind = older.kind, last_entry = older.last_entry, entries = older.entries,"
        " head = older.head, names = older.names, at = older.at, key_id = older.key_id, mac = older.mac"
        " from audit_seal older where older.number = 1 and newer.number > 1"
    )


def forge_a_checkpoint(superuser: psycopg.Connection) -> None:
    """Remove the beginning, and say that it left by rule."""
    superuser.execute("update audit_seal set kind = 'checkpoint' where number = 1")
    superuser.execute("delete from audit_accessentry where subject <= '2026-0004'")


EDITS = {
    "at": datetime(2020, 1, 1, tzinfo=UTC),
    "actor": uuid.UUID(int=1),
    "actor_name": "Bertta",
    "roles": "supervisor",
    "action": "case.listed",
    "subject_kind": "client",
    "subject": "2026-0099",
    "reason": b"\x01 another",
    "reason_hash": "0" * 64,
    "reason_key": uuid.UUID(int=2),
    "route": "elsewhere",
    "request_id": "another",
    "previous": "0" * 64,
    "digest": "0" * 64,
    "version": 7,
}
ATTACKS = {
    "an edit": editing("actor_name", "Bertta"),
    "no reason any more": take_the_reason_away,
    "another's reason": swap_reasons,
    "deleted in the middle": removing("subject = '2026-0006'"),
    "deleted at the beginning": removing("subject <= '2026-0002'"),
    "the newest deleted": removing("subject >= '2026-0010'"),
    "all deleted": removing("true"),
    "an insert": insert,
    "another order": reorder,
    "the whole chain written anew": rewrite,
    "chain and seals written anew": rewrite_with_seals,
    "chain written anew, no seals": rewrite_without_seals,
    "log and seals set back": cut_off_with_seals,
    "an older seal again": repeat_an_older_seal,
    "a forged checkpoint": forge_a_checkpoint,
    "a seal removed": removing_seals("number = 2"),
    "a seal changed": lambda superuser: superuser.execute("update audit_seal set entries = 9 where number = 3"),
    "a seal's moment changed": lambda superuser: superuser.execute("update audit_seal set at = at - interval '1 day'"),
}


# --- it is found ---------------------------------------------------------------------------------------------------


def faults() -> set[Fault]:
    return {found.fault for found in checking.check().findings}


def test_nothing_is_found_in_a_log_that_nobody_touched(log):
    report = checking.check(elsewhere=anchors.in_process_log(log.lines))

    assert (report.findings, report.entries, report.unsealed) == ([], 12, 2)
    assert len(log.lines) == 3


@pytest.mark.parametrize("attacked", ATTACKS)
def test_an_attack_on_what_is_sealed_is_found(log, attack, attacked):
    attack(ATTACKS[attacked])

    assert not checking.check().is_whole


@pytest.mark.parametrize("column", EDITS)
def test_an_edit_of_any_column_is_found(log, attack, column):
    attack(editing(column, EDITS[column]))

    assert faults() & {Fault.ENTRY, Fault.REASON}


def test_every_column_is_tried():
    assert {*EDITS, "id"} == {field.attname for field in AccessEntry._meta.concrete_fields}


@pytest.mark.parametrize("column", [field.attname for field in Seal._meta.concrete_fields if field.attname != "number"])
def test_an_edit_of_any_column_of_a_seal_is_found(log, attack, column):
    other = {"last_entry": 1, "entries": 1, "at": datetime(2020, 1, 1, tzinfo=UTC)}.get(column, "x")
    attack(lambda superuser: superuser.execute(f"update audit_seal set {column} = %s where number = 2", [other]))

    assert faults() & {Fault.SEAL, Fault.KEY}


def test_the_neighbours_seal_proves_nothing_here(log):
    seal = Seal.objects.get(number=1)

    assert rules.message_of(seal, schema="kaavi") != rules.message_of(seal, schema="tuusniemi")


def test_a_character_cannot_move_from_one_column_into_the_next():
    """The first rule parted values by a character that a text may hold."""
    assert rules.in_lengths(["a\x1fb", "c"]) != rules.in_lengths(["a", "b\x1fc"])


def test_without_any_seal_what_waits_too_long_for_one_is_found(log, attack, monkeypatch):
    attack(removing_seals("true"))
    monkeypatch.setattr(checking, "LATE", timedelta(0))

    assert faults() == {Fault.UNSEALED}


# --- with what stands elsewhere --------------------------------------------------------------------------------------


def cut_off_with_mails(superuser: psycopg.Connection) -> None:
    """Set the log back to its first seal and remove the mails that tell of more from the outbox."""
    cut_off_with_seals(superuser)
    superuser.execute("delete from mail_outgoingemail")


def test_a_log_that_was_set_back_with_its_seals_and_mails_looks_whole_from_inside(log, attack):
    """The limit: inside the database nothing is left that could tell."""
    attack(cut_off_with_mails)

    assert checking.check().is_whole


def test_the_process_log_tells_that_it_was_set_back(log, attack):
    attack(cut_off_with_mails)

    report = checking.check(elsewhere=anchors.in_process_log(log.lines))

    assert [found.fault for found in report.findings] == [Fault.ANCHOR]


def test_the_mail_that_the_officer_kept_tells_it_too(log, attack):
    [mailed] = anchors.mailed()
    attack(cut_off_with_mails)

    report = checking.check(elsewhere=[mailed])

    assert [(found.fault, found.number) for found in report.findings] == [(Fault.ANCHOR, 8)]


def test_a_mail_whose_key_was_changed_is_no_head_and_stops_no_check(log, attack):
    attack(lambda superuser: superuser.execute("update mail_outgoingemail set key = 'audit/emails/log_head:x'"))

    assert checking.check().is_whole


def test_a_head_of_a_log_that_never_was_is_told_from_the_right_one(log):
    [mailed] = anchors.mailed()

    assert checking.check(elsewhere=[mailed]).is_whole
    assert not checking.check(elsewhere=[Anchor(8, "0" * 64)]).is_whole


# --- the limit -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("attacked", ["the newest deleted", "the newest written anew"])
def test_what_is_younger_than_the_last_seal_is_the_limit_and_is_named(log, attack, attacked):
    """A superuser who removes the newest entries, or writes them anew with their digests, before they are sealed."""
    if attacked == "the newest deleted":
        attack(removing("subject > '2026-0010'"))
    else:
        attack(rewrite_after_seal)

    report = checking.check()

    assert report.is_whole
    assert report.sealed is not None
    assert report.unsealed == report.entries - report.sealed.entries


def rewrite_after_seal(superuser: psycopg.Connection) -> None:
    with superuser.cursor(row_factory=namedtuple_row) as cursor:
        query = f"select id, {COLUMNS} from audit_accessentry where subject > '2026-0010' order by id"
        newest: list[Any] = cursor.execute(query).fetchall()
    previous = newest[0].previous
    for entry in newest:
        changed = entry._replace(actor_name="Bertta", previous=previous)
        previous = rules.digest_of(changed, reason="")
        superuser.execute(
            "update audit_accessentry set actor_name = 'Bertta', previous = %s, digest = %s where id = %s",
            [changed.previous, previous, entry.id],
        )
