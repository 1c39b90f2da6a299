"""A referral to a clinic through its life: what is written, what is awaited, and what it never begins."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.applications import actions as applications
from casework.applications import both_systems
from casework.care_referrals import actions as care_referrals
from casework.care_referrals.actions import NotOfThisCase, ReferralDetails
from casework.case_tasks import actions as tasks
from casework.cases.open_ends import open_ends
from casework.law.errors import BeforeBirth, DayOrderWrong, InTheFuture
from casework.law.phases import Phase
from casework.law.workflow import StepNotAllowed
from casework.models import Appeal, Application, CareReferral, Case, Correction, Decision, Event, OpenEnd, Task
from casework.reminders.sweep import sweep
from casework.timeline import corrections
from tenants.versions import EditedMeanwhile
from tests.asking import asked
from tests.casework.applications.making import application_at
from tests.casework.care_referrals.making import SENT, a_care_referral, known, said_at, taken, with_steps
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_paper
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
USUAL = timedelta(days=90)
REPORT = timedelta(days=60)
COMPLAINT = timedelta(days=30)


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino)


def in_db() -> CareReferral:
    found: CareReferral = CareReferral.objects.get()
    return found


def titles() -> list[str]:
    return [task.title for task in Task.objects.filter(done_at=None)]


def swept(on: date) -> list[int]:
    return [sweep(on=on, at=NOON), sweep(on=on, at=NOON)]


# --- the way ----------------------------------------------------------------------------------------------------


def test_it_goes_from_the_asking_to_the_report_and_each_step_stands_on_the_timeline(case, aino):
    referral = a_care_referral("reported", case=case, by=aino)

    assert in_db().state == "reported"
    assert referral.steps == ["send", "accept", "examine", "report"]
    kinds = list(Event.objects.order_by("at", "created_at").values_list("kind", flat=True))
    steps = [kind.removeprefix("care_referral.") for kind in kinds if kind.startswith("care_referral.")]
    assert steps == ["begun", "sent", "accepted", "examined", "reported"]


def test_no_decision_no_appeal_and_no_clock_come_of_it_also_when_it_is_refused(case, aino):
    a_care_referral("refused", case=case, by=aino)

    assert not Application.objects.exists()
    assert not Decision.objects.exists()
    assert not Appeal.objects.exists()
    assert swept(date(2028, 1, 3)) == [0, 0]


def test_one_that_was_sent_long_before_is_written_down_as_sent_though_nobody_knows_when(case, aino):
    details = ReferralDetails(unit="KYS", was_sent=True)

    referral = care_referrals.begin(case=case, details=details, by=aino, at=NOON)

    assert (referral.state, referral.sent_on) == ("sent", None)
    assert referral.due_on == TODAY + USUAL  # it was sent no later than on the day on which that is written


def test_every_day_of_others_may_be_unknown(case, aino):
    referral = a_care_referral(case=case, by=aino, asked_on=None)
    for step, unknown in (
        ("send", {"sent_on": None}),
        ("ask_for_more", {"more_asked_on": None, "more_asked": "Kuvat", "more_due_on": None}),
        ("supply", {"supplied_on": TODAY}),
        ("accept", {"accepted_on": None, "first_visit_on": None}),
        ("examine", {"examined_on": None}),
        ("report", {"reported_on": None}),
    ):
        referral = taken(referral, step, **unknown, by=aino)

    assert in_db().state == "reported"


def test_what_the_clinic_asks_is_answered_and_a_second_question_keeps_the_first_in_the_history(case, aino):
    referral = a_care_referral("returned", case=case, by=aino)
    referral = with_steps(referral, "supply", by=aino)
    assert (referral.state, referral.due_on) == ("sent", SENT + timedelta(days=20) + USUAL)

    asked_again: dict[str, Any] = {"more_asked_on": TODAY, "more_asked": "Myös kaulan kuvat.", "more_due_on": None}
    referral = taken(referral, "ask_for_more", **asked_again, by=aino)

    assert (referral.more_asked, referral.supplied_on, referral.due_on) == ("Myös kaulan kuvat.", None, None)
    assert "Selän kuvaus puuttuu." in [old.said for earlier in corrections.of_row(referral) for old in earlier.olds]


def test_a_first_answer_makes_no_line_of_the_history(case, aino):
    a_care_referral("reported", case=case, by=aino)

    assert not Correction.objects.exists()


def test_who_was_refused_complains_to_the_unit_and_the_unit_may_take_them_after_all(case, aino):
    referral = a_care_referral("complained", case=case, by=aino)
    assert referral.due_on == SENT + timedelta(days=20) + COMPLAINT

    referral = with_steps(referral, "answer_complaint", by=aino)
    assert (referral.state, referral.answer, referral.due_on) == ("refused", "Tutkimme uudelleen.", None)

    referral = taken(referral, "accept", accepted_on=TODAY, first_visit_on=None, by=aino)
    assert (referral.state, referral.complaint) == ("accepted", "Lähete on tutkittava.")


def test_a_complaint_may_be_made_however_long_ago_the_refusal_was(case, aino):
    referral = a_care_referral("refused", case=case, sent_on=date(2020, 1, 7), by=aino)

    assert taken(referral, "complain", complained_on=TODAY, complaint="", by=aino).state == "complained"


def test_the_report_is_awaited_from_the_latest_day_that_is_known(case, aino):
    accepted = a_care_referral("accepted", case=case, by=aino)
    assert accepted.due_on == known(accepted.first_visit_on) + REPORT

    examined = with_steps(accepted, "examine", by=aino)
    assert examined.due_on == known(examined.examined_on) + REPORT


def test_the_report_is_a_document_of_the_case_itself(case, aino, settings, tmp_path):
    settings.FILES = tmp_path
    referral = a_care_referral("examined", case=case, by=aino)
    other = a_paper(a_case(by=aino), by=aino)
    with pytest.raises(NotOfThisCase):
        taken(referral, "report", reported_on=TODAY, report=other, by=aino)

    own = a_paper(case, by=aino)
    assert taken(referral, "report", reported_on=TODAY, report=own, by=aino).report == own


# --- what is refused, and what is asked ---------------------------------------------------------------------------


def test_a_step_that_leads_nowhere_is_refused_and_writes_nothing(case, aino):
    referral = a_care_referral("draft", case=case, by=aino)

    with pytest.raises(StepNotAllowed):
        with_steps(referral, "accept", by=aino)

    assert (in_db().state, in_db().accepted_on) == ("draft", None)


def test_who_saves_over_a_change_they_have_not_seen_is_told(case, aino):
    referral = a_care_referral("sent", case=case, by=aino)
    old = referral.version
    with_steps(referral, "accept", by=aino)

    with pytest.raises(EditedMeanwhile):
        care_referrals.examine(referral=referral, examined_on=TODAY, version=old, by=aino, at=NOON)


def test_days_that_cannot_be_are_refused(case, aino):
    referral = a_care_referral("draft", case=case, by=aino)

    with pytest.raises(InTheFuture):
        taken(referral, "send", sent_on=TODAY + timedelta(days=1), by=aino)
    with pytest.raises(BeforeBirth):
        taken(referral, "send", sent_on=date(1940, 1, 2), by=aino)


def test_a_first_visit_and_the_clinics_own_day_may_be_ahead(case, aino):
    referral = a_care_referral("sent", case=case, by=aino)

    ahead: dict[str, Any] = {"accepted_on": TODAY, "first_visit_on": TODAY + timedelta(days=90)}
    assert taken(referral, "accept", **ahead, by=aino).first_visit_on == TODAY + timedelta(days=90)


def test_a_day_before_the_one_it_follows_is_asked_about_once(case, aino):
    referral = a_care_referral("sent", case=case, by=aino)

    with asked(DayOrderWrong) as doubt:
        taken(referral, "refuse", refused_on=SENT - timedelta(days=1), refusal_reason="", by=aino)

    assert doubt.value.field == "refused_on"


# --- nobody applies for it ----------------------------------------------------------------------------------------


def test_no_application_to_the_clinic_is_begun_any_more(case, aino):
    claim: dict[str, Any] = {"benefit_code": "KTP", "decider_code": "wellbeing_county"}

    with pytest.raises(both_systems.IsCareReferral):
        both_systems.begin(case=case, **claim, by=aino, at=NOON)

    assert not Application.objects.exists()


def test_an_application_to_it_from_before_is_finished_as_it_is(case, aino):
    old = application_at("filed", case=case, benefit="KTP", decider="wellbeing_county", by=aino)

    withdrawn = applications.withdraw(
        application=old,
        withdrawn_on=TODAY,
        reason="Lähete kirjattiin uudelleen.",
        version=old.version,
        by=aino,
        at=NOON,
    )

    assert withdrawn.state == "withdrawn"


# --- phase, open ends and tasks -----------------------------------------------------------------------------------


def test_a_referral_that_was_sent_is_an_assessment_and_no_wait_for_a_decision(case, aino):
    referral = a_care_referral("draft", case=case, by=aino)
    assert Case.objects.get(pk=case.pk).phase == Phase.CONTACT

    referral = with_steps(referral, "send", by=aino)
    assert Case.objects.get(pk=case.pk).phase == Phase.ASSESSING

    with_steps(referral, "withdraw", by=aino)
    assert Case.objects.get(pk=case.pk).phase == Phase.CONTACT


@pytest.mark.parametrize("state", ["draft", "sent", "returned", "accepted", "complained", "examined"])
def test_a_referral_under_way_is_open_when_the_case_ends(case, aino, state):
    referral = a_care_referral(state, case=case, by=aino)

    [end] = open_ends(case, on=TODAY)

    assert (end.kind, end.about) == (OpenEnd.Kind.CARE, referral.pk)
    assert end.on == (referral.more_due_on if state == "returned" else None)


@pytest.mark.parametrize("state", ["refused", "reported", "withdrawn"])
def test_one_that_is_over_is_not(case, aino, state):
    a_care_referral(state, case=case, by=aino)

    assert open_ends(case, on=TODAY) == []


def test_an_answer_that_takes_longer_than_usual_is_asked_after_once(case, aino):
    referral = a_care_referral("sent", case=case, by=aino)

    assert swept(known(referral.due_on)) == [0, 0]
    assert swept(known(referral.due_on) + timedelta(days=1)) == [1, 0]
    assert titles() == ["Kysy poliklinikalta: 12.10.2026 lähetettyyn lähetteeseen ei ole vielä vastattu"]


def test_what_the_clinic_asks_is_a_task_at_once_by_its_own_day_and_is_done_by_the_answer(case, aino):
    referral = a_care_referral("returned", case=case, by=aino)

    assert swept(TODAY) == [1, 0]
    task = Task.objects.get()
    assert task.due_on == referral.more_due_on

    with_steps(referral, "supply", by=aino)
    task.refresh_from_db()
    assert (task.is_done, task.is_dropped) == (True, False)


def test_a_question_without_a_day_is_a_task_for_the_next_office_day(case, aino):
    asked_on = date(2026, 11, 20)  # a Friday
    sent = a_care_referral("sent", case=case, by=aino)
    taken(sent, "ask_for_more", more_asked_on=asked_on, more_asked="Kuvat", more_due_on=None, by=aino)

    assert swept(TODAY) == [1, 0]
    assert Task.objects.get().due_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("accepted", "Pyydä poliklinikalta lausunto tutkimuksista"),
        ("examined", "Pyydä poliklinikalta lausunto tutkimuksista"),
        ("complained", "Kysy vastausta muistutukseen, joka koskee hylättyä lähetettä"),
    ],
)
def test_a_report_and_an_answer_to_a_complaint_that_do_not_come_are_asked_for(case, aino, state, title):
    referral = a_care_referral(state, case=case, by=aino)

    assert swept(known(referral.due_on)) == [0, 0]
    assert swept(known(referral.due_on) + timedelta(days=1)) == [1, 0]
    assert titles() == [title]


def test_a_step_ends_the_task_about_what_is_awaited_no_more(case, aino):
    referral = a_care_referral("sent", case=case, by=aino)
    swept(known(referral.due_on) + timedelta(days=1))

    with_steps(referral, "accept", by=aino)

    assert titles() == []


def test_a_task_that_was_done_does_not_come_again(case, aino):
    referral = a_care_referral("sent", case=case, by=aino)
    late = known(referral.due_on) + timedelta(days=1)
    swept(late)
    tasks.do(task=Task.objects.get(), by=aino, at=NOON)

    assert swept(late + timedelta(days=30)) == [0, 0]


@pytest.mark.parametrize("state", ["draft", "refused", "reported", "withdrawn"])
def test_where_nobody_is_waited_for_nothing_is_asked(case, aino, state):
    a_care_referral(state, case=case, by=aino)

    assert swept(date(2028, 1, 3)) == [0, 0]


def test_the_days_that_the_making_says_are_those_of_the_referral(case, aino):
    referral = a_care_referral("accepted", case=case, by=aino)

    assert referral.first_visit_on == said_at("accept")["first_visit_on"]
