"""The page of benefits: who may open it, that it tells every benefit where it stands, and its forms."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.applications import actions as applications
from casework.cases import actions as cases
from casework.endings.actions import Fate
from casework.law.portfolio import Standing, Track
from casework.models import Application, Decision
from casework.portfolio.urls import urlpatterns
from tenants.audit.models import AccessEntry
from tenants.rough_days import RoughDay
from tenants.scope import in_municipality
from tests.casework.applications.making import (
    a_decision,
    answered,
    appeal_at,
    application_at,
    closed_check,
    in_db,
)
from tests.casework.cases.making import a_case
from tests.casework.continuations.making import a_subsidy, none_applied_for
from tests.casework.endings.making import closed
from tests.casework.portfolio.making import a_benefit, a_client_with_everything, granted
from tests.casework.portfolio.reading import page_of, stands, told, words
from tests.casework.sickness_days.making import a_count
from tests.conftest import NOON
from tests.people import browser_of

TODAY = NOON.date()
NAMES = [str(pattern.name) for pattern in urlpatterns]


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


@pytest.fixture
def matti(kaavi, aino):
    return a_client_with_everything(by=aino)


# --- who --------------------------------------------------------------------------------------------------------------


def test_a_coordinator_of_another_municipality_finds_nothing_at_any_address(matti, cecilia, tuusniemi):
    with in_municipality(tuusniemi):
        browser = browser_of(cecilia)

    assert [browser.get(page_of(name, matti)).status_code for name in NAMES] == [404] * len(NAMES)


def test_people_without_case_content_are_forbidden_every_page(matti, paula, tiina):
    for browser in (browser_of(paula), browser_of(tiina)):
        assert [browser.get(page_of(name, matti)).status_code for name in NAMES] == [403] * len(NAMES)


def test_a_colleague_is_asked_for_a_reason_first(matti, bertta):
    for name in NAMES:
        answer = browser_of(bertta).get(page_of(name, matti))
        assert answer["Location"].startswith(reverse("case_reason", args=[matti.number]))


def test_a_team_member_sees_it_without_any_button_to_change_it(matti, aino, daavid):
    assert browser_of(daavid).get(page_of("case_benefits", matti)).status_code == 404
    cases.add_participant(case=matti, user=daavid, since=TODAY, by=aino, at=NOON)

    answer = browser_of(daavid).get(page_of("case_benefits", matti))

    assert answer.status_code == 200
    assert [url in answer.text for url in ("benefits/add/", "applications/new/", "Muuta tai päätä")] == [False] * 3
    assert browser_of(daavid).get(page_of("benefit_edit", matti)).status_code == 403


def test_the_coordinator_opens_every_page_and_the_look_is_in_the_access_log(matti, aino_browser):
    looks = AccessEntry.objects.filter(action="case.seen", subject=matti.number)
    for name in NAMES:
        before = looks.count()
        text = aino_browser.get(page_of(name, matti)).text
        assert looks.count() == before + 1
        assert not any(fault in text for fault in ("style=", "onclick=", "None<", "{{", "{%"))


def test_a_benefit_is_found_only_under_its_own_client(matti, aino, aino_browser):
    other = a_case(by=aino)

    assert aino_browser.get(page_of("benefit_edit", other)).status_code == 404


def test_the_applications_lead_to_it(matti, aino_browser):
    for name in ("case", "case_applications"):
        assert page_of("case_benefits", matti) in aino_browser.get(reverse(name, args=[matti.number])).text


# --- how a benefit stands ---------------------------------------------------------------------------------------------


def test_every_benefit_of_a_client_is_told_where_it_stands(matti, aino_browser):
    answer = aino_browser.get(page_of("case_benefits", matti))

    assert sorted(stands(matti)) == sorted(
        [
            Standing.ENDING,
            Standing.IN_FORCE,
            Standing.WAITING,
            Standing.APPEAL,
            Standing.APPEAL,
            Standing.ENDED,
            Standing.PREPARED,
        ]
    )
    assert [group.title for group in answer.context["groups"]] == [
        "Voimassa nyt",
        "Voimassa, päättyy kuuden kuukauden sisällä",
        "Odottaa päätöstä",
        "Valitus on mahdollinen tai vireillä",
        "Valmisteilla",
        "Päättynyt tai ei myönnetty",
    ]
    assert "Meikäläinen" in answer.text


def test_a_grant_whose_beginning_is_not_written_down_says_so_and_is_no_other_day(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    granted(case, "TKE-T", "keva", 40, result="granted", by=aino)

    [entry] = told(case)
    text = aino_browser.get(page_of("case_benefits", case)).text

    assert (entry.standing, entry.granted and entry.granted.since) == (Standing.IN_FORCE, None)
    assert text.count("ei kirjattu") == 2


def test_a_grant_that_begins_later_is_not_in_force(kaavi, aino):
    case = a_case(by=aino)
    granted(case, "TKE-T", "keva", 40, result="granted", granted_from=RoughDay(TODAY + timedelta(days=1)), by=aino)

    assert stands(case) == [Standing.COMING]


@pytest.mark.parametrize(("days", "standing"), [(183, Standing.ENDING), (184, Standing.IN_FORCE), (0, Standing.ENDING)])
def test_within_half_a_year_an_end_is_near(kaavi, aino, days, standing):
    case = a_case(by=aino)
    granted(case, "KT", "keva", 40, granted_until=TODAY + timedelta(days=days), by=aino)

    assert stands(case) == [standing]


def test_what_ends_soon_offers_the_continuation_and_says_that_none_is_written_down(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    granted(case, "KT", "keva", 300, granted_until=TODAY + timedelta(days=75), by=aino)

    text = aino_browser.get(page_of("case_benefits", case)).text

    assert "Jatkohakemusta ei ole kirjattu tänne." in text
    assert reverse("continuation_begin", args=[case.number, Decision.objects.get().pk]) in text


def test_what_ends_and_is_not_continued_so_leads_to_an_application_that_is_filled_in(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    granted(case, "SPR", "kela", 60, granted_until=TODAY + timedelta(days=75), by=aino)

    text = aino_browser.get(page_of("case_benefits", case)).text

    assert "benefit_code=SPR&amp;decider_code=kela&amp;matter=continuation" in text


def test_what_ended_lately_without_a_continuation_says_so_too(kaavi, aino):
    case = a_case(by=aino)
    granted(case, "KT", "keva", 300, granted_until=TODAY - timedelta(days=5), by=aino)

    assert stands(case) == [Standing.ENDED]
    assert "No application for a continuation is written down here." in words(case)


def test_a_continuation_that_was_begun_is_named_with_how_it_stands(kaavi, aino):
    case = a_case(by=aino)
    granted(case, "KT", "keva", 300, granted_until=TODAY + timedelta(days=75), by=aino)
    application_at("filed", case=case, benefit="KT", filed_on=TODAY - timedelta(days=9), by=aino)

    assert "Application for a continuation: waiting for a decision." in words(case)
    assert "No application" not in words(case)


def test_a_continuation_in_preparation_is_not_said_to_be_applied_for(kaavi, aino):
    case = a_case(by=aino)
    granted(case, "KT", "keva", 300, granted_until=TODAY + timedelta(days=75), by=aino)
    application_at("draft", case=case, benefit="KT", by=aino)

    assert "Application for a continuation: in preparation." in words(case)


def test_a_continuation_that_was_withdrawn_is_none(kaavi, aino):
    case = a_case(by=aino)
    granted(case, "KT", "keva", 300, granted_until=TODAY + timedelta(days=75), by=aino)
    application_at("withdrawn", case=case, benefit="KT", by=aino)

    assert "No application for a continuation is written down here." in words(case)


def test_where_somebody_said_that_no_continuation_is_applied_for_none_is_offered(kaavi, aino):
    case = a_case(by=aino)
    subsidy = a_subsidy(case, until=TODAY + timedelta(days=75), by=aino)
    none_applied_for(subsidy, by=aino)

    assert "No continuation is applied for (23.11.2026)." in words(case)
    assert "No application for a continuation" not in words(case)
    assert not [action for entry in told(case) for action in entry.actions]


def test_what_goes_on_as_another_benefit_of_the_same_payer_is_its_continuation(kaavi, aino):
    case = a_case(by=aino)
    granted(case, "KT", "keva", 300, granted_until=TODAY + timedelta(days=75), by=aino)
    application_at("filed", case=case, benefit="TKE-T", filed_on=TODAY - timedelta(days=9), by=aino)

    assert "Application for a continuation: waiting for a decision." in words(case)


def test_of_a_client_who_has_died_no_continuation_is_asked_for(kaavi, aino):
    case = a_case(by=aino)
    granted(case, "KT", "keva", 300, granted_until=TODAY + timedelta(days=75), by=aino)

    closed(case, Fate(holder="nobody", reason="Kuollut"), outcome="died", by=aino)

    assert "continuation" not in words(case)


def test_every_wait_at_the_decider_is_told_in_its_own_time(kaavi, aino):
    decision = a_decision(application=application_at("filed", case=a_case(by=aino), by=aino), by=aino)
    asked_on = decision.notice_on
    for _time in range(2):
        application = in_db(decision.application)
        said: dict[str, Any] = {"asked_on": asked_on, "version": application.version}
        again = applications.re_examine(application=application, **said, by=aino, at=NOON)
        a_decision(application=again, decided_on=asked_on + timedelta(days=2), notice_on=TODAY, by=aino)
        asked_on += timedelta(days=3)

    [entry] = told(decision.application.case)

    waits = [span for span in entry.spans if span.track is Track.WAITING]
    assert [span.since and span.since.first.isoformat() for span in waits] == ["2026-09-01", "2026-11-17", "2026-11-20"]
    assert [span.until and span.until.first.isoformat() for span in waits] == ["2026-11-16", "2026-11-19", "2026-11-22"]


def test_a_request_that_was_withdrawn_leaves_the_benefit_as_it_was_decided(kaavi, aino):
    case = a_case(by=aino)
    granted(case, "KT", "keva", 40, granted_until=TODAY + timedelta(days=400), by=aino)
    decided = Application.objects.get()
    applications.re_examine(application=decided, asked_on=TODAY, version=decided.version, by=aino, at=NOON)
    waiting = Application.objects.get()
    applications.withdraw(application=waiting, withdrawn_on=TODAY, version=waiting.version, by=aino, at=NOON)

    assert stands(case) == [Standing.IN_FORCE]
    assert "Withdrawn" not in words(case)


def test_the_paid_days_of_sickness_allowance_stand_on_the_page_and_of_nobody_else(kaavi, aino, aino_browser):
    with_days, without = a_case(by=aino), a_case(by=aino)
    a_count(with_days, by=aino)

    pages = [aino_browser.get(page_of("case_benefits", case)) for case in (with_days, without)]

    assert ['id="paid-days"' in page.text for page in pages] == [True, False]
    assert reverse("sickness_days", args=[with_days.number]) in pages[0].text


def test_a_waiting_application_says_since_when_and_by_when_with_how_well_that_is_known(kaavi, aino):
    case = a_case(by=aino)
    application_at("filed", case=case, filed_on=date(2026, 11, 2), by=aino)

    assert "Waiting for a decision since 2.11.2026." in words(case)
    assert "Usually decided by 11.12.2026" in words(case)
    assert "official page" in words(case)


def test_a_rejection_says_until_when_an_appeal_is_possible(kaavi, aino):
    case = a_case(by=aino)
    a_decision(application=application_at("filed", case=case, by=aino), by=aino)

    assert stands(case) == [Standing.APPEAL]
    assert "last day 28.12.2026" in words(case)


def test_a_rejection_that_the_client_accepts_is_over(kaavi, aino):
    case = a_case(by=aino)
    decision = a_decision(application=application_at("filed", case=case, by=aino), by=aino)
    closed_check(decision, "accept", is_appeal_waived=True, by=aino)

    assert stands(case) == [Standing.ENDED]
    assert "Rejected, decision of 16.11.2026." in words(case)


def test_an_appeal_under_way_names_who_decides_it(kaavi, aino):
    case = a_case(by=aino)
    appeal_at("filed", decision=a_decision(application=application_at("filed", case=case, by=aino), by=aino), by=aino)

    assert stands(case) == [Standing.APPEAL]
    assert "waiting for the ruling. Appeal to " in words(case)


def test_a_won_appeal_is_no_rejection_and_nobody_says_since_when_it_is_paid(kaavi, aino):
    case = a_case(by=aino)
    appeal = appeal_at(
        "filed", decision=a_decision(application=application_at("filed", case=case, by=aino), by=aino), by=aino
    )
    answered(appeal, "changed", by=aino)

    assert stands(case) == [Standing.COMING]
    assert "is not written down yet" in words(case)


def test_of_a_grant_for_a_time_the_running_appeal_stands_beside_it(kaavi, aino):
    case = a_case(by=aino)
    granted(case, "KT", "keva", 5, granted_until=TODAY + timedelta(days=400), by=aino)

    assert stands(case) == [Standing.IN_FORCE]
    assert "Aim to send by" in words(case)


# --- cost -------------------------------------------------------------------------------------------------------------


def _queries(browser: Any, case: Any) -> int:
    browser.get(page_of("case_benefits", case))
    with CaptureQueriesContext(connection) as captured:
        browser.get(page_of("case_benefits", case))
    return len(captured)


def test_thirty_applications_ask_no_more_of_the_database_than_one(kaavi, aino, aino_browser):
    few, many = a_case(by=aino), a_case(by=aino)
    for case, times in ((few, 1), (many, 30)):
        for _time in range(times):
            appeal_at(
                "filed", decision=a_decision(application=application_at("filed", case=case, by=aino), by=aino), by=aino
            )
        a_benefit(case, by=aino)

    assert Application.objects.filter(case=many).count() == 30
    assert _queries(aino_browser, many) == _queries(aino_browser, few) <= 15
