"""The client comes with a decision: filing, decision and appeals are written in one act, as far as they have come."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.appeals import actions as appeals
from casework.appeals import brought
from casework.appeals.brought import Brought
from casework.applications import claims
from casework.applications.waiting import clocked_decisions, reminded_clocks
from casework.decisions import actions as decisions
from casework.law.errors import DayOrderWrong, InTheFuture
from casework.models import Appeal, Application, CoverageCheck, Decision, Event
from tenants.accounts.permissions import Role
from tenants.doubts import asking
from tests.asking import asked
from tests.casework.applications.making import an_illness
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of, person

TODAY = NOON.date()
REJECTED: dict[str, Any] = {
    "benefit_code": "TKE-T",
    "decider_code": "keva",
    "filed_on": date(2025, 6, 2),
    "decided_on": date(2025, 9, 15),
    "result": "rejected",
    "channel": "post",
    "notice_on": date(2025, 9, 16),
}
APPEALED: dict[str, Any] = REJECTED | {"appealed_on": date(2025, 10, 10)}
RULED: dict[str, Any] = APPEALED | {
    "ruling": "rejected",
    "ruling_on": date(2026, 6, 1),
    "ruling_notice_on": date(2026, 6, 2),
}
AT_COURT: dict[str, Any] = RULED | {"court_filed_on": date(2026, 6, 20)}


def bring(*, by: Any, case: Any = None, **details: Any) -> Decision:
    return brought.bring(case=case or a_case(by=by), details=Brought(**details), by=by, at=NOON)


def typed(details: dict[str, Any]) -> dict[str, Any]:
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in details.items()}
    return {"matter": "new"} | said


def test_a_rejection_whose_time_is_over_is_written_with_its_clock_and_check_and_reminds_nobody(kaavi, aino):
    decision = bring(**REJECTED, by=aino)

    application = decision.application
    assert (application.state, application.filed_on, application.decided_on) == (
        "decided",
        date(2025, 6, 2),
        date(2025, 9, 15),
    )
    assert decision.last_day == date(2025, 10, 23)  # 37 days after posting
    assert CoverageCheck.objects.get(decision=decision).is_open
    assert list(clocked_decisions(TODAY)) == [decision]
    assert reminded_clocks(until=TODAY + timedelta(days=14), on=TODAY) == []


def test_a_fresh_rejection_runs_and_reminds(kaavi, aino):
    days = {"decided_on": date(2026, 11, 3), "notice_on": date(2026, 11, 4)}
    decision = bring(**REJECTED | days, by=aino)

    assert [clock.of for clock in reminded_clocks(until=date(2026, 12, 31), on=TODAY)] == [decision]


def test_an_appeal_of_a_year_ago_waits_at_the_board_and_no_words_are_put_into_the_client_s_mouth(kaavi, aino):
    case = a_case(by=aino)
    an_illness(case, "Masennus", by=aino)

    decision = bring(case=case, **APPEALED, by=aino)

    appeal = Appeal.objects.get()
    assert (appeal.state, appeal.filed_on, appeal.drafted_on) == ("filed", date(2025, 10, 10), TODAY)
    assert (appeal.demand, appeal.grounds) == ("", "")
    assert list(clocked_decisions(TODAY)) == []
    assert appeal.decision_id == decision.pk


def test_after_the_board_the_clock_to_the_court_runs_until_it_is_filed_there(kaavi, aino):
    bring(**RULED, by=aino)

    court = Appeal.objects.get(level=Appeal.Level.INSURANCE_COURT)
    assert (court.state, court.notice_on, court.channel) == ("draft", date(2026, 6, 2), "unknown")


def test_an_appeal_at_the_court_waits_there(kaavi, aino):
    bring(**AT_COURT, by=aino)

    court = Appeal.objects.get(level=Appeal.Level.INSURANCE_COURT)
    assert (court.state, court.filed_on, court.demand) == ("filed", date(2026, 6, 20), "")


def test_everything_stands_on_the_timeline_on_its_own_day(kaavi, aino):
    decision = bring(**APPEALED, by=aino)

    told = dict(Event.objects.filter(case=decision.application.case).values_list("kind", "on"))
    assert {name: told[name] for name in ("application.filed", "decision.rejected", "appeal.filed")} == {
        "application.filed": date(2025, 6, 2),
        "decision.rejected": date(2025, 9, 15),
        "appeal.filed": date(2025, 10, 10),
    }


def test_that_it_was_before_the_case_is_not_asked_here(kaavi, aino):
    case = a_case(by=aino)

    with asking(lambda odd: False):
        decision = bring(case=case, **APPEALED, by=aino)

    assert decision.application.is_from_before


@pytest.mark.parametrize(
    ("odd", "kind", "field"),
    [
        ({"filed_on": date(2025, 9, 20)}, decisions.DecidedBeforeFiling, "decided_on"),
        ({"appealed_on": date(2025, 9, 1)}, DayOrderWrong, "appealed_on"),
        ({"appealed_on": TODAY + timedelta(days=1)}, InTheFuture, "appealed_on"),
        ({"ruling_on": date(2025, 10, 1)}, DayOrderWrong, "ruling_on"),
        ({"ruling_notice_on": date(2026, 5, 1)}, appeals.NoticeBeforeAnswer, "ruling_notice_on"),
        ({"court_filed_on": date(2026, 5, 1)}, DayOrderWrong, "court_filed_on"),
        ({"appealed_on": date(2025, 12, 1)}, appeals.LateReasonNeeded, "late_reason"),
        ({"ruling": "changed"}, appeals.NothingToAppeal, None),
        ({"benefit_code": "YT", "decider_code": "kela"}, claims.HadNotBegun, "filed_on"),
    ],
)
def test_what_is_odd_or_cannot_be_is_said_at_its_own_field_and_nothing_is_written(kaavi, aino, odd, kind, field):
    case = a_case(by=aino)

    with asked(kind) as said:
        bring(case=case, **AT_COURT | odd, by=aino)

    assert said.value.field == field
    assert not Application.objects.exists()


def test_an_ended_benefit_under_appeal_is_written_with_the_rules_of_its_day(kaavi, aino):
    of_april = {"filed_on": date(2026, 3, 2), "decided_on": date(2026, 4, 20), "notice_on": date(2026, 4, 20)}
    details = REJECTED | of_april | {"benefit_code": "TMT", "decider_code": "kela", "appealed_on": date(2026, 5, 20)}

    decision = bring(**details, by=aino)

    assert (decision.last_day, Appeal.objects.get().state) == (date(2026, 5, 27), "filed")


# --- on the page --------------------------------------------------------------------------------------------------


def test_the_page_leads_to_the_decision_that_was_brought(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    page = reverse("brought_decision", args=[case.number])
    assert page in aino_browser.get(reverse("case_applications", args=[case.number])).text

    answer = aino_browser.post(page, typed(APPEALED))

    assert answer.status_code == 302, answer.context["form"].errors
    assert answer.headers["Location"] == Decision.objects.get().get_absolute_url()
    appeal = aino_browser.get(Appeal.objects.get().get_absolute_url()).text
    assert "Keva" in appeal
    assert "Päätös ja sitä koskeva muutoksenhaku on kirjattu." in appeal  # and not to look until when one may appeal


def test_the_page_asks_for_the_days_of_a_ruling_and_for_the_appeal_it_is_on(kaavi, aino, aino_browser):
    page = reverse("brought_decision", args=[a_case(by=aino).number])

    answer = aino_browser.post(page, typed(REJECTED | {"ruling": "rejected"}))

    assert set(answer.context["form"].errors) == {"appealed_on", "ruling_on", "ruling_notice_on"}
    assert not Application.objects.exists()


def test_the_text_of_an_appeal_that_is_not_known_is_no_obstacle_to_its_correction(kaavi, aino, aino_browser):
    bring(**APPEALED, by=aino)
    appeal = Appeal.objects.get()

    page = reverse("appeal_correct", args=[appeal.decision.application.case.number, appeal.pk])
    said = {"filed_on": "2025-10-12", "reason": "Kuitti löytyi", "version": appeal.version}
    assert aino_browser.post(page, said).status_code == 302

    appeal.refresh_from_db()
    assert appeal.filed_on == date(2025, 10, 12)


def test_the_page_is_nobody_s_who_does_not_work_with_the_case(kaavi, aino, daavid):
    page = reverse("brought_decision", args=[a_case(by=aino).number])

    assert browser_of(daavid).get(page).status_code in {403, 404}
    assert browser_of(person("Uuno", Role.PORTAL_ADMIN)).post(page, typed(REJECTED)).status_code in {403, 404}
    assert not Application.objects.exists()


def test_the_page_asks_the_database_little(kaavi, aino, aino_browser, django_assert_max_num_queries):
    page = reverse("brought_decision", args=[a_case(by=aino).number])
    aino_browser.get(page)

    with django_assert_max_num_queries(15):
        aino_browser.get(page)
