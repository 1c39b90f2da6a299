"""No rule is not no deadline: the printed day is the clock, and without one Today asks until somebody answers."""

from datetime import date, datetime, time, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.appeals import actions as appeals
from casework.applications import actions as applications
from casework.applications import waiting
from casework.cases.open_ends import open_ends
from casework.decisions import actions as decisions
from casework.decisions import correcting
from casework.law import benefits as rules
from casework.law.deadlines import Channel
from casework.models import Appeal, Decision, OpenEnd
from casework.overview import today
from casework.overview.today import Day
from casework.timeline import corrections
from tenants.accounts.languages import LANGUAGE_COOKIE
from tests.casework.applications.making import (
    LAST_DAY,
    a_decision,
    appeal_at,
    application_at,
    closed_check,
    in_db,
)
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
PRINTED = date(2026, 12, 2)
CARE_REFERRAL = {"benefit": "KTP", "decider": "wellbeing_county"}
PAY_SUBSIDY = {"benefit": "PAL", "decider": "employment_area"}
NO_ROAD = "Hoitoon ohjaamisesta ei valiteta, muistutuksen voi tehdä milloin vain."


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


def rejected(claim, *, by, **details) -> Decision:
    return a_decision(application=application_at("filed", **claim, by=by), by=by, **details)


def confirm(decision, *, by, **details) -> Decision:
    decision = in_db(decision)
    known = {"channel": decision.channel, "notice_on": decision.notice_on, "version": decision.version}
    return decisions.confirm_notice(decision=decision, **known | details, by=by, at=NOON)


def today_of(user, at=NOON) -> Day:
    return today.read(user, at=at, is_everyones=False)


def asked_of(user) -> list[Decision | Appeal]:
    return [unknown.of for unknown in today_of(user).unknown_days]


# --- the clock ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("claim", [CARE_REFERRAL, PAY_SUBSIDY], ids=["no rule", "a disputed rule"])
def test_p16_the_day_printed_in_the_decision_is_the_clock_where_no_rule_is(kaavi, aino, claim):
    decision = rejected(claim, printed_last_day=PRINTED, by=aino)

    assert (decision.last_day, decision.safe_day) == (PRINTED, date(2026, 11, 25))
    assert asked_of(aino) == []
    assert [clock.of for clock in today_of(aino).clocks] == [decision]


@pytest.mark.parametrize("claim", [CARE_REFERRAL, PAY_SUBSIDY], ids=["no rule", "a disputed rule"])
def test_a_rejection_without_any_day_stands_on_today_until_the_printed_day_is_typed(kaavi, aino, claim):
    decision = rejected(claim, by=aino)
    assert (decision.last_day, asked_of(aino)) == (None, [decision])

    confirm(decision, printed_last_day=PRINTED, by=aino)

    assert (in_db(decision).last_day, asked_of(aino)) == (PRINTED, [])


def test_a_rejection_without_any_day_stands_on_today_until_it_is_said_why_there_is_none(kaavi, aino):
    decision = rejected(CARE_REFERRAL, by=aino)

    answered = confirm(decision, no_last_day_reason=NO_ROAD, by=aino)

    assert asked_of(aino) == []
    assert in_db(decision).no_last_day_reason == NO_ROAD
    confirm(answered, printed_last_day=PRINTED, by=aino)
    [earlier] = [found for found in corrections.of_row(in_db(decision)) if len(found.olds) == 2]
    assert NO_ROAD in [old.said for old in earlier.olds]
    assert in_db(decision).last_day == PRINTED


def test_the_answer_is_corrected_with_its_history_and_the_question_stands_again(kaavi, aino):
    decision = confirm(rejected(CARE_REFERRAL, by=aino), no_last_day_reason=NO_ROAD, by=aino)
    said = {name: getattr(decision, name) for name in Decision.CORRECTED} | {"no_last_day_reason": None}

    correcting.correct(decision=decision, **said, reason="Luin väärin", version=decision.version, by=aino, at=NOON)

    assert asked_of(aino) == [decision]
    [corrected] = [found for found in corrections.of_row(in_db(decision)) if found.correction.reason == "Luin väärin"]
    assert [old.said for old in corrected.olds] == [NO_ROAD]


@pytest.mark.parametrize("claim", [{}, CARE_REFERRAL], ids=["reckoned", "printed"])
def test_nobody_says_that_there_is_no_last_day_where_there_is_one(kaavi, aino, claim):
    decision = rejected(claim, printed_last_day=date(2026, 12, 22), by=aino)

    with pytest.raises(decisions.HasLastDay, match=r"22\.12\.2026") as refusal:
        confirm(decision, printed_last_day=date(2026, 12, 22), no_last_day_reason="Ei ole", by=aino)

    assert refusal.value.field == "no_last_day_reason"
    assert in_db(decision).last_day == date(2026, 12, 22)


def test_nothing_is_asked_of_a_client_who_does_not_appeal_nor_of_a_closed_case_nor_of_a_full_grant(kaavi, aino):
    waived = rejected(CARE_REFERRAL, by=aino)
    assert asked_of(aino) == [waived]
    closed_check(waived, "accept", reason="Asiakas hyväksyy", by=aino)
    rejected(CARE_REFERRAL, result="granted", by=aino)

    assert asked_of(aino) == []


def test_a_day_that_nobody_knows_is_asked_for_after_the_check_and_is_an_open_end_of_its_case(kaavi, aino):
    decision = rejected(CARE_REFERRAL, by=aino)
    closed_check(decision, "re_examination", by=aino)
    case = decision.application.case

    assert asked_of(aino) == [decision]
    [end] = [end for end in open_ends(case, on=TODAY) if end.about == decision.pk]
    assert (end.kind, end.on) == (OpenEnd.Kind.CLOCK, None)

    confirm(decision, no_last_day_reason=NO_ROAD, by=aino)
    assert [end for end in open_ends(case, on=TODAY) if end.about == decision.pk] == []


def test_a_draft_loses_the_day_that_turns_out_not_to_be_printed(kaavi, aino):
    decision = rejected(PAY_SUBSIDY, printed_last_day=PRINTED, by=aino)
    appeal = appeal_at("draft", decision=decision, by=aino)
    assert appeal.last_day == PRINTED

    confirm(decision, by=aino)

    assert (in_db(appeal).last_day, in_db(appeal).safe_day, asked_of(aino)) == (None, None, [decision])


# --- every decision -------------------------------------------------------------------------------------------------


@st.composite
def decisions_of_any_kind(draw):
    on = draw(st.dates(date(2024, 1, 1), date(2035, 12, 31)))
    begun = on - timedelta(days=60)
    benefit = draw(st.sampled_from(rules.benefits_on(begun)))
    deciders = rules.deciders_on(begun, benefit.decider_kinds)
    decider = draw(st.sampled_from(deciders)) if deciders else None
    details = {
        "result": draw(st.sampled_from(["rejected", "partly", "granted_until"])),
        "channel": draw(st.sampled_from(Channel)).value,
        "decided_on": on - timedelta(days=draw(st.integers(0, 9))),
        "notice_on": on,
        "printed_last_day": draw(st.none() | st.dates(on, date(2199, 12, 31))),
    }
    return begun, benefit, decider, details


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(decisions_of_any_kind())
def test_whatever_is_no_full_grant_has_a_clock_or_an_open_question_on_today(kaavi, aino, found):
    begun, benefit, decider, details = found
    if decider is None:  # employment areas and wellbeing counties are younger than some of these days
        return
    with transaction.atomic():
        decision = recorded(begun, benefit, decider, details, by=aino)
        noon = noon_of(details["notice_on"])
        is_asked = decision in [unknown.of for unknown in today_of(aino, noon).unknown_days]
        assert is_asked != (decision.last_day is not None)
        if decision.safe_day is not None:
            assert decision in waiting.clocked_decisions(details["notice_on"])
            shown = today_of(aino, noon_of(decision.safe_day))
            assert decision in [clock.of for clock in shown.clocks]
        if not benefit.employer_applies:
            thrown_away = appeals.draft(decision=decision, by=aino, at=noon)
            known: dict[str, Any] = {"withdrawn_on": details["notice_on"], "version": thrown_away.version}
            appeals.withdraw(appeal=thrown_away, by=aino, at=noon, **known)
            is_asked_still = decision in [unknown.of for unknown in today_of(aino, noon).unknown_days]
            assert is_asked_still == is_asked
            assert is_asked or decision in waiting.clocked_decisions(details["notice_on"])
        transaction.set_rollback(True)


def noon_of(on: date) -> datetime:
    return datetime.combine(on, time(12), tzinfo=NOON.tzinfo)


def recorded(begun, benefit, decider, details, *, by) -> Decision:
    who: dict[str, Any] = {"by": by, "at": noon_of(begun)}
    case = a_case(opened_on=begun, **who)
    application = applications.draft(case=case, benefit_code=benefit.code, decider_code=decider.code, **who)
    application = applications.file(
        application=application, filed_on=begun, statement_follows=True, version=application.version, **who
    )
    return a_decision(application=application, **details, by=by, at=noon_of(details["notice_on"]))


# --- from before ----------------------------------------------------------------------------------------------------


def test_days_that_were_kept_before_follow_the_rules_too(kaavi, aino):
    thrown_away = rejected(PAY_SUBSIDY, printed_last_day=PRINTED, by=aino)
    unsourced, on_a_sunday = rejected(PAY_SUBSIDY, by=aino), a_decision(by=aino)
    begun = appeal_at("draft", decision=unsourced, by=aino)
    keep(thrown_away, last_day=None, safe_day=None)
    for kept in (unsourced, begun):
        keep(kept, last_day=LAST_DAY, safe_day=date(2026, 12, 17))
    keep(on_a_sunday, safe_day=date(2026, 12, 20))

    import_module("casework.migrations.0044_last_days").follow_the_rules(apps, None)

    assert (in_db(thrown_away).last_day, in_db(thrown_away).safe_day) == (PRINTED, date(2026, 11, 25))
    assert (in_db(unsourced).last_day, in_db(begun).last_day, in_db(begun).safe_day) == (None, None, None)
    assert (in_db(on_a_sunday).last_day, in_db(on_a_sunday).safe_day) == (LAST_DAY, date(2026, 12, 18))


def keep(row, **days) -> None:
    type(row).objects.filter(pk=row.pk).update(**days)


# --- on the pages ---------------------------------------------------------------------------------------------------


def page_of(name, decision) -> str:
    return reverse(name, args=[decision.application.case.number, decision.pk])


def in_english(user):
    browser = browser_of(user)
    browser.cookies[LANGUAGE_COOKIE] = "en"
    return browser


def typed_notice(decision, **details):
    return {"channel": "post", "notice_on": "2026-11-17", "version": in_db(decision).version} | details


def test_today_asks_and_leads_to_where_it_is_answered(kaavi, aino):
    decision = rejected(PAY_SUBSIDY, by=aino)

    page = in_english(aino).get("/")

    [row] = page.context["clocks"]
    assert (row.on, row.act.url) == (None, page_of("decision_notice", decision))
    assert "Ask for the last day of appeal" in page.text
    assert "day not known" in page.text
    assert "late" not in page.context["clock_note"]


def test_a_decision_whose_rule_is_disputed_says_look_at_the_decision_and_no_number_of_days(kaavi, aino):
    decision = rejected(PAY_SUBSIDY, by=aino)
    browser = in_english(aino)

    page = browser.get(decision.get_absolute_url()).text
    application = browser.get(decision.application.get_absolute_url()).text

    assert "look at the decision" in page
    assert "is disputed (OKV/1051/21/2022" in page
    assert "last day not known" in page
    assert "30 days" not in page
    assert "Ask for the last day of appeal." in application


def test_the_reason_is_typed_where_the_notice_is_confirmed_and_stands_on_the_decision(kaavi, aino):
    decision = rejected(CARE_REFERRAL, by=aino)
    browser = in_english(aino)
    url = page_of("decision_notice", decision)
    assert "no_last_day_reason" in browser.get(url).context["form"].fields

    page = browser.post(url, typed_notice(decision, no_last_day_reason=NO_ROAD), follow=True).text

    assert "There is no last day of appeal." in page
    assert NO_ROAD in page
    assert browser.get("/").context["clocks"] == []


def test_where_a_rule_reckons_the_day_nobody_is_asked_why_there_is_none(kaavi, aino):
    form = in_english(aino).get(page_of("decision_notice", a_decision(by=aino))).context["form"]

    assert "no_last_day_reason" not in form.fields


def test_the_printed_day_alone_is_explained_on_the_page(kaavi, aino):
    page = in_english(aino).get(rejected(PAY_SUBSIDY, printed_last_day=PRINTED, by=aino).get_absolute_url()).text

    assert "no rule of ours covers this decision" in page
    assert "Send it where the decision tells." in page


@pytest.mark.parametrize("printed", ["2062-12-28", "2026-11-17", "2026-11-20"])
def test_an_odd_printed_day_is_asked_about_once_and_then_taken(kaavi, aino, printed):
    decision = a_decision(by=aino)
    browser, url = in_english(aino), page_of("decision_notice", decision)

    first = browser.post(url, typed_notice(decision, printed_last_day=printed))
    question = first.context["form"].in_doubt
    assert question.field == "printed_last_day"
    assert in_db(decision).last_day == LAST_DAY

    browser.post(url, typed_notice(decision, printed_last_day=printed, sure=question.answer))
    assert in_db(decision).last_day == date.fromisoformat(printed)


def test_another_odd_day_is_another_question(kaavi, aino):
    decision = a_decision(by=aino)
    browser, url = in_english(aino), page_of("decision_notice", decision)
    question = browser.post(url, typed_notice(decision, printed_last_day="2062-12-28")).context["form"].in_doubt

    again = browser.post(url, typed_notice(decision, printed_last_day="2072-12-28", sure=question.answer))

    assert again.context["form"].in_doubt.field == "printed_last_day"


@pytest.mark.parametrize("name", ["decision_new", "decision_correct"])
def test_recording_and_correcting_ask_about_an_odd_printed_day_too(kaavi, aino, name):
    application = application_at("filed", by=aino)
    is_there = name == "decision_correct"
    about = a_decision(application=application, by=aino) if is_there else application
    typed = {"result": "rejected", "decided_on": "2026-11-16", "reason": "Luin väärin" if is_there else ""}
    typed |= typed_notice(about, printed_last_day="2062-12-28")
    browser, url = in_english(aino), reverse(name, args=[application.case.number, about.pk])

    question = browser.post(url, typed).context["form"].in_doubt
    assert question.field == "printed_last_day"

    browser.post(url, typed | {"sure": question.answer})
    assert Decision.objects.get().last_day == date(2062, 12, 28)
