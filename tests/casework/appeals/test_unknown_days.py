"""Appeals of which the last day is late, printed only or unknown: begun and filed all the same, and asked why (A10)."""

from datetime import date

import pytest
from django.urls import reverse

from casework.appeals import actions as appeals
from casework.appeals import correcting
from casework.appeals.correcting import AppealFacts
from casework.models import Appeal
from casework.overview import today
from casework.timeline import corrections
from tenants.accounts.languages import LANGUAGE_COOKIE
from tests.casework.applications.making import LAST_DAY, a_decision, answered, appeal_at, application_at, in_db
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
PRINTED = date(2026, 12, 2)
WHY = "Päätöksessä ei ole valitusosoitusta, työllisyysalue tarkistaa."


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


def pay_subsidy_appeal(*, by, **details) -> Appeal:
    """A first appeal against a decision of which no undisputed rule tells the last day."""
    application = application_at("filed", benefit="PAL", decider="employment_area", by=by)
    return appeal_at("draft", decision=a_decision(application=application, by=by, **details), by=by)


def file(appeal, *, by, filed_on=TODAY, **details) -> Appeal:
    appeal = in_db(appeal)
    return appeals.file(appeal=appeal, filed_on=filed_on, version=appeal.version, by=by, at=NOON, **details)


def ruled(*, by, result="rejected", printed_last_day=None) -> Appeal:
    """A first appeal that the review has answered, sent today."""
    appeal = file(pay_subsidy_appeal(by=by), late_reason=WHY, by=by)
    return appeals.decide(
        appeal=appeal,
        result=result,
        result_on=TODAY,
        result_channel="post",
        result_notice_on=TODAY,
        printed_last_day=printed_last_day,
        version=appeal.version,
        by=by,
        at=NOON,
    )


def asked_of(user):
    return [unknown.of for unknown in today.read(user, at=NOON, is_everyones=False).unknown_days]


def facts_of(appeal, **others) -> AppealFacts:
    return AppealFacts(**{name: getattr(appeal, name) for name in AppealFacts.__dataclass_fields__} | others)


# --- the first appeal -----------------------------------------------------------------------------------------------


def test_an_appeal_is_begun_and_filed_on_a_printed_day_alone(kaavi, aino):
    appeal = pay_subsidy_appeal(printed_last_day=PRINTED, by=aino)
    assert appeal.last_day == PRINTED

    filed = file(appeal, by=aino)

    assert (filed.state, filed.was_late, filed.late_reason) == ("filed", False, "")


def test_an_appeal_without_a_known_day_is_begun_asked_why_and_filed(kaavi, aino):
    appeal = pay_subsidy_appeal(by=aino)
    assert (appeal.state, appeal.last_day) == ("draft", None)

    with pytest.raises(appeals.LastDayUnknown) as refusal:
        file(appeal, by=aino)
    assert refusal.value.field == "late_reason"

    filed = file(appeal, late_reason=WHY, by=aino)
    assert (filed.state, filed.was_late, in_db(filed).late_reason) == ("filed", False, WHY)
    assert asked_of(aino) == []


def test_nobody_is_asked_why_when_it_was_said_that_there_is_no_last_day(kaavi, aino):
    appeal = pay_subsidy_appeal(by=aino)
    decision = appeal.decision
    decision.no_last_day_reason = "Valituksella ei ole määräaikaa"
    decision.save()

    assert file(appeal, by=aino).late_reason == ""


def test_p15_a_late_appeal_asks_for_the_reason_and_keeps_it(kaavi, aino, time_is):
    appeal = appeal_at("draft", by=aino)
    late = NOON.replace(year=2027, month=1, day=4)
    typed = {"filed_on": late.date(), "version": appeal.version, "by": aino, "at": late}

    with pytest.raises(appeals.LateReasonNeeded, match=r"28\.12\.2026"):
        appeals.file(appeal=appeal, **typed)

    filed = appeals.file(appeal=appeal, late_reason="Sairaalassa 28.12. asti", **typed)
    assert (filed.last_day, filed.was_late) == (LAST_DAY, True)
    time_is(late)
    assert "Sairaalassa 28.12. asti" in browser_of(aino).get(filed.get_absolute_url()).text


def test_after_the_shortest_time_an_appeal_is_not_called_late_while_nobody_knows_how_the_decision_came(
    kaavi, aino, time_is
):
    decision = a_decision(channel="unknown", by=aino)
    appeal = appeal_at("draft", decision=decision, by=aino)
    assert appeal.last_day == date(2026, 12, 21)  # by post it would be the 28th
    days_after = NOON.replace(month=12, day=23)
    typed = {"filed_on": days_after.date(), "version": appeal.version, "by": aino, "at": days_after}

    with pytest.raises(appeals.LastDayUnknown):
        appeals.file(appeal=appeal, **typed)

    filed = appeals.file(appeal=appeal, late_reason="Kuori puuttuu, kirje tuli 24.11.", **typed)
    assert not filed.was_late
    time_is(days_after)
    page = browser_of(aino).get(filed.get_absolute_url()).text
    assert "Jätetty viimeisen päivän jälkeen" not in page
    assert "Kuori puuttuu, kirje tuli 24.11." in page


def test_correcting_an_appeal_without_a_known_day_asks_for_the_reason_too(kaavi, aino):
    appeal = file(pay_subsidy_appeal(by=aino), late_reason=WHY, by=aino)

    with pytest.raises(appeals.LastDayUnknown):
        correcting.correct(
            appeal=appeal, facts=facts_of(appeal, late_reason=""), reason="x", version=appeal.version, by=aino, at=NOON
        )


# --- to the court ---------------------------------------------------------------------------------------------------


def test_a_ruling_without_a_rule_begins_the_appeal_to_the_court_and_today_asks_for_its_day(kaavi, aino):
    ruling = ruled(by=aino)

    court = Appeal.objects.get(against=ruling)
    assert (court.state, court.last_day, asked_of(aino)) == ("draft", None, [court])


def test_the_last_day_printed_in_a_ruling_is_the_clock_of_the_appeal_to_the_court(kaavi, aino):
    court = Appeal.objects.get(against=ruled(printed_last_day=PRINTED, by=aino))

    assert (court.last_day, court.safe_day, asked_of(aino)) == (PRINTED, date(2026, 11, 25), [])
    assert [clock.of for clock in today.read(aino, at=NOON, is_everyones=False).clocks] == [court]


def test_the_question_about_a_ruling_is_answered_on_its_own_page_and_the_old_answer_stays(kaavi, aino):
    court = Appeal.objects.get(against=ruled(by=aino))
    notice = {"channel": "post", "notice_on": TODAY, "by": aino, "at": NOON}

    court = appeals.confirm_notice(
        appeal=court, no_last_day_reason="Ei valitusoikeutta", **notice, version=court.version
    )
    assert asked_of(aino) == []
    court = appeals.confirm_notice(appeal=court, printed_last_day=PRINTED, **notice, version=court.version)

    assert in_db(court).last_day == PRINTED
    [earlier] = [found for found in corrections.of_row(court) if len(found.olds) == 2]
    assert "Ei valitusoikeutta" in [old.said for old in earlier.olds]


def test_a_court_appeal_that_is_begun_again_knows_the_day_that_was_printed(kaavi, aino):
    ruling = ruled(printed_last_day=PRINTED, by=aino)
    court = Appeal.objects.get(against=ruling)
    appeals.withdraw(appeal=court, withdrawn_on=TODAY, version=court.version, by=aino, at=NOON)

    again = appeals.draft_next(appeal=in_db(ruling), by=aino, at=NOON)

    assert (again.printed_last_day, again.last_day) == (PRINTED, PRINTED)


def test_a_ruling_by_a_rule_keeps_the_day_printed_in_it(kaavi, aino):
    answered(appeal_at("filed", by=aino), "partly", by=aino)
    court = Appeal.objects.get(level="insurance_court")

    assert court.last_day is not None
    assert asked_of(aino) == []


# --- on the pages ---------------------------------------------------------------------------------------------------


def in_english(user):
    browser = browser_of(user)
    browser.cookies[LANGUAGE_COOKIE] = "en"
    return browser


def test_the_pages_of_an_appeal_without_a_known_day_say_so_and_name_no_place(kaavi, aino):
    appeal = pay_subsidy_appeal(by=aino)
    browser = in_english(aino)
    number = appeal.decision.application.case.number

    page = browser.get(appeal.get_absolute_url()).text
    form = browser.get(reverse("appeal_file", args=[number, appeal.pk]))

    assert "The last day is not known: look at the decision." in page
    assert reverse("decision_notice", args=[number, appeal.decision_id]) in page
    assert "Delivered to" not in page
    assert "late_reason" in form.context["form"].fields

    typed = {"filed_on": "2026-11-23", "late_reason": WHY, "version": appeal.version}
    filed = browser.post(reverse("appeal_file", args=[number, appeal.pk]), typed, follow=True).text
    assert "Filed without knowing the last day." in filed
    assert WHY in filed


def test_the_form_of_a_ruling_asks_for_its_printed_day_and_about_an_odd_one(kaavi, aino):
    appeal = file(pay_subsidy_appeal(by=aino), late_reason=WHY, by=aino)
    url = reverse("appeal_decide", args=[appeal.decision.application.case.number, appeal.pk])
    typed = {
        "result": "rejected",
        "result_on": "2026-11-23",
        "result_channel": "post",
        "result_notice_on": "2026-11-23",
        "printed_last_day": "2062-12-02",
        "version": appeal.version,
    }
    browser = in_english(aino)

    question = browser.post(url, typed).context["form"].in_doubt
    assert question.field == "printed_last_day"

    browser.post(url, typed | {"sure": question.answer})
    assert Appeal.objects.get(level="insurance_court").last_day == date(2062, 12, 2)
