"""The phase and the last contact in a case's row are what its facts say, after every step that anybody can take."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.appeals import actions as appeals
from casework.applications import actions as applications
from casework.assessments import actions as assessments
from casework.cases import actions as cases
from casework.cases import notes
from casework.decisions import actions as decisions
from casework.decisions import coverage
from casework.law.phases import Phase
from casework.models import Appeal, Application, Appointment, Assessment, Case, CoverageCheck
from casework.services import actions as service_entries
from casework.timeline import kept
from casework.visits import actions as visits
from casework.withdrawals import actions as withdrawals
from tenants.accounts.models import User
from tenants.errors import Refusal
from tests.casework.applications.making import findings
from tests.casework.assessments.making import an_assessment
from tests.casework.cases.making import a_case
from tests.casework.visits.making import BEFORE, SAID, an_appointment
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
STEPS: dict[str, Callable[[Case, User], object]] = {}

type Step = Callable[[Case, User], object]


class NothingThere(LookupError):
    """The case has nothing with which this step could be taken."""


def step(take: Step) -> Step:
    STEPS[take.__name__] = take
    return take


def newest(rows):
    found = rows.order_by("created_at").last()
    if found is None:
        raise NothingThere
    return found


def application(case, *states):
    return newest(Application.objects.filter(case=case, **({"state__in": states} if states else {})))


def appeal(case, *states):
    found = Appeal.objects.filter(decision__application__case=case)
    return newest(found.filter(state__in=states) if states else found)


def check(case):
    return newest(CoverageCheck.objects.filter(decision__application__case=case))


@step
def calls(case, by):
    notes.write(case=case, kind="call", text="x", on=TODAY, by=by, at=NOON)


@step
def meets(case, by):
    notes.write(case=case, kind="meeting", text="x", on=TODAY, by=by, at=NOON)


@step
def serves(case, by):
    log(case, by, "client_meeting")


@step
def accompanies(case, by):
    log(case, by, "doctor_visit")


@step
def takes_a_service_back(case, by):
    entry = newest(case.service_entries.all())
    service_entries.take_back(entry=entry, reason="x", version=entry.version, by=by, at=NOON)


@step
def the_call_was_another_day(case, by):
    note = newest(case.notes.all())
    on = TODAY - timedelta(days=40)
    notes.correct(note=note, kind=note.kind, text="x", on=on, reason="x", version=note.version, by=by, at=NOON)


@step
def takes_a_note_back(case, by):
    note = newest(case.notes.all())
    notes.take_back(note=note, reason="x", version=note.version, by=by, at=NOON)


def log(case, by, product):
    service_entries.log(case=case, on=TODAY, product=product, minutes=30, what="x", is_billable=True, by=by, at=NOON)


@step
def agrees_on_a_visit(case, by):
    an_appointment(case, by=by, on=BEFORE, kind=Appointment.Kind.DOCTOR)


@step
def agrees_on_a_talk(case, by):
    an_appointment(case, by=by, on=BEFORE, kind=Appointment.Kind.OFFICE)


@step
def debriefs(case, by):
    found = newest(case.appointments.all())
    visits.debrief(appointment=found, debrief=SAID, version=found.version, by=by, at=NOON)


@step
def misses(case, by):
    visits.miss(appointment=newest(case.appointments.all()), by=by, at=NOON)


@step
def cancels(case, by):
    visits.cancel(appointment=newest(case.appointments.all()), by=by, at=NOON)


@step
def assesses(case, by):
    an_assessment(case, by=by)


@step
def takes_the_assessment_off(case, by):
    found = newest(Assessment.objects.filter(case=case))
    assessments.take_back(assessment=found, reason="Väärä asiakas", version=found.version, by=by, at=NOON)


@step
def drafts(case, by):
    applications.draft(case=case, benefit_code="TKE-T", decider_code="keva", by=by, at=NOON)


@step
def files(case, by):
    found = application(case, "draft", "returned")
    applications.file(application=found, filed_on=TODAY, statement_follows=True, version=found.version, by=by, at=NOON)


@step
def is_asked_for_more(case, by):
    found = application(case, "filed")
    due_on = TODAY + timedelta(days=9)
    applications.ask_for_more(application=found, asked_on=TODAY, due_on=due_on, version=found.version, by=by, at=NOON)


@step
def supplies(case, by):
    found = application(case)
    applications.supply(application=found, supplied_on=TODAY, version=found.version, by=by, at=NOON)


@step
def asks_anew(case, by):
    found = application(case)
    applications.re_examine(application=found, asked_on=TODAY, version=found.version, by=by, at=NOON)


@step
def takes_the_application_back(case, by):
    found = application(case)
    applications.withdraw(application=found, withdrawn_on=TODAY, version=found.version, by=by, at=NOON)


@step
def is_rejected(case, by):
    decide(case, by, "rejected")


@step
def is_granted(case, by):
    decide(case, by, "granted")


def decide(case, by, result):
    found = application(case, "filed", "returned")
    days: dict[str, Any] = {"decided_on": TODAY, "notice_on": TODAY}
    decisions.record(application=found, result=result, channel="post", **days, version=found.version, by=by, at=NOON)


@step
def accepts_the_decision(case, by):
    close_check(case, by, "accept")


@step
def will_appeal(case, by):
    close_check(case, by, "appeal")


def close_check(case, by, conclusion):
    found = check(case)
    coverage.close(
        check=found,
        findings=findings(found),
        conclusion=conclusion,
        reason="x",
        version=found.version,
        by=by,
        at=NOON,
    )


@step
def checks_again(case, by):
    coverage.reopen(check=(found := check(case)), version=found.version, by=by, at=NOON)


@step
def drafts_an_appeal(case, by):
    appeals.draft(decision=check(case).decision, by=by, at=NOON)


@step
def appeals_it(case, by):
    found = appeal(case)
    appeals.file(appeal=found, filed_on=TODAY, version=found.version, by=by, at=NOON)


@step
def loses_the_appeal(case, by):
    found = appeal(case)
    notice: dict[str, Any] = {"result_on": TODAY, "result_channel": "post", "result_notice_on": TODAY}
    appeals.decide(appeal=found, result="rejected", **notice, version=found.version, by=by, at=NOON)


@step
def goes_to_court(case, by):
    appeals.draft_next(appeal=appeal(case, "decided"), by=by, at=NOON)


@step
def takes_the_appeal_back(case, by):
    found = appeal(case)
    appeals.withdraw(appeal=found, withdrawn_on=TODAY, version=found.version, by=by, at=NOON)


@step
def finds_a_direction(case, by):
    cases.set_direction(case=case, direction="work", direction_on=TODAY, version=case.version, by=by, at=NOON)


@step
def closes(case, by):
    cases.close(case=case, outcome="work", closed_on=TODAY, version=case.version, by=by, at=NOON)


@step
def reopens(case, by):
    cases.reopen(case=case, by=by, at=NOON)


@step
def leaves(case, by):
    withdrawals.withdraw(case=case, on=TODAY, version=case.version, by=by, at=NOON)


def taken(name: str, case: Case, by: User) -> bool:
    """Take a step, if it may be taken now, and see that row and facts say the same."""
    try:
        with transaction.atomic():
            STEPS[name](Case.objects.get(pk=case.pk), by)
    except (Refusal, NothingThere):
        return False
    finally:
        found = Case.objects.get(pk=case.pk)
        assert kept.Kept(phase=Phase(found.phase), contact_on=found.contact_on) == kept.derived(found), name
    return True


# Every step in an order in which it can be taken.
ROAD = [
    *("calls", "the_call_was_another_day", "takes_a_note_back", "serves", "takes_a_service_back", "agrees_on_a_talk"),
    *("debriefs", "meets", "serves", "assesses", "takes_the_assessment_off"),
    *("accompanies", "agrees_on_a_visit", "misses", "agrees_on_a_visit", "cancels", "finds_a_direction", "drafts"),
    *("files", "is_asked_for_more", "supplies", "is_rejected", "will_appeal", "drafts_an_appeal", "checks_again"),
    *("accepts_the_decision", "takes_the_appeal_back", "drafts", "takes_the_application_back", "drafts", "files"),
    *("is_granted", "drafts", "files", "is_rejected", "asks_anew", "is_rejected", "will_appeal", "drafts_an_appeal"),
    *("appeals_it", "loses_the_appeal", "takes_the_appeal_back", "goes_to_court", "closes", "reopens", "leaves"),
]


def test_the_road_knows_every_step():
    assert set(ROAD) == set(STEPS)


def test_phase_and_contact_are_kept_all_along_a_road_of_every_step(kaavi, aino):
    case = a_case(by=aino)

    assert [name for name in ROAD if not taken(name, case, aino)] == []
    assert Case.objects.get().phase == Phase.CLOSED


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(STEPS)), min_size=8, max_size=20))
def test_phase_and_contact_are_kept_whatever_happens_to_a_case(kaavi, aino, names):
    with transaction.atomic():
        case = a_case(by=aino)
        for name in names:
            taken(name, case, aino)
        transaction.set_rollback(True)


def test_a_line_of_the_timeline_mends_what_is_wrong(kaavi, aino):
    case = a_case(by=aino)
    Case.objects.update(phase=Phase.CLOSED, contact_on=date(2020, 1, 1))

    calls(case, aino)

    found = Case.objects.get()
    assert (found.phase, found.contact_on) == (Phase.CONTACT, TODAY)
