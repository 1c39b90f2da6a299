"""Consents: what the law asks of them, when they count, and what happens when the client takes one back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from casework.cases import actions as cases
from casework.consents import actions as consents
from casework.consents import guard
from casework.consents.occasions import SOURCES
from casework.law.errors import BeforeBirth, CaseIsClosed, InTheFuture
from casework.meetings import actions as meetings
from casework.meetings import agenda
from casework.models import AgendaItem, Case, Consent, Meeting, Task
from casework.models.consent import Partner, Purpose
from casework.reminders.sweep import sweep
from casework.withdrawals import consents as withdrawn_consents
from tenants.accounts.models import User
from tenants.versions import EditedMeanwhile
from tests.casework.cases.making import BORN, a_case
from tests.casework.consents.making import a_consent, a_paper, taken_back, withdrawn
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
TOMORROW = NOON + timedelta(days=1)
DISCUSS: dict[str, Any] = {"partner": Partner.TEAM, "purpose": Purpose.DISCUSS}
BY_WORD = Consent.Way.SPOKEN


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino)


def on_the_agenda(case: Case, *, chair: User, starts_at: datetime = TOMORROW, **ground: str) -> AgendaItem:
    """Put a case on the agenda of a meeting, on the client's consent unless a law is told."""
    details = meetings.MeetingDetails(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), chair=chair)
    meeting = meetings.plan(details=details, by=chair, at=NOON)
    return agenda.add(meeting=meeting, case=case, **{"basis": "consent", **ground}, by=chair, at=NOON)


def asked(case: Case, on: date = TODAY, **ask) -> Consent | None:
    return guard.find(case.client, **{"partner": Partner.KELA, "purpose": Purpose.HAND_OVER, "on": on, **ask})


def test_a_consent_counts_from_its_first_day_to_its_last(case, aino):
    consent = a_consent(case, by=aino, given_on=date(2026, 9, 1), valid_until=date(2026, 11, 23))

    assert asked(case, date(2026, 9, 1)) == asked(case, TODAY) == consent
    assert asked(case, date(2026, 8, 31)) is None
    assert asked(case, date(2026, 11, 24)) is None
    assert guard.current(case.client, TODAY) == [consent]


def test_a_consent_allows_one_purpose_with_one_partner_of_one_client(case, aino):
    consent = a_consent(case, by=aino)
    other = a_case(by=aino)

    assert guard.require(case.client, partner=Partner.KELA, purpose=Purpose.HAND_OVER, on=TODAY) == consent
    for ask in ({"purpose": Purpose.DISCUSS}, {"partner": Partner.EMPLOYER}):
        assert asked(case, **ask) is None
    assert asked(other) is None


def test_who_is_refused_is_told_what_is_missing_and_how_to_mend_it(case):
    with translation.override("en"), pytest.raises(guard.ConsentMissing) as refused:
        guard.require(case.client, partner=Partner.KELA, purpose=Purpose.HAND_OVER, on=TODAY)

    sentence = str(refused.value.user_message)
    assert "Kela – Hand over documents about me. Ask the client, add the consent" in sentence


def test_a_consent_taken_back_counts_no_more_from_that_day(case, aino):
    consent = a_consent(case, by=aino)

    taken_back(case, consent, by=aino, on=TODAY)
    taken_back(case, consent, by=aino, on=TODAY)

    assert asked(case, TODAY) is None
    assert asked(case, TODAY - timedelta(1)) == consent
    assert case.events.filter(kind="consent.withdrawn", about_id=consent.pk).count() == 1


@pytest.mark.parametrize("partner", [Partner.EMPLOYER, Partner.SERVICE_PRODUCER])
def test_by_word_of_mouth_does_not_do_for_an_employer_or_a_producer(case, aino, partner):
    with pytest.raises(consents.WritingNeeded):
        a_consent(case, partner, way=BY_WORD, partner_name="Rakennus Oy", by=aino)
    assert not Consent.objects.exists()

    Consent.objects.create(
        client=case.client, partner=partner, purpose=Purpose.HAND_OVER, way=BY_WORD, given_on=TODAY, written_by=aino
    )  # as another system might have written it
    with pytest.raises(guard.ConsentNotWritten):
        guard.require(case.client, partner=partner, purpose=Purpose.HAND_OVER, on=TODAY)


@pytest.mark.parametrize("partner", [Partner.EMPLOYER, Partner.SERVICE_PRODUCER, Partner.RELATIVE, Partner.OTHER])
def test_these_partners_are_named_in_the_consent(case, aino, partner):
    with pytest.raises(consents.NameNeeded):
        a_consent(case, partner, by=aino)

    consent = a_consent(case, partner, partner_name="Rakennus Oy", by=aino)

    assert asked(case, partner=partner, who="rakennus  oy") == consent
    with pytest.raises(guard.ConsentNamesAnother):
        guard.require(case.client, partner=partner, purpose=Purpose.HAND_OVER, on=TODAY, who="Siivous Oy")


def test_for_kela_by_word_of_mouth_does_and_any_of_its_offices(case, aino):
    consent = a_consent(case, way=BY_WORD, by=aino)

    assert asked(case, who="Kela, Kuopio") == consent


def test_days_that_cannot_be_are_refused(case, aino):
    with pytest.raises(InTheFuture):
        a_consent(case, by=aino, given_on=TODAY + timedelta(1))
    with pytest.raises(BeforeBirth):
        a_consent(case, by=aino, given_on=BORN - timedelta(1))
    with pytest.raises(consents.EndsBeforeGiven):
        a_consent(case, by=aino, given_on=TODAY, valid_until=TODAY - timedelta(1))
    consent = a_consent(case, by=aino, given_on=TODAY)
    with pytest.raises(withdrawn_consents.WithdrawnBeforeGiven):
        taken_back(case, consent, by=aino, on=TODAY - timedelta(1))
    with pytest.raises(InTheFuture):
        taken_back(case, consent, by=aino, on=TODAY + timedelta(1))


def test_the_same_consent_twice_is_one(case, aino):
    a_consent(case, Partner.RELATIVE, partner_name="Anna", by=aino)
    a_consent(case, Partner.RELATIVE, partner_name="Anna", by=aino)
    a_consent(case, Partner.RELATIVE, partner_name="Liisa", by=aino)

    assert Consent.objects.count() == 2
    assert case.events.filter(kind="consent.given").count() == 2


def test_a_closed_case_takes_no_consent_but_one_can_be_taken_back(case, aino):
    consent = a_consent(case, by=aino)
    cases.close(case=case, outcome="work", closed_on=TODAY, version=1, by=aino, at=NOON)

    with pytest.raises(CaseIsClosed):
        a_consent(case, Partner.TEAM, by=aino)
    assert taken_back(case, consent, by=aino).withdrawn_on == TODAY


def test_the_second_of_two_who_take_it_back_is_told_nothing_new(case, aino):
    consent = a_consent(case, by=aino)
    taken_back(case, consent, by=aino)

    again = withdrawn_consents.withdraw(
        case=case, consent=consent, on=TODAY - timedelta(3), version=1, by=aino, at=NOON
    )

    assert again.withdrawn_on == TODAY
    stale = a_consent(case, Partner.TEAM, by=aino)
    with pytest.raises(EditedMeanwhile):
        withdrawn_consents.withdraw(case=case, consent=stale, on=TODAY, version=2, by=aino, at=NOON)


def test_a_consent_taken_back_before_a_meeting_takes_the_case_off_and_tells_the_chair(case, aino, bertta):
    consent = a_consent(case, **DISCUSS, by=aino)
    item = on_the_agenda(case, chair=bertta)

    taken_back(case, consent, by=aino)

    assert AgendaItem.objects.get(pk=item.pk).is_withdrawn
    task = Task.objects.get(assignee=bertta)
    assert (task.case, task.due_on, task.done_at) == (case, TODAY, None)
    assert case.number in task.title
    assert "24.11.2026" in task.title


def test_a_meeting_that_has_begun_keeps_the_case_and_the_chair_is_asked_to_look(case, aino, bertta):
    consent = a_consent(case, **DISCUSS, by=aino)
    item = on_the_agenda(case, chair=bertta, starts_at=NOON - timedelta(hours=2))

    taken_back(case, consent, by=aino)

    assert not AgendaItem.objects.get(pk=item.pk).is_withdrawn
    assert Task.objects.get(assignee=bertta).due_on == TODAY


def test_what_rests_on_a_law_or_another_consent_stays_on_the_agenda(case, aino, bertta):
    kela = a_consent(case, by=aino)
    a_consent(case, **DISCUSS, by=aino)
    by_consent = on_the_agenda(case, chair=bertta)
    by_law = on_the_agenda(case, chair=bertta, basis="law", law="381/2023 15 §")

    taken_back(case, kela, by=aino)

    assert not any(item.is_withdrawn for item in AgendaItem.objects.filter(pk__in=[by_consent.pk, by_law.pk]))
    assert not Task.objects.exists()


def test_a_chair_who_left_stops_no_withdrawal_and_the_coordinator_is_told(case, aino, bertta):
    consent = a_consent(case, **DISCUSS, by=aino)
    item = on_the_agenda(case, chair=bertta)
    User.objects.filter(pk=bertta.pk).update(is_active=False)

    taken_back(case, consent, by=aino)

    assert AgendaItem.objects.get(pk=item.pk).is_withdrawn
    assert Task.objects.get().assignee == aino


def test_the_agenda_of_a_closed_case_is_cleared_as_well(case, aino, bertta):
    consent = a_consent(case, **DISCUSS, by=aino)
    item = on_the_agenda(case, chair=bertta)
    cases.close(case=case, outcome="work", closed_on=TODAY, version=1, by=aino, at=NOON)

    taken_back(case, consent, by=aino)

    assert AgendaItem.objects.get(pk=item.pk).is_withdrawn
    assert Task.objects.get(assignee=bertta).case is None


def test_a_closed_meeting_is_left_as_it_was(case, aino, bertta):
    consent = a_consent(case, **DISCUSS, by=aino)
    item = on_the_agenda(case, chair=bertta)
    Meeting.objects.update(state=Meeting.State.CLOSED)

    taken_back(case, consent, by=aino)

    assert not AgendaItem.objects.get(pk=item.pk).is_withdrawn


def ending(on):
    """What the rules about consents and powers of attorney ask for on a day."""
    sources: tuple[Any, ...] = SOURCES
    found = [source.occasion(row, on) for source in sources for row in source.rows(on)]
    return [occasion for occasion in found if occasion is not None]


def test_an_ending_consent_becomes_a_wish_for_a_task_thirty_days_before(case, aino):
    consent = a_consent(case, by=aino, valid_until=TODAY + timedelta(30))

    assert ending(TODAY - timedelta(1)) == []
    (wanted,) = ending(TODAY)
    assert (wanted.case, wanted.about, wanted.due_on) == (case, consent.pk, consent.valid_until)
    assert wanted.cause == f"consent:{consent.pk}:2026-12-23"
    assert "23.12.2026" in wanted.channels[0].title()
    assert wanted.is_still()
    assert ending(TODAY + timedelta(31)) == []


def test_no_task_is_wanted_for_what_was_renewed_taken_back_or_belongs_to_a_closed_case(case, aino):
    until: dict[str, Any] = {"valid_until": TODAY + timedelta(10)}
    a_consent(case, by=aino, **until)
    a_consent(case, by=aino, given_on=TODAY)
    back = a_consent(case, Partner.TEAM, by=aino, **until)
    (wanted,) = ending(TODAY)
    taken_back(case, back, by=aino)
    closed = a_case(by=aino)
    a_consent(closed, by=aino, **until)
    withdrawn(closed, by=aino)

    assert ending(TODAY) == []
    assert not wanted.is_still()


def test_a_consent_for_another_employer_renews_nothing(case, aino):
    a_consent(case, Partner.EMPLOYER, partner_name="Rakennus Oy", by=aino, valid_until=TODAY + timedelta(10))
    a_consent(case, Partner.EMPLOYER, partner_name="Siivous Oy", by=aino)

    assert len(ending(TODAY)) == 1


def test_an_ending_power_of_attorney_is_asked_for_anew(case, aino, settings, tmp_path):
    settings.FILES = tmp_path
    paper = a_paper(case, "power_of_attorney", by=aino, valid_until=TODAY + timedelta(30))
    a_paper(case, "power_of_attorney", by=aino)

    (wanted,) = ending(TODAY)

    assert wanted.cause == f"power_of_attorney:{paper.pk}:2026-12-23"
    assert (wanted.about, wanted.due_on) == (paper.pk, TODAY + timedelta(30))


def test_the_sweep_writes_the_wishes_once(case, aino):
    a_consent(case, by=aino, valid_until=TODAY + timedelta(10))

    assert [sweep(on=TODAY, at=NOON) for _ in range(2)] == [1, 0]
    assert Task.objects.get().assignee == aino


def test_the_wishes_of_many_cases_ask_few_questions(kaavi, aino, django_assert_max_num_queries):
    for _ in range(5):
        a_consent(a_case(by=aino), by=aino, valid_until=TODAY + timedelta(10))

    with django_assert_max_num_queries(4):
        assert len(ending(TODAY)) == 5


def test_a_moment_of_the_evening_is_a_day_in_finland(case, aino):
    late = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # 23.11. in Helsinki

    assert a_consent(case, by=aino, given_on=TODAY, at=late).given_on == TODAY
