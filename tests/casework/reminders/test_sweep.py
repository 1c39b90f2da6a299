"""The one sweep: what one subject asks for is told although another's fails, and the law's times go first."""

import pytest

from casework.applications.occasions import APPEAL_DAYS
from casework.consents.occasions import ENDING
from casework.models import Application, Consent, LedgerEntry, Task
from casework.reminders import sweep as sweeping
from casework.statements.occasions import UNANSWERED
from casework.timeline import ledger
from casework.timeline.ledger import Source
from tenants.database.current import connection
from tenants.mail.models import OutgoingEmail
from tenants.rounds import SomeFailed
from tests.casework.applications.making import LAST_DAY, a_decision, application_at
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_consent
from tests.casework.statements.making import a_statement
from tests.conftest import NOON

TODAY = LAST_DAY
QUIET = "UPDATE casework_consent SET partner_name = decode(repeat('ab', 40), 'hex') WHERE id = %s"


def sweep(on=TODAY):
    return sweeping.sweep(on=on, at=NOON)


def told():
    return {entry.rule for entry in LedgerEntry.objects.all()}


def test_the_times_that_the_law_sets_go_first():
    statutory = [source.is_statutory for source in sweeping.sources()]

    assert statutory == sorted(statutory, reverse=True)
    assert sweeping.sources()[0] is APPEAL_DAYS


def test_every_rule_has_a_name_of_its_own_that_begins_no_other_s_causes():
    names = [source.name for source in sweeping.sources()]

    assert len(names) == len(set(names))
    assert {UNANSWERED.name, ENDING.name} <= set(names)


@pytest.fixture
def something_of_each(kaavi, aino):
    """An appeal's last day, a decision that is late, and a statement that is."""
    a_decision(by=aino)
    application_at("filed", by=aino)
    a_statement(by=aino)


def test_one_bad_row_keeps_no_other_from_being_told(something_of_each, aino, monkeypatch):
    """An application whose page has no address any more: planted before all others."""
    bad = application_at("filed", by=aino)
    address = Application.get_absolute_url

    def fails_for_the_bad_one(application):
        if application.pk == bad.pk:
            raise LookupError("070770-905D")
        return address(application)

    monkeypatch.setattr(Application, "get_absolute_url", fails_for_the_bad_one)

    with pytest.raises(SomeFailed, match=rf"1 of \d+ failed: decision_overdue {bad.pk} \(LookupError\)$") as failure:
        sweep()

    assert failure.value.count == 3
    assert told() == {"appeal_in_1", "decision_overdue", "statement"}
    assert (OutgoingEmail.objects.count(), Task.objects.count()) == (2, 1)


def test_a_value_that_cannot_be_opened_keeps_no_other_consent_from_being_asked_for(kaavi, aino):
    damaged, sound = a_case(by=aino), a_case(by=aino)
    spoiled = a_consent(damaged, by=aino, valid_until=TODAY, partner_name="Rakennus Oy")
    a_consent(damaged, by=aino, valid_until=TODAY)
    a_consent(sound, by=aino, valid_until=TODAY)
    with connection.cursor() as cursor:
        cursor.execute(QUIET, [spoiled.pk])

    with pytest.raises(SomeFailed, match="consent"):
        sweep()

    assert Task.objects.filter(case=sound).count() == 1


def test_a_rule_that_cannot_even_be_asked_stops_no_other(something_of_each, monkeypatch):
    def fails(on):
        raise LookupError

    broken = Source(name="broken", rows=fails, about=lambda row: row.pk, occasion=lambda row, on: None)
    everyone = [broken, *sweeping.sources()]
    monkeypatch.setattr(sweeping, "sources", lambda: everyone)

    with pytest.raises(SomeFailed, match=r"failed: broken \(LookupError\)"):
        sweep()

    assert told() == {"appeal_in_1", "decision_overdue", "statement"}


def test_an_error_of_the_database_over_one_occasion_leaves_the_others_written(something_of_each, aino, monkeypatch):
    def breaks_the_transaction(occasion, channel, *, to):
        if occasion.cause.startswith("appeal"):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")
        return enter(occasion, channel, to=to)

    enter = ledger.enter
    monkeypatch.setattr(ledger, "enter", breaks_the_transaction)

    with pytest.raises(SomeFailed, match=r"\(DataError\)"):
        sweep()

    assert told() == {"decision_overdue", "statement"}
    assert Consent.objects.count() == 0
