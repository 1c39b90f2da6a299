"""What the page of an application says of the law beside it: what pays meanwhile, and what is looked into first."""

from datetime import date

import pytest
from django.urls import reverse

from tenants.accounts.languages import LANGUAGE_COOKIE
from tests.casework.applications.making import application_at
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


@pytest.fixture
def english(aino):
    browser = browser_of(aino)
    browser.cookies[LANGUAGE_COOKIE] = "en"
    return browser


def test_the_page_after_the_choice_of_a_benefit_says_at_once_what_pays_meanwhile(kaavi, aino, english):
    case = a_case(by=aino)
    chosen = {"benefit_code": "SPR", "decider_code": "kela", "matter": "new"}

    answer = english.post(reverse("application_new", args=[case.number]), chosen, follow=True)

    assert "an unemployed person keeps the unemployment benefit" in answer.text
    assert "TTL 1290/2002 3:3.4" in answer.text
    assert answer.context["guidance"]["before"] == []


@pytest.mark.parametrize(
    ("decider", "who"), [("kela", "Kela must look"), ("keva", "The pension institution must look")]
)
def test_of_a_benefit_with_two_deciders_the_law_of_its_own_is_said(kaavi, aino, english, decider, who):
    application = application_at("filed", benefit="KT", decider=decider, by=aino)

    text = english.get(application.get_absolute_url()).text

    assert who in text
    assert "Sickness allowance comes first" in text


def test_who_is_under_twenty_has_a_sentence_of_its_own(kaavi, aino, english):
    young = a_case(by=aino, identity_code="", born_on=date(2007, 3, 1))
    application = application_at("draft", case=young, benefit="TKE-K", decider="kela", by=aino)
    older = application_at("draft", benefit="TKE-K", decider="kela", by=aino)

    assert "The client is under 20" in english.get(application.get_absolute_url()).text
    assert "The client is under 20" not in english.get(older.get_absolute_url()).text


@pytest.mark.parametrize(("benefit", "decider"), [("TTO", "kela"), ("PAL", "employment_area")])
def test_where_nothing_is_known_there_is_no_panel(kaavi, aino, english, benefit, decider):
    application = application_at("draft", benefit=benefit, decider=decider, by=aino)

    assert 'id="guidance"' not in english.get(application.get_absolute_url()).text


@pytest.mark.parametrize("state", ["decided", "withdrawn"])
def test_it_is_said_while_the_application_is_under_way(kaavi, aino, english, state):
    application = application_at(state, by=aino)

    assert english.get(application.get_absolute_url()).context["guidance"] == {}
