"""What the page of a rejection says of the law after it; whether rehabilitation was looked into is asked once."""

from datetime import date

import pytest

from casework.decisions import coverage
from tenants.accounts.languages import LANGUAGE_COOKIE
from tests.casework.applications.making import a_decision, an_illness, application_at, findings, in_db
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


def rejected(benefit, decider, *, by, result="rejected"):
    case = a_case(by=by)
    an_illness(case, "Selkäkipu", by=by)
    return a_decision(
        result, application=application_at("filed", case=case, benefit=benefit, decider=decider, by=by), by=by
    )


def test_b35_after_a_rejection_by_kela_it_is_asked_whether_it_pointed_to_rehabilitation(kaavi, aino, english):
    text = english.get(rejected("TKE-K", "kela", by=aino).get_absolute_url()).text

    assert "Kela must guide the client to rehabilitation or other services." in text
    assert "KEL 568/2007" in text
    assert "Did the decider point to rehabilitation?" in text
    assert "The check has not answered yet." in text  # unknown is no “no”
    assert 'href="#id_is_rehabilitation_considered"' in text
    assert text.count('name="is_rehabilitation_considered"') == 1  # it is not asked twice
    assert "A decision that points to rehabilitation counts as a yes." in text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (True, "According to the check the decider looked into rehabilitation."),
        (False, "According to the check the decider did not look into rehabilitation."),
    ],
)
def test_the_answer_of_the_check_stands_there(kaavi, aino, english, said, words):
    decision = rejected("TKE-K", "kela", by=aino)
    check = in_db(decision).coverage_check
    found = findings(check, is_rehabilitation_considered=said)
    coverage.fill(check=check, findings=found, version=check.version, by=aino, at=NOON)

    text = english.get(decision.get_absolute_url()).text

    assert words in text
    assert 'href="#id_is_rehabilitation_considered"' not in text


def test_b20_of_a_pension_insurer_the_way_to_unemployment_benefit_is_said_and_no_question_is_asked(
    kaavi, aino, english
):
    text = english.get(rejected("TKE-T", "keva", by=aino).get_absolute_url()).text

    assert "an application for disability pension is pending or has been rejected" in text
    assert "Did the decider point to rehabilitation?" not in text


@pytest.mark.parametrize(
    ("benefit", "decider", "result"),
    [("TKE-K", "kela", "partly"), ("TTO", "kela", "rejected"), ("TAK", "kela", "rejected")],
)
def test_of_another_result_or_benefit_nothing_is_said(kaavi, aino, english, benefit, decider, result):
    answer = english.get(rejected(benefit, decider, result=result, by=aino).get_absolute_url())

    assert answer.context["after_rejection"] is None
