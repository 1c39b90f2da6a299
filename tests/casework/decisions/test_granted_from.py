"""From when and until when something is granted: as exactly as it is known, correctable, unknown until it is said."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.appeals import brought
from casework.appeals.brought import Brought
from casework.decisions import actions as decisions
from casework.decisions import correcting
from casework.law.errors import BeforeBirth
from casework.models import Correction, Decision
from tenants.rough_days import Precision, RoughDay
from tests.casework.applications.making import a_decision, application_at, in_db
from tests.casework.cases.making import BORN, a_case
from tests.conftest import NOON

MAY = RoughDay(date(2026, 5, 1), Precision.MONTH)


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


def corrected(decision: Decision, *, by: Any, **changes: Any) -> Decision:
    said = {name: getattr(decision, name) for name in Decision.CORRECTED} | changes
    return correcting.correct(decision=decision, **said, reason="Kirje", version=decision.version, by=by, at=NOON)


@pytest.mark.parametrize("result", ["granted", "granted_until", "partly"])
def test_a_grant_says_from_when_as_exactly_as_it_is_known(kaavi, aino, result):
    decision = in_db(a_decision(result, granted_from=MAY, by=aino))

    assert decision.granted_from == MAY


def test_a_grant_that_does_not_say_from_when_leaves_it_unknown(kaavi, aino):
    assert in_db(a_decision("granted", by=aino)).granted_from is None


def test_a_rejection_is_granted_neither_from_nor_until(kaavi, aino):
    decision = in_db(a_decision("rejected", granted_from=MAY, granted_until=date(2027, 5, 31), by=aino))

    assert (decision.granted_from, decision.granted_until) == (None, None)


def test_what_is_granted_in_part_may_end_on_a_day_that_is_not_thrown_away(kaavi, aino):
    decision = in_db(a_decision("partly", granted_until=date(2027, 5, 31), by=aino))

    assert decision.granted_until == date(2027, 5, 31)


def test_a_last_day_of_a_full_grant_is_not_thrown_away_but_asked_about(kaavi, aino):
    with pytest.raises(decisions.FullGrantWithEnd) as refusal:
        a_decision("granted", granted_until=date(2027, 5, 31), by=aino)
    assert refusal.value.field == "granted_until"

    decision = a_decision("granted_until", granted_until=date(2027, 5, 31), by=aino)

    with pytest.raises(decisions.FullGrantWithEnd):
        corrected(decision, result="granted", by=aino)
    corrected(decision, result="granted", granted_until=None, by=aino)
    assert in_db(decision).is_full_grant


def test_it_may_begin_later_than_today(kaavi, aino):
    begins = RoughDay(date(2027, 1, 1))

    assert in_db(a_decision("granted", granted_from=begins, by=aino)).granted_from == begins


def test_a_grant_cannot_end_before_it_begins(kaavi, aino):
    with pytest.raises(decisions.GrantEndsBeforeItBegins) as refusal:
        a_decision("granted_until", granted_from=MAY, granted_until=date(2026, 4, 30), by=aino)

    assert refusal.value.field == "granted_until"
    assert "5/2026" in str(refusal.value.user_message)


def test_a_grant_that_is_known_by_its_year_may_end_within_it(kaavi, aino):
    year = RoughDay(date(2026, 1, 1), Precision.YEAR)

    assert in_db(a_decision("granted_until", granted_from=year, granted_until=date(2026, 12, 31), by=aino)).pk


def test_nobody_is_granted_anything_from_before_their_birth(kaavi, aino):
    with pytest.raises(BeforeBirth):
        a_decision("granted", granted_from=RoughDay(date(BORN.year - 1, 1, 1)), by=aino)


def test_it_is_corrected_and_the_old_day_stays_in_the_history(kaavi, aino):
    decision = a_decision("granted", granted_from=MAY, by=aino)

    corrected(decision, granted_from=RoughDay(date(2026, 6, 15)), by=aino)

    assert in_db(decision).granted_from == RoughDay(date(2026, 6, 15))
    assert "2026-05-01 month" in Correction.objects.get(about_id=decision.pk).before


def test_a_grant_that_is_corrected_to_a_rejection_loses_both_days(kaavi, aino):
    decision = a_decision("granted_until", granted_from=MAY, by=aino)

    corrected(decision, result="rejected", by=aino)

    assert (in_db(decision).granted_from, in_db(decision).granted_until) == (None, None)


def test_what_a_client_brings_says_it_too(kaavi, aino):
    days: dict[str, Any] = {"filed_on": date(2026, 2, 2), "decided_on": date(2026, 4, 1), "notice_on": date(2026, 4, 2)}
    details = Brought(benefit_code="YT", decider_code="kela", result="granted", granted_from=MAY, **days)

    decision = brought.bring(case=a_case(by=aino), details=details, by=aino, at=NOON)

    assert in_db(decision).granted_from == MAY


def test_the_form_takes_a_month_and_the_page_of_the_decision_tells_it(kaavi, aino, aino_browser):
    application = application_at("filed", by=aino)
    page = reverse("decision_new", args=[application.case.number, application.pk])
    typed = {"decided_on": "2026-11-16", "notice_on": "2026-11-17", "result": "granted", "channel": "post"}

    answer = aino_browser.post(page, typed | {"granted_from": "5/2026", "version": application.version}, follow=True)

    assert in_db(application).decisions.get().granted_from == MAY
    assert "5/2026" in aino_browser.get(in_db(application).decisions.get().get_absolute_url()).text
    assert answer.status_code == 200


def test_the_page_says_that_it_is_not_written_down_and_of_a_rejection_nothing(kaavi, aino, aino_browser):
    granted, rejected = a_decision("granted", by=aino), a_decision("rejected", by=aino)

    said = [aino_browser.get(found.get_absolute_url()).text for found in (granted, rejected)]

    assert ["Ei kirjattu" in text for text in said] == [True, False]
