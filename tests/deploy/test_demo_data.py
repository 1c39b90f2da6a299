"""The demo's data: every kind of case, nobody real, one story told whole, and a second run that does nothing."""

import random
import signal
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from itertools import islice

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from billing.models import Contract, Invoice, InvoiceFile, PriceRow
from casework.applications import waiting
from casework.cases.queries import phase_of
from casework.law.phases import Phase
from casework.models import (
    Appeal,
    Case,
    Client,
    CoverageRow,
    Decision,
    Document,
    Event,
    Referral,
    ServiceEntry,
    StatementRequest,
    Task,
)
from casework.overview import today
from deploy.demo import accounts, loading, municipalities
from deploy.demo.clients import ALL, deck
from deploy.demo.days import Days
from deploy.demo.names import strangers
from deploy.local import demo
from tenants import files, identity_code
from tenants.accounts import invitations
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_console, in_municipality
from tests.conftest import NOON
from tests.deploy import demo_stories

TODAY = date(2026, 11, 22)
SCHEMAS = [place.schema for place in municipalities.PLACES]


def load(today: date = TODAY, *, clients: int = 9) -> list[str]:
    said = StringIO()
    with override_settings(IS_DEMO=True):
        call_command("load_demo_data", today=today, clients=clients, stdout=said)
    return said.getvalue().splitlines()


@pytest.fixture
def quick_passwords(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.FILES = tmp_path / "files"


@pytest.fixture
def loaded(own_database, quick_passwords) -> list[str]:
    """The data loaded once into a database of its own; what the command said."""
    return load()


def everywhere(ask):
    """Ask the same of every municipality; one list of all answers."""
    answers = []
    for schema in SCHEMAS:
        with in_municipality(schema):
            answers += ask()
    return answers


def counts():
    """Count the rows of every table on both sides."""
    found: Counter[tuple[str | None, str]] = Counter()
    for schema in [*SCHEMAS, None]:
        with in_municipality(schema) if schema else in_console():
            tables = set(connection.introspection.table_names())
            for model in apps.get_models():
                if model._meta.db_table in tables:
                    found[schema, model.__name__] = model._default_manager.count()
    return found


def test_the_demo_has_what_it_is_shown_for_and_a_second_run_changes_nothing(loaded):
    every_phase_is_there()
    nobody_has_a_real_identity_code()
    nothing_was_written_in_the_future()
    a_decision_is_overdue_in_every_municipality_and_a_mail_tells()
    raijas_rejection_misses_an_illness()
    with in_municipality("kaavi"):
        demo_stories.pekkas_is_told_whole(TODAY)
        demo_stories.seija_left_and_what_is_hers_remains(TODAY)
        demo_stories.martti_wins_because_the_decider_corrects_itself()
        demo_stories.eila_waits_for_the_court_while_a_new_application_pays(TODAY)
        demo_stories.kauko_came_with_a_rejection_of_last_year()
        demo_stories.airis_subsidy_follows_her_sickness_allowance_and_is_continued(TODAY)
        demo_stories.the_team_meets_about_three_clients(TODAY)
    today_looks_like_a_day_of_work()
    appeals_run_are_filed_and_were_late()
    documents_can_be_read()
    referrals_wait()
    october_is_invoiced_and_november_piles_up()
    everybody_can_sign_in()

    before = counts()
    said_again = load()

    assert all(line.endswith("the data is there already") for line in said_again)
    assert len(said_again) == len(loaded) == 5
    assert counts() == before


@pytest.mark.parametrize("day", [date(2023, 11, 23), date(2028, 2, 29), date(2028, 11, 23)])
def test_the_demo_can_be_of_a_day_three_years_back_or_two_ahead(own_database, quick_passwords, monkeypatch, day):
    """With every story of the deck: those of a Tuesday meet a weekend, those of 2023 an older law."""
    monkeypatch.setattr(loading, "SIZES", ((municipalities.VARKAUS, ALL, 5, 0), (municipalities.KAAVI, 4, 3, 71)))
    with in_municipality("kaavi"):  # the first invitation is of the day on which the municipality was set up
        invitations.invite_first(email="bertta@kaavi.example", roles=[Role.PORTAL_ADMIN], at=NOON)

    said = load(day, clients=ALL)

    assert [line.partition(":")[0] for line in said] == ["Varkaus", "Kaavi", "Console"]
    with in_municipality("varkaus"):
        assert {phase_of(case) for case in Case.objects.all()} == set(Phase)
    nothing_was_written_in_the_future(day)


def every_phase_is_there():
    phases = Counter(everywhere(lambda: [phase_of(case) for case in Case.objects.all()]))

    assert set(phases) == set(Phase)
    assert sum(phases.values()) == 4 * 9


def nobody_has_a_real_identity_code():
    codes = everywhere(lambda: [client.identity_code for client in Client.objects.all()])
    codes += everywhere(lambda: [referral.identity_code for referral in Referral.objects.all()])

    assert len(codes) > 4 * 9
    assert all(identity_code.parse(code).is_artificial for code in codes)


def nothing_was_written_in_the_future(day=TODAY):
    events = everywhere(lambda: list(Event.objects.values_list("at", "on")))

    assert max(at for at, _ in events) < Days(day).now
    assert max(on for _, on in events) < day
    assert min(on for _, on in events) < day - timedelta(days=180)


def a_decision_is_overdue_in_every_municipality_and_a_mail_tells():
    for schema in SCHEMAS:
        with in_municipality(schema):
            overdue = list(waiting.overdue_applications(TODAY))
            assert overdue, schema
            assert OutgoingEmail.objects.filter(about=overdue[0].case.number).exists()


def raijas_rejection_misses_an_illness():
    with in_municipality("kaavi"):
        [missed] = CoverageRow.objects.filter(
            check_of__state="open", answer="not_mentioned", illness__client__first_name="Raija"
        )
        decision = missed.check_of.decision

        assert missed.illness.icd10 == "F33.1"
        assert missed.had_evidence
        assert decision.is_rejection
        assert decision.application.case.coordinator.email == "aino@kaavi.example"
        assert decision.last_day
        assert TODAY < decision.last_day <= TODAY + timedelta(days=14)


def today_looks_like_a_day_of_work():
    with in_municipality("kaavi"):
        day = today.read(User.objects.get(email="aino@kaavi.example"), at=Days(TODAY).now, is_everyones=False)
        assert day.entries
        assert day.clocks
        assert len(day.tasks) < 25
    late = everywhere(lambda: list(StatementRequest.objects.filter(state="asked", due_on__lt=TODAY)))
    asked_after = everywhere(lambda: list(Task.objects.filter(occasion__cause__startswith="statement:")))
    assert 0 < len(late) == len(asked_after)


def appeals_run_are_filed_and_were_late():
    states = everywhere(lambda: list(Appeal.objects.values_list("state", flat=True)))

    assert {"draft", "filed"} <= set(states)


def documents_can_be_read():
    with in_municipality("kaavi"):
        for document in Document.objects.all():
            assert files.read(document.file_id).startswith(b"%PDF-")
        assert Decision.objects.filter(document=None).count() == 0


def referrals_wait():
    assert everywhere(lambda: [Referral.objects.filter(state="new").count()]) == [3, 2, 2, 1]


def october_is_invoiced_and_november_piles_up():
    with in_console():
        issued = list(Invoice.objects.all())
        assert {invoice.closed.month for invoice in issued} == {date(2026, 10, 1)}
        assert sorted(str(invoice.number) for invoice in issued) == [f"2026-{turn:05}" for turn in range(1, 5)]
        assert {place.municipality.schema_name for place in Contract.objects.all()} == set(SCHEMAS) - {"varkaus"}
        assert set(PriceRow.objects.values_list("unit", flat=True)) == {"hour", "client_month", "month", "product"}
        assert sum(invoice.gross for invoice in issued) > Decimal(1000)
        assert InvoiceFile.objects.count() == 2 * len(issued)
    for schema in SCHEMAS:
        with in_municipality(schema):
            assert ServiceEntry.objects.filter(on__gte=date(2026, 11, 1)).exists()


def everybody_can_sign_in():
    with in_console():
        people = {user.email: user for user in User.objects.all()}
    people |= {user.email: user for user in everywhere(lambda: list(User.objects.all()))}

    assert set(people) == {account.email for account in accounts.ACCOUNTS}
    for account in accounts.ACCOUNTS:
        assert people[account.email].roles == list(account.roles)
        assert people[account.email].check_password(accounts.PASSWORD)


def test_the_invented_clients_are_the_same_each_time_and_no_two_have_one_name():
    first, second = (
        list(islice(strangers(municipalities.KAAVI, today=TODAY, chance=random.Random("kaavi")), 80)) for _ in range(2)
    )

    assert first == second
    assert len({(each.first_name, each.last_name) for each in first}) == 80
    assert len({each.identity_code for each in first}) == 80
    assert {"fi", "sv", "uk"} <= {each.language for each in first}


def test_any_few_stories_are_a_fair_sample():
    told = [getattr(story.tell, "__name__", "") for story in deck()]

    assert len(told) == ALL
    assert {"waiting", "overdue", "first_contact", "to_be_checked", "appealed"} <= set(told[:8])


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2026, 12, 1), date(2027, 1, 1), date(2028, 2, 29)])
def test_days_are_working_days_before_today_and_the_invoiced_month_is_over(today):
    days = Days(today)

    assert all(days.ago(number).weekday() < 5 for number in range(1, 400))
    assert all(days.ago(number) >= days.ago(number + 1) for number in range(1, 400))
    assert days.ahead(0) == today
    assert days.invoiced_month < today.replace(day=1)


def first_told(capsys):
    """What was told first, however late this machine is."""
    for _ in range(300):
        signal.sigtimedwait([], 0.2)
        if told := capsys.readouterr().out:
            return told
    pytest.fail("nothing was told")


def test_the_terminal_repeats_what_a_step_says_while_it_runs(tmp_path, capsys):
    log = tmp_path / "load_demo_data.log"
    log.write_text("of an earlier start\n")

    with demo._retold(log):
        log.write_text("Kaavi: 20 clients\nTuusniemi: 1")
        told_meanwhile = first_told(capsys)
        log.write_text("Kaavi: 20 clients\nTuusniemi: 13 clients\n")

    assert told_meanwhile == "    Kaavi: 20 clients\n"
    assert capsys.readouterr().out == "    Tuusniemi: 13 clients\n"


def test_load_demo_data_says_what_is_missing(own_database, monkeypatch):
    atlantis = municipalities.Place("atlantis", "Atlantis", "", "", "", ())
    monkeypatch.setattr(loading, "SIZES", ((atlantis, 1, 0, 0),))

    with pytest.raises(CommandError, match="There is no municipality atlantis: run add_demo_municipalities first"):
        load()


@pytest.mark.parametrize("command", ["load_demo_data", "add_demo_municipalities"])
def test_people_whose_password_stands_in_the_code_come_into_the_demo_only(command):
    with pytest.raises(CommandError, match="This is not the demo"):
        call_command(command)
