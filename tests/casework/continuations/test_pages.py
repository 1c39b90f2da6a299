"""The panel of what was granted until a day: its steps, the continuation by one click, and that there is none."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from casework.models import Application, NoContinuation
from tenants.scope import in_municipality
from tests.casework.applications.making import a_decision, application_at
from tests.casework.cases.making import a_case
from tests.casework.continuations.making import a_subsidy, none_applied_for
from tests.casework.endings.making import closed, to
from tests.conftest import NOON
from tests.journeys.typing_in import fill
from tests.people import browser_of


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


@pytest.fixture
def case(kaavi, aino):
    aino.language = "en"
    aino.save(update_fields=["language"])
    with translation.override("en"):
        yield a_case(by=aino)


def page(name, case, row):
    return reverse(name, args=[case.number, row.pk])


def test_the_page_says_by_when_each_step_is_done_and_how_well_that_is_known(case, aino, aino_browser):
    shown = aino_browser.get(a_subsidy(case, by=aino).get_absolute_url()).text

    assert "26.2.2027" in shown
    assert "31.3.2027" in shown
    assert "our own recommendation: 3 months before the end" in shown
    assert "Normally a new B statement to the payer is enough" in shown
    assert "from an official page" in shown


def test_the_page_of_the_application_to_which_today_leads_says_when_it_ends(case, aino, aino_browser):
    decision = a_subsidy(case, by=aino)

    shown = aino_browser.get(decision.application.get_absolute_url()).text

    assert "until 31.5.2027" in shown
    assert decision.get_absolute_url() in shown


def test_of_another_benefit_nothing_is_said_of_a_statement_alone(case, aino, aino_browser):
    shown = aino_browser.get(a_subsidy(case, benefit="HT", decider="kela", by=aino).get_absolute_url()).text

    assert "26.2.2027" in shown
    assert "Normally a new B statement" not in shown


def test_a_click_begins_the_continuation_with_the_same_payer(case, aino, aino_browser):
    decision = a_subsidy(case, by=aino)
    assert page("continuation_begin", case, decision) in aino_browser.get(decision.get_absolute_url()).text

    answer = aino_browser.post(page("continuation_begin", case, decision))

    begun = Application.objects.get(matter="continuation")
    assert answer.headers["Location"] == begun.get_absolute_url()
    assert (begun.benefit_code, begun.decider_code, begun.state) == ("KT", "keva", "draft")
    shown = aino_browser.get(decision.get_absolute_url()).text
    assert begun.get_absolute_url() in shown
    assert page("continuation_begin", case, decision) not in shown


def test_that_no_continuation_is_applied_for_is_said_corrected_and_taken_back(case, aino, aino_browser):
    decision = a_subsidy(case, by=aino)

    fill(aino_browser, page("continuation_none", case, decision), why_none="Palaa työhön")
    row = NoContinuation.objects.get()
    shown = aino_browser.get(decision.get_absolute_url()).text
    assert "No continuation is applied for (23.11.2026)." in shown
    assert "Palaa työhön" in shown
    fill(aino_browser, page("continuation_none_correct", case, row), why_none="Jää eläkkeelle", reason="Tarkennus")
    assert "Jää eläkkeelle" in aino_browser.get(decision.get_absolute_url()).text
    fill(aino_browser, page("continuation_none_remove", case, row), reason="Hakee sittenkin")

    assert not NoContinuation.objects.exists()
    assert page("continuation_begin", case, decision) in aino_browser.get(decision.get_absolute_url()).text


@pytest.mark.parametrize("result", ["granted", "rejected"])
def test_a_decision_without_an_end_has_no_panel(case, aino, aino_browser, result):
    decision = a_decision(result, application=application_at("filed", case=case, by=aino), by=aino)

    assert "When it ends" not in aino_browser.get(decision.get_absolute_url()).text
    assert aino_browser.post(page("continuation_begin", case, decision)).status_code == 409


def test_a_row_of_another_case_is_not_found(case, aino, aino_browser):
    row = none_applied_for(a_subsidy(a_case(by=aino), by=aino), by=aino)

    assert aino_browser.get(page("continuation_none_correct", case, row)).status_code == 404


@pytest.fixture
def addresses(case, aino):
    row = none_applied_for(a_subsidy(case, by=aino), by=aino)
    of_decision = page("continuation_none", case, row.decision)
    return [of_decision, *(page(f"continuation_none_{what}", case, row) for what in ("correct", "remove"))]


def test_the_outsider_finds_nothing(addresses, cecilia, tuusniemi):
    with in_municipality(tuusniemi):
        assert {browser_of(cecilia).get(url).status_code for url in addresses} == {404}


def test_who_has_another_role_is_refused(addresses, paula):
    assert {browser_of(paula).get(url).status_code for url in addresses} == {403}


def test_the_colleague_without_a_reason_is_asked_for_one(addresses, bertta):
    for url in addresses:
        assert "/reason/" in browser_of(bertta).get(url).headers["Location"]


def test_who_follows_it_in_a_closed_case_says_that_there_is_none(case, aino, bertta):
    decision = a_subsidy(case, by=aino)
    closed(case, to(bertta), by=aino)

    fill(browser_of(bertta), page("continuation_none", case, decision), why_none="Palaa työhön")

    assert NoContinuation.objects.count() == 1


def test_the_page_asks_few_questions_however_much_there_is(case, aino, aino_browser, django_assert_max_num_queries):
    decision = a_subsidy(case, by=aino)
    for month in range(1, 6):
        a_subsidy(case, until=date(2028, month, 28), decider="kela", by=aino)

    aino_browser.get(decision.get_absolute_url())
    with django_assert_max_num_queries(15):
        aino_browser.get(decision.get_absolute_url())
