"""Sealing the head: once for each that there is, on every side of the house, whoever else seals at the same time."""

import base64
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tasks import access_log as tasks
from tenants.audit import access_log, anchors, checking, reasons, sealing
from tenants.audit.access_log import Subject
from tenants.audit.checking import Fault
from tenants.audit.models import AccessEntry, Seal
from tenants.keys import master
from tenants.models import JobRun
from tenants.rounds import SomeFailed
from tenants.scope import in_console, in_municipality
from tenants.scrubbing import scrubbed
from tests import databases
from tests.people import person


def look(by, number: int = 1, *, reason: str = "") -> None:
    access_log.record(by=by, action="case.seen", subjects=[Subject("case", f"2026-{number:04}")], reason=reason)


def execute(query: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query)


def line_of_a_seal() -> str:
    sealed = sealing.seal(Seal.Kind.HEAD)
    assert sealed is not None
    return f"{sealing.LINE} {sealing.line_of(sealed)}"


# --- the head ------------------------------------------------------------------------------------------------------


def test_a_head_is_sealed_once_and_the_next_when_it_has_moved(kaavi, aino):
    assert sealing.seal_head() == 0
    look(aino)
    look(aino, 2)

    assert [sealing.seal_head(), sealing.seal_head()] == [1, 0]
    look(aino, 3)
    assert sealing.seal_head() == 1

    assert list(Seal.objects.values_list("number", "entries", "kind")) == [(1, 2, "head"), (2, 3, "head")]
    assert checking.check().is_whole


def test_two_who_seal_at_once_make_one_seal(kaavi, aino, monkeypatch):
    look(aino)
    monkeypatch.setattr(sealing, "newest", lambda: None)  # neither has seen the other's

    assert [sealing.seal_head(), sealing.seal_head()] == [1, 0]


def test_the_process_log_holds_every_seal_and_no_scrubber_takes_it_for_an_identity_code(
    kaavi, aino, caplog, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True), caplog.at_level("INFO"):
        for number in range(20):
            look(aino, number)
            sealing.seal_head()

    lines = [record.getMessage() for record in caplog.records if record.name == "tenants.audit.sealing"]
    assert len(lines) == 20
    assert [scrubbed(line) for line in lines] == lines
    assert [found.entries for found in anchors.in_process_log(lines)] == list(range(1, 21))


def test_a_line_of_the_neighbours_is_no_head_of_this_log(kaavi, tuusniemi, aino):
    look(aino)
    line = line_of_a_seal()

    with in_municipality(tuusniemi):
        assert list(anchors.in_process_log([line])) == []


def test_a_seal_stands_for_an_entry_that_is_there(kaavi, aino):
    look(aino)
    strange = Seal(kind="head", last_entry=1, entries=1, head="0" * 64, names="", at=sealing.head().at)

    with pytest.raises(DatabaseError, match="an entry that is there"), transaction.atomic():
        sealing.add(strange)


def test_what_was_sealed_and_is_gone_is_told_by_the_next_round_and_what_came_later_is_sealed(log, attack):
    attack(lambda superuser: superuser.execute("delete from audit_accessentry where subject >= '2026-0010'"))
    with pytest.raises(sealing.SealedEntryGone):
        sealing.seal_head()
    log.look(13)

    with pytest.raises(sealing.SealedEntryGone):
        sealing.seal_head()

    assert Seal.objects.latest("number").last_entry == AccessEntry.objects.latest("id").pk
    assert sealing.seal_head() == 0
    assert not checking.check().is_whole


@pytest.mark.parametrize("table", ["audit_seal", "audit_accessentry"])
@pytest.mark.parametrize("words", ["update {} set at = at", "delete from {}", "truncate {}", "insert into {} select"])
def test_the_application_can_only_add_to_the_log_and_its_seals(kaavi, table, words):
    with pytest.raises(DatabaseError, match="permission denied"):
        execute(words.format(table))


# --- the key -------------------------------------------------------------------------------------------------------


def test_the_key_of_seals_is_of_its_own_and_not_in_the_database(settings):
    [secret] = list(master.load(settings.MASTER_KEYS_FILE).values())[:1]
    [derived] = list(master.derived(settings.MASTER_KEYS_FILE, purpose=sealing.PURPOSE).values())[:1]
    [other] = list(master.derived(settings.MASTER_KEYS_FILE, purpose="another").values())[:1]

    assert len({secret, derived, other}) == 3


def test_an_older_master_key_still_proves_its_seals_and_a_lost_one_is_named(kaavi, aino, settings, tmp_path):
    look(aino)
    sealing.seal_head()
    older = json.loads(settings.MASTER_KEYS_FILE.read_text())
    newer = {"newer": base64.b64encode(bytes(range(32))).decode()}

    settings.MASTER_KEYS_FILE = tmp_path / "both.json"
    settings.MASTER_KEYS_FILE.write_text(json.dumps(newer | older))
    look(aino, 2)
    sealing.seal_head()
    assert checking.check().is_whole
    assert Seal.objects.latest("number").key_id == "newer"

    settings.MASTER_KEYS_FILE = tmp_path / "one.json"
    settings.MASTER_KEYS_FILE.write_text(json.dumps(newer))
    assert [found.fault for found in checking.check().findings] == [Fault.KEY]


# --- reasons -------------------------------------------------------------------------------------------------------


def test_a_reason_lies_sealed_and_is_read_in_its_place(kaavi, aino):
    look(aino, reason="Aino is ill today.")
    look(aino, reason="Aino is ill today.")

    assert {entry.reason for entry in AccessEntry.objects.all()} == {"Aino is ill today."}
    with connection.cursor() as cursor:
        cursor.execute("select reason, reason_hash from audit_accessentry")
        rows = cursor.fetchall()
    assert not any(b"ill" in bytes(content) for content, _ in rows)
    assert len({hashed for _, hashed in rows}) == 2  # nobody sees that they are the same


def test_an_act_on_many_has_one_reason(kaavi, aino):
    subjects = [Subject("case", "2026-0001"), Subject("case", "2026-0002")]

    access_log.record(by=aino, action="case.seen", subjects=subjects, reason="A request.")

    assert [entry.reason for entry in AccessEntry.objects.all()] == ["A request.", "A request."]
    assert checking.check().is_whole


def test_who_has_no_key_learns_nothing_from_the_hash_of_a_reason(kaavi, tuusniemi):
    key = AccessEntry._meta.get_field("reason_key").to_python("00000000-0000-0000-0000-000000000001")
    here = reasons.hash_of("Aino is ill today.", key=key)

    with in_municipality(tuusniemi):
        assert reasons.hash_of("Aino is ill today.", key=key) != here


# --- every log -----------------------------------------------------------------------------------------------------


@pytest.fixture
def two_logs(own_database) -> None:
    """Kaavi's and the console's have entries; Tuusniemi's cannot be read."""
    with in_municipality("kaavi"):
        look(person("Aino"))
    with in_console():
        look(person("Oiva"))
    with databases.as_superuser("suunta_test_own") as superuser:
        superuser.execute("REVOKE ALL ON SCHEMA tuusniemi FROM t_tuusniemi")


def test_a_log_that_cannot_be_read_keeps_no_other_from_being_sealed(two_logs):
    with pytest.raises(SomeFailed, match=r"1 of 5 failed: tuusniemi"):
        tasks.seal()

    with in_municipality("kaavi"):
        assert Seal.objects.count() == 1
    with in_console():
        assert Seal.objects.count() == 1
        assert (JobRun.objects.get().count, JobRun.objects.get().failed) == (2, 1)


def test_the_command_says_of_each_log_how_it_is_and_ends_with_an_error_when_one_is_not_whole(two_logs, tmp_path):
    with databases.as_superuser("suunta_test_own") as superuser:
        superuser.execute("GRANT USAGE ON SCHEMA tuusniemi TO t_tuusniemi")
    tasks.seal()
    told = StringIO()
    call_command("check_access_log", stdout=told)
    assert "kaavi: whole, 1 entries, sealed until" in told.getvalue()
    assert "younger than the last seal could still be changed unnoticed" in told.getvalue()

    with databases.as_superuser("suunta_test_own") as superuser:
        superuser.execute("update kaavi.audit_accessentry set actor_name = 'Bertta'")
    told = StringIO()
    with pytest.raises(CommandError, match="1 access logs are not as they were written"):
        call_command("check_access_log", stdout=told)
    assert "kaavi: NOT AS IT WAS WRITTEN" in told.getvalue()
    assert "does not follow from the one before" in told.getvalue()


def test_the_command_reads_heads_from_the_process_log(two_logs, tmp_path):
    with in_municipality("kaavi"):
        line = line_of_a_seal()
    log = tmp_path / "worker.log"
    log.write_text(f"2026-11-30 INFO [kaavi] tenants.audit.sealing: {line}\nanother line\n")
    call_command("check_access_log", "--municipality", "kaavi", "--process-log", log, stdout=StringIO())

    with databases.as_superuser("suunta_test_own") as superuser:
        superuser.execute("delete from kaavi.audit_accessentry; delete from kaavi.audit_seal")
    with pytest.raises(CommandError, match="1 access logs"):
        call_command("check_access_log", "--municipality", "kaavi", "--process-log", log, stdout=StringIO())


def test_an_unknown_municipality_is_one_line(db):
    with pytest.raises(CommandError, match="no municipality 'nowhere'"):
        call_command("check_access_log", "--municipality", "nowhere")
