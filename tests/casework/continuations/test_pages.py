"""The panel of what was granted until a day: its steps, the one form of the continuation, and that there is none."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from casework.models import Application, NoContinuation
from tenants.scope import in_municipality
from tests.casework.applications.making import a_decision, application_at
from tests.casework.cases.making import a_case
from tests.casework.continuations.making import a_subsidy, none_applied_for
from tests.casework.endings.making import closed, to
from tests.conftest import NOON
from tests.journeys.typing_in import fill, values
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


def test_from_the_decision_the_application_and_the_benefits_one_form_begins_the_continuation(case, aino, aino_browser):
    decision = a_subsidy(case, until=date(2027, 4, 30), by=aino)
    form = page("continuation_begin", case, decision)
    benefits = reverse("case_benefits", args=[case.number])
    places = [decision.get_absolute_url(), decision.application.get_absolute_url(), benefits]
    for place in places:
        assert aino_browser.get(place).text.count(f'href="{form}"') == 1, place

    led_to = fill(aino_browser, form)

    begun = Application.objects.get(matter="continuation")
    assert led_to == begun.get_absolute_url()
    assert (begun.benefit_code, begun.decider_code, begun.state) == ("KT", "keva", "draft")
    for place in places:
        shown = aino_browser.get(place).text
        assert begun.get_absolute_url() in shown
        assert f'href="{form}"' not in shown


def test_what_is_applied_for_otherwise_is_changed_in_the_form(case, aino, aino_browser):
    decision = a_subsidy(case, by=aino)

    fill(aino_browser, page("continuation_begin", case, decision), benefit_code="TKE-T", filed_on="2026-11-20")

    begun = Application.objects.get(matter="continuation")
    assert (begun.benefit_code, begun.decider_code, begun.state) == ("TKE-T", "keva", "filed")


def test_one_that_was_begun_is_gone_on_with_and_not_begun_twice(case, aino, aino_browser):
    decision = a_subsidy(case, by=aino)
    form = page("continuation_begin", case, decision)
    typed = values(aino_browser.get(form).context["form"])
    fill(aino_browser, form)

    begun = Application.objects.get(matter="continuation")
    assert aino_browser.get(form).headers["Location"] == begun.get_absolute_url()
    again = aino_browser.post(form, typed)
    assert "has been begun already" in again.context["form"].errors.as_text()
    assert Application.objects.filter(matter="continuation").count() == 1


def test_the_page_of_an_application_without_an_end_has_no_panel(case, aino, aino_browser):
    decision = a_decision("granted", application=application_at("filed", case=case, by=aino), by=aino)

    assert "When it ends" not in aino_browser.get(decision.application.get_absolute_url()).text


def test_the_pages_that_show_the_end_ask_the_database_little(case, aino, aino_browser):
    decision = a_subsidy(case, by=aino)
    none_applied_for(decision, by=aino)
    for place in (decision.application.get_absolute_url(), decision.get_absolute_url()):
        aino_browser.get(place)
        with CaptureQueriesContext(connection) as asked:
            aino_browser.get(place)

        assert len([one for one in asked if one["sql"].lower().startswith("select")]) <= 15, place


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
    assert (
        aino_browser.get(page("continuation_begin", case, decision)).headers["Location"] == decision.get_absolute_url()
    )
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
