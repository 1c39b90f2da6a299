"""What was before the case is written as it was: filed long ago, of an ended benefit, decided before its filing.

P1-P3 of the paths of real life: warned of, never forbidden.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.applications import actions as applications
from casework.applications import claims, correcting
from casework.applications import presenters as presented
from casework.applications.correcting import ApplicationFacts
from casework.applications.forms import benefit_choices
from casework.applications.waiting import overdue_applications
from casework.law.errors import InTheFuture
from casework.models import Application, Event
from tests.asking import asked
from tests.casework.applications.making import a_decision, application_at, in_db
from tests.casework.cases.making import a_case
from tests.conftest import NOON

TODAY = NOON.date()
BEFORE = date(2026, 3, 2)  # the case was opened on 1.6.2026


def brought(*, by: Any, benefit: str = "TKE-T", decider: str = "keva", filed_on: date = BEFORE) -> Application:
    return applications.draft(
        case=a_case(by=by), benefit_code=benefit, decider_code=decider, filed_on=filed_on, by=by, at=NOON
    )


# --- P2: filed before the case was opened -----------------------------------------------------------------------


def test_an_application_from_before_the_case_is_written_in_one_go_and_waits_from_its_own_filing(kaavi, aino):
    application = in_db(brought(by=aino))

    assert (application.state, application.filed_on, application.drafted_on) == ("filed", BEFORE, TODAY)
    assert (application.waiting_since, application.expected_by) == (BEFORE, BEFORE + timedelta(days=39))
    assert list(overdue_applications(TODAY)) == [application]
    assert Event.objects.get(kind="application.filed").on == BEFORE


def test_it_is_asked_once_whether_it_was_before_the_case(kaavi, aino):
    with asked(claims.FiledBeforeCase) as said:
        brought(by=aino)

    assert said.value.field == "filed_on"
    assert not Application.objects.exists()


def test_it_is_marked_and_one_of_the_case_is_not(kaavi, aino):
    before, later = brought(by=aino), application_at("filed", by=aino)

    assert presented.card(in_db(before), today=TODAY).is_from_before
    assert not presented.card(in_db(later), today=TODAY).is_from_before


def test_a_filing_that_has_not_come_is_refused(kaavi, aino):
    with pytest.raises(InTheFuture):
        brought(filed_on=TODAY + timedelta(days=1), by=aino)


# --- P3: a benefit that has ended --------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "name"), [("TMT", "työmarkkinatuki"), ("PP", "peruspäiväraha")])
def test_a_benefit_that_has_ended_is_written_for_a_day_of_its_time_and_keeps_its_name(
    kaavi, aino, aino_browser, code, name
):
    application = in_db(brought(benefit=code, decider="kela", by=aino))

    assert (application.benefit.code, application.benefit.valid_to) == (code, date(2026, 4, 30))
    timeline = aino_browser.get(reverse("case_timeline", args=[application.case.number])).text
    assert name in timeline.lower()


def test_its_rejection_of_april_is_appealed_by_the_rules_of_its_day(kaavi, aino):
    application = brought(benefit="TMT", decider="kela", by=aino)
    decided_on = date(2026, 4, 20)

    decision = a_decision(application=application, decided_on=decided_on, notice_on=decided_on, by=aino)

    assert decision.last_day == date(2026, 5, 27)  # 37 days after posting


@pytest.mark.parametrize(("filed_on", "months"), [(date(2022, 12, 30), 4), (date(2023, 1, 2), 6)])
def test_of_two_rules_of_a_benefit_that_of_the_day_of_filing_counts(kaavi, aino, filed_on, months):
    application = in_db(brought(benefit="KR", decider="kela", filed_on=filed_on, by=aino))

    assert [window.months for window in application.benefit.claim_windows] == [months]


@pytest.mark.parametrize(
    ("benefit", "filed_on", "kind"),
    [("TMT", date(2026, 5, 4), claims.HadEnded), ("YT", date(2026, 4, 30), claims.HadNotBegun)],
)
def test_a_benefit_that_was_not_there_on_the_day_is_asked_of_at_that_day(kaavi, aino, benefit, filed_on, kind):
    with asked(kind) as said:
        brought(benefit=benefit, decider="kela", filed_on=filed_on, by=aino)

    assert said.value.field == "filed_on"
    brought(benefit=benefit, decider="kela", filed_on=filed_on, by=aino)  # who knows better writes it


def test_an_ended_benefit_cannot_be_begun_today_without_being_asked(kaavi, aino):
    with asked(claims.HadEnded) as said:
        application_at("draft", benefit="TMT", decider="kela", by=aino)

    assert said.value.field == "benefit_code"


def offered(on):
    return {code: name for _heading, rows in benefit_choices(on) for code, name in rows}


def test_the_list_of_benefits_follows_the_day_of_the_application():
    today, then = offered(TODAY), offered(date(2026, 4, 1))

    assert "30.4.2026" in today["TMT"]
    assert "30.4.2026" not in then["TMT"]
    assert "1.5.2026" in then["YT"]
    assert "1.5.2026" not in today["YT"]


def test_a_corrected_day_of_filing_is_held_against_the_rules_of_that_day(kaavi, aino):
    application = brought(benefit="TMT", decider="kela", by=aino)
    facts = {name: getattr(application, name) for name in ("benefit_code", "decider_code", "matter")}

    with asked(claims.HadEnded) as said:
        correcting.correct(
            application=application,
            facts=ApplicationFacts(**facts, filed_on=date(2026, 6, 8)),
            reason="Luin väärin",
            version=application.version,
            by=aino,
            at=NOON,
        )

    assert said.value.field == "filed_on"


# --- P1: a decision before its filing was recorded --------------------------------------------------------------


def test_a_decision_on_a_draft_is_recorded_with_the_day_of_filing_in_one_go_and_in_order(kaavi, aino):
    draft = application_at("draft", by=aino)

    decision = a_decision(application=draft, filed_on=date(2026, 9, 1), by=aino)

    found = in_db(draft)
    assert (found.state, found.filed_on, found.decided_on) == ("decided", date(2026, 9, 1), decision.decided_on)
    kinds = [event.kind for event in Event.objects.filter(case=found.case).order_by("created_at")]
    assert kinds.index("application.filed") < kinds.index("decision.rejected")


def test_the_page_of_a_decision_asks_a_draft_for_its_filing_and_a_filed_one_not(kaavi, aino, aino_browser):
    draft = application_at("draft", by=aino)
    filed = application_at("filed", case=draft.case, by=aino)

    asks = [
        "id_filed_on" in aino_browser.get(reverse("decision_new", args=[draft.case.number, one.pk])).text
        for one in (draft, filed)
    ]

    assert asks == [True, False]


# --- on the pages ------------------------------------------------------------------------------------------------


def test_the_page_asks_once_and_writes_it_when_it_is_sent_again(kaavi, aino, aino_browser):
    page = reverse("application_new", args=[a_case(by=aino).number])
    typed = {"benefit_code": "TMT", "decider_code": "kela", "matter": "new", "filed_on": BEFORE.isoformat()}

    answer = aino_browser.post(page, typed)
    question = answer.context["form"].in_doubt
    assert not Application.objects.exists()

    done = aino_browser.post(page, typed | {"sure": question.answer})
    shown = aino_browser.get(done.headers["Location"]).text
    assert "ajalta ennen asiaa" in shown
