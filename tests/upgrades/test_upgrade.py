"""What an earlier version left is brought to this one: all of it can be read, and nothing happens a second time."""

import hashlib
import inspect
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.db import models

from billing.models import Invoice, Usage, UsageEvidence
from casework.management.daily import DailyCommand
from casework.models import (
    Application,
    CoverageRow,
    Decision,
    Document,
    Event,
    LedgerEntry,
    Round,
    ServiceEntry,
    Task,
)
from tasks.app import app
from tasks.schedule import SCHEDULE
from tasks.work import WORK
from tenants import files
from tenants.accounts.adapter import SecondFactorAdapter
from tenants.accounts.models import User
from tenants.audit import anchors, checking
from tenants.audit.models import AccessEntry
from tenants.database.current import connection
from tenants.database.names import PUBLIC, TEMPLATE
from tenants.encryption import EncryptedTextField
from tenants.keys.sealing import VERSION
from tenants.mail.models import OutgoingEmail
from tenants.models import Municipality
from tenants.scope import in_console, in_municipality
from tests import databases
from tests.casework.applications.making import a_decision
from tests.upgrades.conftest import COPY, Place, Upgraded, clocks_of

for module in app.conf.include:
    import_module(module)
NEEDS_THE_MIGRATOR = {"provisioning.make_requested"}
ON_CONSOLE = [work.on_console for work in WORK.values() if work.on_console]
TASKS = [*(alarm.task for alarm in SCHEDULE), *map(str, WORK), *ON_CONSOLE]
TOLD_THE_DAY = [str(kind) for kind, work in WORK.items() if work.is_told_the_day]
# What waited in the dump is sent; old runs and what sent mails said are forgotten; officers are told; clockwork begins.
OF_ITS_OWN = {
    *("mail.deliver_due", "jobs.prune", "leftovers.prune", "leftovers.prune_on_console"),
    "access_log.tell_officers",
    "work.look_everywhere",
    "letters.read_waiting",
}
# What a rule that the version before did not have asks of old data: once.
NEW_RULES = ("appeal_forwarded:",)
IN_DECEMBER = datetime(2026, 12, 2, 10, 0, tzinfo=UTC)


# --- reading ------------------------------------------------------------------------------------------------------


def test_every_schema_is_brought_to_this_version(upgraded):
    assert set(upgraded.done) == {PUBLIC, TEMPLATE, *upgraded.schemas}


def test_what_was_sealed_is_opened_in_its_municipality_table_and_column(upgraded):
    """Every row of every column: values are bound to these names, so a table that is renamed loses what it holds."""
    assert len({place.table for place in upgraded.sealed}) == upgraded.sealed_tables

    assert [place for place in upgraded.sealed if not any(_opened(place))] == []


def _opened(place: Place) -> list[str]:
    [field] = [field for field in _encrypted_fields() if field.place == f"{place.table}.{place.column}"]
    with in_municipality(place.schema):
        return [getattr(row, field.attname) for row in field.model._default_manager.all()]


def _encrypted_fields() -> Iterator[EncryptedTextField]:
    for model in apps.get_models():
        yield from (field for field in model._meta.fields if isinstance(field, EncryptedTextField))


def test_what_a_mail_says_was_sealed_and_is_whole(upgraded):
    with in_municipality("kaavi"):
        mails = list(OutgoingEmail.objects.exclude(about=""))
        with connection.cursor() as cursor:
            cursor.execute("select text, html from mail_outgoingemail")
            stored = [bytes(part) for row in cursor.fetchall() for part in row]

        assert mails
        assert all(f"/cases/{mail.about}/" in part for mail in mails for part in (mail.text, mail.html))
        assert all(part.startswith(VERSION) and b"http" not in part for part in stored)


def test_a_no_of_a_check_claims_no_more_than_was_asked_then(upgraded):
    """A no did not say whether the decision mentions the illness."""
    with in_municipality("kaavi"):
        answers = {(row.is_considered, row.answer) for row in CoverageRow.objects.all()}

    assert answers
    assert answers <= {(True, "considered"), (None, "not_looked"), (False, "not_considered")}


def test_what_is_waited_for_and_by_when_to_appeal_is_what_it_was_and_every_wait_is_a_round(upgraded):
    for schema in upgraded.schemas:
        assert clocks_of(COPY, schema) == upgraded.clocks[schema]
        with in_municipality(schema):
            for application in Application.objects.prefetch_related("rounds"):
                begun = [one.begun_on for one in application.rounds.all() if one.is_open]
                assert begun == ([application.waiting_since] if application.is_waiting else [])
                assert bool(application.rounds.all()) == (application.filed_on is not None)
            assert not Decision.objects.filter(round=None, follows=None).exists()
    with in_municipality("kaavi"):
        assert Round.objects.exists()


def test_a_document_and_a_second_factor_are_opened(upgraded):
    [path] = upgraded.files.glob("*/*")

    with in_municipality(path.parent.name):
        document = Document.objects.get(file_id=path.name)
        assert hashlib.sha256(files.read(document.file_id)).hexdigest() == document.sha256
        factor = Authenticator.objects.get(type=Authenticator.Type.TOTP)
        assert SecondFactorAdapter().decrypt(factor.data["secret"]) == "JBSWY3DPEHPK3PXP"


def test_the_access_log_is_whole_by_its_old_rule_and_its_reasons_are_sealed(upgraded):
    for schema in upgraded.schemas:
        with in_municipality(schema):
            assert checking.check().findings == []
            assert set(AccessEntry.objects.values_list("version", flat=True)) == {1}
            assert "portal_admin → supervisor, portal_admin" in {entry.reason for entry in AccessEntry.objects.all()}


def test_what_is_changed_in_old_entries_is_found(upgraded):
    with databases.as_superuser(COPY) as superuser:
        superuser.execute("update kaavi.audit_accessentry set actor_name = 'Bertta' where id = 4")
        superuser.execute("update tuusniemi.audit_accessentry set reason = '', reason_key = null, reason_hash = ''")
    with in_municipality("kaavi"):
        assert [found.fault for found in checking.check().findings] == [checking.Fault.NAME]
    with in_municipality("tuusniemi"):
        assert checking.Fault.ENTRY in {found.fault for found in checking.check().findings}


def test_no_reason_of_the_old_log_lies_open_in_its_table(upgraded):
    """Nor in rows that were replaced: the file of the table was written anew."""
    with databases.as_superuser(COPY) as superuser:
        superuser.execute("checkpoint")
        question = "select pg_read_binary_file(pg_relation_filepath('kaavi.audit_accessentry'))"
        [(content,)] = superuser.execute(question).fetchall()

    assert b"person.changed" in content
    assert "portal_admin → supervisor".encode() not in content


# --- every sweep --------------------------------------------------------------------------------------------------


def told_asked_and_billed(upgraded: Upgraded) -> dict[str, Counter[str]]:
    """What must not grow."""
    found: dict[str, Counter[str]] = {}
    for schema in upgraded.schemas:
        with in_municipality(schema):
            mails = OutgoingEmail.objects.exclude(template=anchors.MAIL)  # comes every day, whatever happened
            found[f"mails of {schema}"] = Counter(mails.values_list("key", flat=True))
            found[f"tasks of {schema}"] = Counter(f"{task.case_id} {task.title}" for task in Task.objects.all())
            found[f"timelines of {schema}"] = _keys(Event)
            found[f"log of {schema}"] = _keys(AccessEntry)
    with in_console():
        found["mails of the console"] = Counter(OutgoingEmail.objects.values_list("key", flat=True))
        found["evidence"] = evidence()
        found["usage"] = Counter(f"{one.closed_id} {one.kind} {one.quantity}" for one in Usage.objects.all())
        found["invoices"] = Counter(f"{one.number} {one.gross}" for one in Invoice.objects.all())
    return found


def evidence() -> Counter[str]:
    """The pieces of work that were billed."""
    found = UsageEvidence.objects.select_related("usage")
    return Counter(f"{one.entry_id} {one.municipality_id} {one.case_number} {one.on} {one.usage.kind}" for one in found)


def _keys(model: type[models.Model]) -> Counter[str]:
    return Counter(map(str, model._default_manager.values_list("pk", flat=True)))


def run_task(name: str, *, on: date) -> int:
    """Run a task for every municipality, or once; answer how much it did."""
    task = app.tasks[name]
    day = {"on": on.isoformat()} if name in TOLD_THE_DAY else {}
    if "municipality_id" in inspect.signature(task.run).parameters:
        return sum(task(municipality_id=key, **day) for key in _municipalities())
    if name in NEEDS_THE_MIGRATOR:
        with databases.as_migrator():
            return int(task(**day))
    return int(task(**day))


def _municipalities() -> list[int]:
    with in_console():
        return list(Municipality.objects.filter(state=Municipality.State.ACTIVE).values_list("pk", flat=True))


def run_daily_commands(*, on: date) -> list[str]:
    """Run the commands that do a day's work in every municipality; answer their names."""
    found = [
        name
        for name, place in get_commands().items()
        if place == "casework" and isinstance(load_command_class(place, name), DailyCommand)
    ]
    for name in found:
        call_command(name, on=on.isoformat(), stdout=StringIO())
    return found


def let_new_rules_ask(upgraded: Upgraded) -> None:
    """Let the rules that are new to the data ask what they have to; none of it goes out by mail."""
    known = _occasions(upgraded)
    run_task("reminders.queue_due", on=upgraded.on)
    for cause, channel in _occasions(upgraded) - known:
        assert cause.startswith(NEW_RULES)
        assert channel == LedgerEntry.Channel.TASK


def _occasions(upgraded: Upgraded) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for schema in upgraded.schemas:
        with in_municipality(schema):
            found |= set(LedgerEntry.objects.values_list("cause", "channel"))
    return found


def sweep_everything(*, on: date) -> set[str]:
    """Run every task that an alarm or due work wakes, and every daily command; answer which tasks did something."""
    busy = {name for name in TASKS if run_task(name, on=on)}
    assert run_daily_commands(on=on)
    return busy


def test_on_the_dumps_day_every_sweep_runs_twice_and_tells_nobody_anything_new(upgraded, sent):
    let_new_rules_ask(upgraded)
    before = told_asked_and_billed(upgraded)

    first, second = sweep_everything(on=upgraded.on), sweep_everything(on=upgraded.on)

    assert told_asked_and_billed(upgraded) == before
    assert first <= OF_ITS_OWN
    assert second == set()
    assert len([key for key in sent if anchors.MAIL not in key]) == 2  # the two that waited, once
    assert len([key for key in sent if anchors.MAIL in key]) == 3  # one officer in each municipality


def test_days_that_are_over_are_swept_again_and_nothing_of_them_is_new(upgraded):
    let_new_rules_ask(upgraded)
    before = told_asked_and_billed(upgraded)

    for days in (1, 3, 10):
        on = upgraded.on - timedelta(days=days)
        assert {name for name in TOLD_THE_DAY if run_task(name, on=on)} == set()

    assert told_asked_and_billed(upgraded) == before


# --- what ends a waiting ------------------------------------------------------------------------------------------


def test_a_decision_that_comes_after_the_upgrade_takes_back_the_mail_that_waited(upgraded):
    with in_municipality("kaavi"):
        aino = User.objects.get(email="aino@kaavi.example")
        mail = OutgoingEmail.objects.get(state=OutgoingEmail.State.PENDING, template="casework/emails/decision_overdue")
        application = Application.objects.get(state="filed", case__number=mail.about)

        a_decision("granted", application=application, by=aino, at=upgraded.at)

        assert OutgoingEmail.objects.get(pk=mail.pk).state == OutgoingEmail.State.CANCELLED


# --- money --------------------------------------------------------------------------------------------------------


def test_the_month_after_is_billed_once_and_the_month_before_not_again(upgraded, time_is):
    with in_console():
        october = evidence()
    refuses("close_month", "2026-10")
    refuses("issue_invoices", "2026-10")
    time_is(IN_DECEMBER)

    call_command("close_month", "2026-11", "--confirm", stdout=StringIO())
    call_command("issue_invoices", "2026-11", stdout=StringIO())

    refuses("close_month", "2026-11")
    refuses("issue_invoices", "2026-11")
    with in_console():
        both = evidence()
    assert october <= both
    assert set(both.values()) == {1}
    assert billed_entries(both) <= entries(upgraded)


def refuses(name: str, *arguments: str) -> None:
    with pytest.raises(CommandError):
        call_command(name, *arguments, stdout=StringIO())


def billed_entries(found: Counter[str]) -> set[str]:
    return {one.split()[0] for one in found} - {"None"}


def entries(upgraded: Upgraded) -> set[str]:
    there: set[str] = set()
    for schema in upgraded.schemas:
        with in_municipality(schema):
            there |= {str(key) for key in ServiceEntry.objects.values_list("pk", flat=True)}
    return there
