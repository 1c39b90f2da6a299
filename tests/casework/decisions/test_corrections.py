"""A decision that was recorded wrong is corrected: clock, reminders, coverage check and application follow."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.applications.waiting import clocked_decisions
from casework.cases import actions as cases
from casework.cases.queries import case_or_404, phase_of
from casework.decisions import actions as decisions
from casework.decisions import correcting
from casework.law.phases import Phase
from casework.models import Decision, LedgerEntry
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tenants.versions import EditedMeanwhile
from tests.asking import asked
from tests.casework.applications.making import a_decision, appeal_at, application_at, in_db
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
MADE, SENT = date(2026, 11, 10), date(2026, 11, 12)


@pytest.fixture
def decision(kaavi, aino) -> Decision:
    application = application_at("filed", by=aino, case=a_case(by=aino))
    return a_decision(application=application, decided_on=MADE, notice_on=SENT, by=aino)


def right(decision, **others) -> dict[str, Any]:
    said = {name: getattr(decision, name) for name in Decision.CORRECTED}
    return said | {"reason": "Luin väärin", "version": decision.version} | others


def test_another_day_of_notice_moves_the_clock_and_has_to_be_confirmed_again(decision, aino):
    notice = {"channel": decision.channel, "notice_on": SENT, "version": decision.version}
    decision = decisions.confirm_notice(decision=decision, **notice, by=aino, at=NOON)
    before = decision.last_day

    decision = correcting.correct(decision=decision, **right(decision, notice_on=date(2026, 11, 19)), by=aino, at=NOON)

    decision = Decision.objects.get(pk=decision.pk)
    assert decision.last_day > before
    assert not decision.is_last_day_confirmed
    [earlier] = corrections.of_row(decision)
    assert ([old.said for old in earlier.olds], earlier.correction.reason) == (["12.11.2026"], "Luin väärin")
    case = decision.application.case
    assert case.events.filter(kind="decision.corrected", about_id=decision.pk).exists()
    assert AccessEntry.objects.filter(action="decision.corrected", subject=case.number).exists()


def test_the_day_that_was_known_before_the_notice_was_confirmed_stays(decision, aino):
    day = date(2026, 11, 16)

    decision = decisions.confirm_notice(
        decision=decision, channel=decision.channel, notice_on=day, version=1, by=aino, at=NOON
    )

    assert (Decision.objects.get(pk=decision.pk).notice_on, decision.version) == (day, 2)
    [earlier] = corrections.of_row(decision)
    assert ([old.said for old in earlier.olds], earlier.correction.act) == (["12.11.2026"], "changed")


def test_a_grant_that_was_recorded_as_a_rejection_needs_no_check_and_has_no_clock(decision, aino):
    correcting.correct(decision=decision, **right(decision, result="granted"), by=aino, at=NOON)

    case = case_or_404(aino, decision.application.case.number, on=TODAY)
    assert phase_of(case) not in {Phase.CHECKING, Phase.APPEALING}
    assert list(clocked_decisions(TODAY)) == []
    assert not in_db_check(decision).is_open


def test_a_rejection_that_was_recorded_as_a_grant_opens_the_check(kaavi, aino):
    application = application_at("filed", by=aino, case=a_case(by=aino))
    decision = a_decision(application=application, result="granted", decided_on=MADE, notice_on=SENT, by=aino)

    correcting.correct(decision=decision, **right(decision, result="rejected"), by=aino, at=NOON)
    assert list(clocked_decisions(TODAY)) == [decision]
    assert in_db_check(decision).is_open

    again = Decision.objects.get()
    correcting.correct(decision=again, **right(again, result="granted"), by=aino, at=NOON)
    again = Decision.objects.get()
    correcting.correct(decision=again, **right(again, result="rejected"), by=aino, at=NOON)
    assert in_db_check(decision).is_open


def in_db_check(decision):
    return Decision.objects.select_related("coverage_check").get(pk=decision.pk).coverage_check


def test_the_day_of_the_decision_is_that_of_its_application_too(decision, aino):
    correcting.correct(decision=decision, **right(decision, decided_on=date(2026, 11, 9)), by=aino, at=NOON)

    assert in_db(decision.application).decided_on == date(2026, 11, 9)


def test_a_correction_is_checked_as_what_is_recorded(decision, aino):
    for wrong, refusal in (
        ({"notice_on": date(2026, 11, 9)}, decisions.NoticeBeforeDecision),
        ({"decided_on": date(2020, 1, 1)}, decisions.DecidedBeforeFiling),
        ({"result": "granted_until"}, decisions.EndMissing),
        ({"version": 99}, EditedMeanwhile),
    ):
        with asked(refusal):
            correcting.correct(decision=decision, **right(decision, **wrong), by=aino, at=NOON)


def test_what_the_decider_had_asked_for_is_asked_again_when_its_decision_was_another_client_s(kaavi, aino):
    decision = a_decision(application=application_at("returned", by=aino), by=aino)

    correcting.take_back(decision=decision, reason="Toisen asiakkaan päätös", version=1, by=aino, at=NOON)

    application = in_db(decision.application)
    assert (application.is_returned, application.more_due_on) == (True, date(2026, 11, 30))
    assert [found.end for found in application.rounds.all()] == [""]


def test_after_a_decision_was_taken_back_the_application_waits_again_and_no_clock_runs(decision, aino):
    correcting.take_back(decision=decision, reason="Toisen hakemuksen päätös", version=1, by=aino, at=NOON)

    application = in_db(decision.application)
    assert (application.is_waiting, application.decided_on) == (True, None)
    assert list(application.decisions.all()) == []
    assert list(clocked_decisions(TODAY)) == []
    assert phase_of(case_or_404(aino, application.case.number, on=TODAY)) is Phase.WAITING
    assert not LedgerEntry.objects.filter(about=decision.pk, cancelled_at=None).exists()
    with pytest.raises(TakenBack):
        correcting.take_back(decision=decision, reason="x", version=2, by=aino, at=NOON)
    again = a_decision(application=application, decided_on=MADE, notice_on=SENT, by=aino)
    assert list(in_db(application).decisions.all()) == [again]


def test_a_decision_with_an_appeal_is_not_taken_back(decision, aino):
    appeal_at("draft", decision=decision, by=aino)

    with pytest.raises(correcting.HasAppeal):
        correcting.take_back(decision=decision, reason="x", version=decision.version, by=aino, at=NOON)


# --- on the pages -------------------------------------------------------------------------------------------------


def page_of(decision, name):
    return reverse(name, args=[decision.application.case.number, decision.pk])


def test_it_is_corrected_and_taken_back_where_it_is_shown(decision, aino, aino_browser):
    assert page_of(decision, "decision_correct") in aino_browser.get(decision.get_absolute_url()).content.decode()
    form = aino_browser.get(page_of(decision, "decision_correct")).context["form"]
    typed = {name: value for name, value in form.initial.items() if value is not None}
    typed |= {"notice_on": "2026-11-19", "decided_on": "2026-11-10"}
    assert "reason" in aino_browser.post(page_of(decision, "decision_correct"), typed).context["form"].errors
    answer = aino_browser.post(page_of(decision, "decision_correct"), typed | {"reason": "Luin väärin"})
    assert answer.url == decision.get_absolute_url()

    case = decision.application.case
    told = aino_browser.get(reverse("case_corrections", args=[case.number])).content.decode()
    assert [words in told for words in ("12.11.2026", "Luin väärin")] == [True, True]
    aino_browser.post(page_of(decision, "decision_remove"), {"version": 2, "reason": "Väärä hakemus"})
    assert aino_browser.get(decision.get_absolute_url()).status_code == 404
    assert aino_browser.get(reverse("case_timeline", args=[case.number])).status_code == 200


@pytest.mark.parametrize("name", ["decision_correct", "decision_remove"])
def test_it_is_behind_the_door_of_its_case(decision, aino, bertta, daavid, cecilia, tuusniemi, name):
    cases.add_participant(case=decision.application.case, user=daavid, since=MADE, by=aino, at=NOON)
    page = page_of(decision, name)

    assert browser_of(daavid).get(page).status_code == 403
    assert "/reason/" in browser_of(bertta).get(page).headers["Location"]
    other = a_case(by=aino)
    assert browser_of(aino).get(reverse(name, args=[other.number, decision.pk])).status_code == 404
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(page).status_code == 404
