"""An appeal that was written down wrong is corrected or taken back: its state and the clocks follow."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.appeals import actions as appeals
from casework.appeals import correcting
from casework.appeals.correcting import AppealFacts
from casework.applications.correcting import NoStepToTakeBack
from casework.applications.waiting import clocked_decisions, followed_appeals
from casework.cases import actions as cases
from casework.cases.queries import case_or_404, phase_of
from casework.decisions import actions as decisions
from casework.law.errors import DayOrderWrong
from casework.law.phases import Phase
from casework.models import Appeal, Decision, LedgerEntry
from casework.reminders import sweep as sweeping
from casework.timeline import corrections
from tenants.scope import in_municipality
from tests.asking import asked
from tests.casework.applications.making import LAST_DAY, POSTED, a_decision, appeal_at, application_at, in_db
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 22)


@pytest.fixture
def decision(kaavi, aino) -> Decision:
    return a_decision(application=application_at("filed", by=aino, case=a_case(by=aino)), by=aino)


def corrected(appeal, *, by, **others) -> Appeal:
    said = {name: getattr(appeal, name) for name in AppealFacts.__dataclass_fields__} | others
    known: dict[str, Any] = {"reason": "Luin väärin", "version": appeal.version}
    return correcting.correct(appeal=appeal, facts=AppealFacts(**said), **known, by=by, at=NOON)


def without_step(appeal, *, by) -> Appeal:
    return correcting.take_back_step(appeal=appeal, reason="Ei tehty", version=appeal.version, by=by, at=NOON)


def taken_back(appeal, *, by) -> Appeal:
    return correcting.take_back(appeal=appeal, reason="Väärä", version=appeal.version, by=by, at=NOON)


def sweep(on):
    return sweeping.sweep(on=on, at=NOON)


def last_day_to_court() -> date:
    last_day = to_court().last_day
    assert last_day is not None
    return last_day


def to_court() -> Appeal:
    found: Appeal = Appeal.objects.get(level=Appeal.Level.INSURANCE_COURT)
    return found


def test_the_old_text_of_a_draft_stays(decision, aino):
    appeal = appeal_at("draft", decision=decision, by=aino)
    text = {"demand": "Pyydän eläkettä.", "grounds": "Selkä."}

    appeal = appeals.edit(appeal=appeal, **text, version=appeal.version, by=aino, at=NOON)
    appeals.edit(appeal=appeal, **text | {"grounds": "Selkä ja mieli."}, version=appeal.version, by=aino, at=NOON)

    assert "Selkä." in [old.said for old in corrections.of_row(appeal)[0].olds]


def test_another_day_of_filing_may_make_it_late_and_asks_why(decision, aino):
    decisions.confirm_notice(
        decision=decision, channel="post", notice_on=POSTED, printed_last_day=YESTERDAY, version=1, by=aino, at=NOON
    )
    appeal = appeal_at("draft", decision=Decision.objects.get(), by=aino)
    appeal = appeals.file(appeal=appeal, filed_on=YESTERDAY, version=appeal.version, by=aino, at=NOON)

    with pytest.raises(appeals.LateReasonNeeded):
        corrected(appeal, filed_on=TODAY, by=aino)
    with asked(DayOrderWrong):
        corrected(appeal, filed_on=POSTED - timedelta(days=1), by=aino)
    late = corrected(appeal, filed_on=TODAY, late_reason="Sairaalassa", by=aino)
    assert (late.was_late, late.late_reason) == (True, "Sairaalassa")
    assert in_db(corrected(late, filed_on=YESTERDAY, by=aino)).late_reason == ""


def test_a_filing_that_was_taken_back_lets_the_clock_of_the_decision_run_and_remind_again(decision, aino):
    soon = LAST_DAY - timedelta(days=3)
    appeal = appeal_at("draft", decision=decision, by=aino)
    assert sweep(soon) == 1
    appeal = appeals.file(appeal=appeal, filed_on=TODAY, version=appeal.version, by=aino, at=NOON)
    assert sweep(soon) == 0

    appeal = without_step(appeal, by=aino)

    assert (appeal.is_draft, appeal.filed_on) == (True, None)
    assert list(clocked_decisions(TODAY)) == [decision]
    assert [sweep(soon), sweep(soon)] == [1, 0]
    with pytest.raises(NoStepToTakeBack):
        without_step(appeal, by=aino)


def test_another_notice_of_the_ruling_moves_the_clock_to_the_court(decision, aino):
    appeal = appeal_at("decided", decision=decision, by=aino)
    before = last_day_to_court()
    soon = before - timedelta(days=3)
    assert sweep(soon) == 1

    corrected(appeal, result_on=YESTERDAY, result_notice_on=YESTERDAY, filed_on=YESTERDAY, by=aino)

    assert last_day_to_court() < before
    assert LedgerEntry.objects.filter(about=to_court().pk, cancelled_at=None).count() == 0
    assert [sweep(soon), sweep(soon)] == [1, 0]


def test_a_ruling_that_changed_everything_leaves_nothing_to_appeal(decision, aino):
    appeal = appeal_at("decided", decision=decision, by=aino)
    sweep(last_day_to_court() - timedelta(days=3))

    appeal = corrected(appeal, result="changed", by=aino)
    assert list(followed_appeals()) == []
    assert not LedgerEntry.objects.filter(cancelled_at=None).exists()
    assert phase_of(case_or_404(aino, decision.application.case.number, on=TODAY)) is not Phase.APPEALING

    corrected(appeal, result="rejected", by=aino)
    assert list(followed_appeals()) == [to_court()]


def test_a_ruling_that_was_taken_back_takes_the_appeal_against_it_along(decision, aino):
    appeal = appeal_at("decided", decision=decision, by=aino)

    appeal = without_step(appeal, by=aino)

    assert (appeal.state, appeal.result, appeal.result_on) == ("filed", "", None)
    assert list(Appeal.objects.all()) == [appeal]
    [earlier] = corrections.of_row(appeal)
    assert "Hylätty" in [old.said for old in earlier.olds] or "Rejected" in [old.said for old in earlier.olds]


def test_what_a_filed_appeal_to_the_court_rests_on_stays(decision, aino):
    appeal = appeal_at("decided", decision=decision, by=aino)
    appeals.file(appeal=to_court(), filed_on=TODAY, version=1, by=aino, at=NOON)

    for act in (without_step, taken_back):
        with pytest.raises(correcting.HasFurtherAppeal):
            act(appeal, by=aino)
    with pytest.raises(correcting.HasFurtherAppeal):
        corrected(appeal, result="changed", by=aino)


def test_a_withdrawal_that_was_taken_back_finds_the_days_of_the_decision(decision, aino):
    appeal = appeal_at("withdrawn", decision=decision, by=aino)
    notice: dict[str, Any] = {"channel": "post", "notice_on": TODAY, "version": decision.version}
    decision = decisions.confirm_notice(decision=decision, **notice, by=aino, at=NOON)

    found = in_db(without_step(appeal, by=aino))

    assert (found.is_draft, found.withdrawn_on, found.last_day) == (True, None, decision.last_day)
    again = appeals.withdraw(appeal=found, withdrawn_on=TODAY, version=found.version, by=aino, at=NOON)
    appeal_at("draft", decision=decision, by=aino)
    with pytest.raises(appeals.AppealExists):
        without_step(again, by=aino)


def test_an_appeal_that_was_taken_back_leaves_its_decision_and_another_may_be_begun(decision, aino):
    appeal = appeal_at("filed", decision=decision, by=aino)

    taken_back(appeal, by=aino)

    assert list(clocked_decisions(TODAY)) == [decision]
    assert in_db(decision).appeals.count() == 0
    assert appeal_at("draft", decision=decision, by=aino).is_draft


def test_the_last_day_against_a_ruling_is_not_lost_with_the_appeal_to_the_court(decision, aino):
    appeal_at("decided", decision=decision, by=aino)

    with pytest.raises(correcting.FollowsFromRuling):
        taken_back(to_court(), by=aino)


# --- on the pages -------------------------------------------------------------------------------------------------


def page_of(appeal, name):
    return reverse(name, args=[appeal.decision.application.case.number, appeal.pk])


def test_it_is_corrected_and_taken_back_where_it_is_shown(decision, aino, aino_browser):
    appeal = appeal_at("filed", decision=decision, by=aino)
    shown = aino_browser.get(appeal.get_absolute_url()).content.decode()
    assert [page_of(appeal, name) in shown for name in ("appeal_correct", "appeal_step_back")] == [True, True]
    form = aino_browser.get(page_of(appeal, "appeal_correct")).context["form"]
    assert "result" not in form.fields
    typed = {name: value for name, value in form.initial.items() if value is not None}
    typed |= {"filed_on": YESTERDAY.isoformat()}
    assert "reason" in aino_browser.post(page_of(appeal, "appeal_correct"), typed).context["form"].errors
    answer = aino_browser.post(page_of(appeal, "appeal_correct"), typed | {"reason": "Luin väärin"})
    assert answer.url == appeal.get_absolute_url()

    number = decision.application.case.number
    told = aino_browser.get(reverse("case_corrections", args=[number])).content.decode()
    assert [words in told for words in ("23.11.2026", "Luin väärin")] == [True, True]
    version = in_db(appeal).version
    aino_browser.post(page_of(appeal, "appeal_step_back"), {"version": version, "reason": "Ei jätetty"})
    assert in_db(appeal).is_draft
    assert page_of(appeal, "appeal_remove") in aino_browser.get(appeal.get_absolute_url()).content.decode()
    aino_browser.post(page_of(appeal, "appeal_remove"), {"version": version + 1, "reason": "Väärä päätös"})
    assert aino_browser.get(appeal.get_absolute_url()).status_code == 404
    for name in ("case_timeline", "case_corrections", "case"):
        assert aino_browser.get(reverse(name, args=[number])).status_code == 200


@pytest.mark.parametrize("name", ["appeal_correct", "appeal_remove", "appeal_step_back"])
def test_it_is_behind_the_door_of_its_case(decision, aino, bertta, daavid, cecilia, tuusniemi, name):
    appeal = appeal_at("filed", decision=decision, by=aino)
    cases.add_participant(case=decision.application.case, user=daavid, since=POSTED, by=aino, at=NOON)
    page = page_of(appeal, name)

    assert browser_of(daavid).get(page).status_code == 403
    assert "/reason/" in browser_of(bertta).get(page).headers["Location"]
    assert browser_of(aino).get(reverse(name, args=[a_case(by=aino).number, appeal.pk])).status_code == 404
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(page).status_code == 404
