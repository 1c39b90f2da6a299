"""An application that was written down wrong is corrected or taken back: wait, reminder and phase follow."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.applications import actions as applications
from casework.applications import claims, correcting
from casework.applications.correcting import ApplicationFacts
from casework.cases import actions as cases
from casework.cases.queries import case_or_404, phase_of
from casework.law.errors import DayOrderWrong, DayTooLate
from casework.law.phases import Phase
from casework.models import Application, LedgerEntry
from casework.reminders import sweep as sweeping
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tenants.versions import EditedMeanwhile
from tests.asking import asked
from tests.casework.applications.making import FILED, a_decision, application_at, in_db
from tests.casework.cases.making import a_case
from tests.casework.statements.making import a_statement
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
WEEK = timedelta(days=7)
USUAL = timedelta(days=39)


@pytest.fixture
def application(kaavi, aino) -> Application:
    return application_at("filed", by=aino, case=a_case(by=aino))


def corrected(application, *, by, version=None, **others) -> Application:
    said = {name: getattr(application, name) for name in ApplicationFacts.__dataclass_fields__} | others
    known: dict[str, Any] = {"reason": "Luin väärin", "version": version or application.version}
    return correcting.correct(application=application, facts=ApplicationFacts(**said), **known, by=by, at=NOON)


def without_step(application, *, by) -> Application:
    known: dict[str, Any] = {"reason": "Ei jätetty", "version": application.version}
    return correcting.take_back_step(application=application, **known, by=by, at=NOON)


def sweep(on):
    return sweeping.sweep(on=on, at=NOON)


def mails(state):
    return OutgoingEmail.objects.filter(state=state).count()


def test_another_day_of_filing_moves_the_wait_the_evidence_and_the_reminder(application, aino):
    overdue = FILED + USUAL + timedelta(days=1)
    assert sweep(overdue) == 1

    corrected(application, filed_on=FILED + WEEK, by=aino)

    found = in_db(application)
    assert (found.filed_on, found.waiting_since, found.expected_by) == (
        FILED + WEEK,
        FILED + WEEK,
        FILED + WEEK + USUAL,
    )
    assert found.evidence.get().sent_on == FILED + WEEK
    assert (mails("cancelled"), mails("pending")) == (1, 0)
    assert [sweep(overdue), sweep(overdue + WEEK), sweep(overdue + WEEK)] == [0, 1, 0]
    [earlier] = corrections.of_row(found)
    assert "1.9.2026" in [old.said for old in earlier.olds]


def test_a_corrected_reference_leaves_the_wait_and_its_reminder_alone(application, aino):
    sweep(FILED + USUAL + WEEK)

    corrected(application, reference="K-1", by=aino)

    assert (in_db(application).reference, mails("pending")) == ("K-1", 1)


def test_another_decider_has_another_usual_time_and_must_decide_on_the_benefit(application, aino):
    before = application.expected_by

    found = corrected(application, benefit_code="TKE-K", decider_code="kela", by=aino)

    assert (found.decider.name, found.expected_by == before) == ("Kela", False)
    with asked(claims.NotDecidedThere):
        corrected(found, decider_code="keva", by=aino)


def test_a_correction_is_checked_as_what_is_recorded(application, aino):
    decision = a_decision(application=application, by=aino)
    application = in_db(application)

    for wrong, refusal in (
        ({"filed_on": date(2026, 1, 1)}, claims.FiledBeforeCase),
        ({"filed_on": decision.decided_on + timedelta(days=1)}, DayTooLate),
        ({"benefit_code": "TKE-K", "decider_code": "kela"}, correcting.HasDecision),
        ({"version": 99}, EditedMeanwhile),
    ):
        with asked(refusal):
            corrected(application, **wrong, by=aino)


def test_a_request_for_more_has_days_in_their_order(kaavi, aino):
    application = application_at("returned", by=aino)

    with asked(DayOrderWrong) as refused:
        corrected(application, more_due_on=FILED, by=aino)
    assert refused.value.field == "more_due_on"

    corrected(application, more_due_on=date(2026, 12, 7), by=aino)
    assert in_db(application).more_due_on == date(2026, 12, 7)


def test_what_no_step_has_written_is_not_written_by_a_correction(kaavi, aino):
    application = application_at("draft", by=aino)

    corrected(application, matter="continuation", filed_on=FILED, by=aino)

    assert (in_db(application).matter, in_db(application).filed_on) == ("continuation", None)


def test_each_step_is_taken_back_to_where_the_application_stood_before(kaavi, aino):
    application = application_at("returned", by=aino)
    supplied: dict[str, Any] = {"supplied_on": TODAY, "version": application.version}
    application = applications.supply(application=application, **supplied, by=aino, at=NOON)
    withdrawn: dict[str, Any] = {"withdrawn_on": TODAY, "version": application.version}
    application = applications.withdraw(application=application, **withdrawn, by=aino, at=NOON)

    states = []
    while correcting.has_step_to_take_back(application):
        application = without_step(application, by=aino)
        states.append(application.state)

    assert states == ["filed", "returned", "filed", "draft"]
    found = in_db(application)
    assert (found.filed_on, found.waiting_since, found.expected_by) == (None, None, None)
    assert found.evidence.get().sent_on is None
    with pytest.raises(correcting.NoStepToTakeBack):
        without_step(found, by=aino)


def test_a_filing_that_was_taken_back_is_reminded_of_no_more(application, aino):
    overdue = FILED + USUAL + WEEK
    sweep(overdue)

    without_step(application, by=aino)

    assert (mails("cancelled"), sweep(overdue), sweep(overdue)) == (1, 0, 0)
    assert phase_of(case_or_404(aino, application.case.number, on=TODAY)) is Phase.APPLYING


def test_a_request_for_a_new_decision_that_was_taken_back_leaves_the_decision(application, aino):
    decision = a_decision(application=application, by=aino)
    said: dict[str, Any] = {"asked_on": TODAY, "version": in_db(application).version}
    again = applications.re_examine(application=application, **said, by=aino, at=NOON)

    again = corrected(again, waiting_since=date(2026, 11, 20), by=aino)
    assert again.expected_by == date(2026, 11, 20) + USUAL
    with asked(DayOrderWrong):
        corrected(again, waiting_since=decision.decided_on - WEEK, by=aino)

    found = in_db(without_step(again, by=aino))
    assert (found.state, found.decided_on, found.waiting_since) == ("decided", decision.decided_on, FILED)


def test_an_application_that_was_taken_back_is_nowhere_but_in_the_history(application, aino):
    request = a_statement(case=application.case, application=application, by=aino)
    sweep(FILED + USUAL + WEEK)

    correcting.take_back(application=application, reason="Väärä asiakas", version=application.version, by=aino, at=NOON)

    case = case_or_404(aino, application.case.number, on=TODAY)
    assert (case.applications.count(), phase_of(case) is Phase.WAITING) == (0, False)
    assert (sweep(FILED + USUAL + WEEK), mails("pending")) == (0, 0)
    assert not LedgerEntry.objects.filter(about=application.pk, cancelled_at=None).exists()
    with pytest.raises(TakenBack):
        correcting.take_back(application=application, reason="x", version=application.version + 1, by=aino, at=NOON)
    page = browser_of(aino).get(request.get_absolute_url())
    assert (page.status_code, application.get_absolute_url() in page.content.decode()) == (200, False)


def test_an_application_with_a_decision_is_not_taken_back(application, aino):
    a_decision(application=application, by=aino)

    with pytest.raises(correcting.HasDecision):
        correcting.take_back(application=application, reason="x", version=in_db(application).version, by=aino, at=NOON)


# --- on the pages -------------------------------------------------------------------------------------------------


def page_of(application, name):
    return reverse(name, args=[application.case.number, application.pk])


def test_it_is_corrected_and_taken_back_where_it_is_shown(application, aino, aino_browser):
    shown = aino_browser.get(application.get_absolute_url()).content.decode()
    assert [page_of(application, f"application_{name}") in shown for name in ("correct", "step_back")] == [True, True]
    form = aino_browser.get(page_of(application, "application_correct")).context["form"]
    assert "supplied_on" not in form.fields
    typed = {name: value for name, value in form.initial.items() if value is not None} | {"filed_on": "2026-09-08"}
    assert "reason" in aino_browser.post(page_of(application, "application_correct"), typed).context["form"].errors
    answer = aino_browser.post(page_of(application, "application_correct"), typed | {"reason": "Luin väärin"})
    assert answer.url == application.get_absolute_url()

    told = aino_browser.get(reverse("case_corrections", args=[application.case.number])).content.decode()
    assert [words in told for words in ("1.9.2026", "Luin väärin")] == [True, True]
    question = aino_browser.get(page_of(application, "application_step_back")).content.decode()
    assert [words in question for words in ("Miksi vaihe perutaan?", "Peru vaihe")] == [True, True]
    version = in_db(application).version
    aino_browser.post(page_of(application, "application_step_back"), {"version": version, "reason": "Ei jätetty"})
    assert in_db(application).is_draft
    aino_browser.post(page_of(application, "application_remove"), {"version": version + 1, "reason": "Väärä asiakas"})
    assert aino_browser.get(application.get_absolute_url()).status_code == 404
    for name in ("case_timeline", "case_corrections", "case"):
        assert aino_browser.get(reverse(name, args=[application.case.number])).status_code == 200


@pytest.mark.parametrize("name", ["application_correct", "application_remove", "application_step_back"])
def test_it_is_behind_the_door_of_its_case(application, aino, bertta, daavid, cecilia, tuusniemi, name):
    cases.add_participant(case=application.case, user=daavid, since=FILED, by=aino, at=NOON)
    page = page_of(application, name)

    assert browser_of(daavid).get(page).status_code == 403
    assert "/reason/" in browser_of(bertta).get(page).headers["Location"]
    assert browser_of(aino).get(reverse(name, args=[a_case(by=aino).number, application.pk])).status_code == 404
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(page).status_code == 404
