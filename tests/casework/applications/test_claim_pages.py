"""What is seen of the time to claim: the form, the panel, Today and the next thing of a case; who may give the day."""

from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from casework.applications import actions as applications
from casework.applications import claiming
from casework.cases.next_thing import Kind, things_of
from casework.figures import actions as figures
from casework.figures.queries import figure_or_404
from casework.models import Application
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.scope import in_municipality
from tests.casework.applications.making import application_at, in_db
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
FELL_ILL = date(2026, 10, 24)
LAST_DAY, SAFE_DAY = date(2026, 12, 28), date(2026, 12, 17)


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


@pytest.fixture
def sick(kaavi, aino) -> Application:
    return application_at("draft", benefit="SPR", decider="kela", by=aino)


@pytest.fixture
def english(aino):
    browser = browser_of(aino)
    browser.cookies[LANGUAGE_COOKIE] = "en"
    return browser


def counted(application, counted_on=FELL_ILL, counted_from="incapacity_starts", *, by):
    known = {"counted_from": counted_from, "counted_on": counted_on, "version": application.version}
    return claiming.count_from(application=application, **known, by=by, at=NOON)


def form_of(application):
    return reverse("application_claim_day", args=[application.case.number, application.pk])


def noon_of(day):
    return datetime.combine(day, NOON.timetz())


# --- who ------------------------------------------------------------------------------------------------------------


def test_only_who_works_on_the_case_gives_the_day(sick, daavid, paula, cecilia, tuusniemi, bertta):
    url = form_of(sick)
    with in_municipality(tuusniemi):
        outsider = browser_of(cecilia)

    assert outsider.get(url).status_code == 404
    assert browser_of(daavid).get(url).status_code == 403
    assert browser_of(paula).get(url).status_code == 403
    assert browser_of(bertta).get(url)["Location"].startswith(reverse("case_reason", args=[sick.case.number]))


def test_a_benefit_without_a_known_time_to_claim_has_no_such_page(kaavi, aino, aino_browser):
    pension = application_at("draft", benefit="TKE-K", decider="kela", by=aino)

    assert aino_browser.get(form_of(pension)).status_code == 404


# --- the form -------------------------------------------------------------------------------------------------------


def test_the_day_is_given_on_its_form_and_the_answer_says_the_last_day(sick, english):
    answer = english.post(
        form_of(sick),
        {"counted_from": "incapacity_starts", "counted_on": "2026-10-24", "version": sick.version},
        follow=True,
    )

    assert in_db(sick).claim_by == LAST_DAY
    assert "The last day to claim is 28.12.2026." in answer.text


def test_where_there_is_one_day_to_count_from_only_that_is_asked(kaavi, aino, english):
    rehabilitation = application_at("draft", benefit="KR", decider="kela", by=aino)

    drawn = english.get(form_of(rehabilitation)).text

    assert 'type="radio"' not in drawn
    assert "It is wanted from" in drawn


def test_a_continuation_is_counted_from_the_paid_period_unless_somebody_says_otherwise(kaavi, aino, english):
    application = applications.draft(
        case=a_case(by=aino), benefit_code="SPR", decider_code="kela", matter="continuation", by=aino, at=NOON
    )

    form = english.get(form_of(application)).context["form"]

    assert form["counted_from"].value() == "paid_period_ends"


# --- the page of the application ------------------------------------------------------------------------------------


def test_the_page_after_the_choice_asks_for_the_day_and_says_within_which_time(kaavi, aino, english):
    case = a_case(by=aino)
    chosen = {"benefit_code": "SPR", "decider_code": "kela", "matter": "new"}

    answer = english.post(reverse("application_new", args=[case.number]), chosen, follow=True)

    assert "The last day to claim is not known yet." in answer.text
    assert form_of(Application.objects.get()) in answer.text
    assert "SVL 15:4.1" in answer.text


def test_the_page_shows_the_day_to_aim_at_the_last_day_and_how_well_it_is_known(sick, aino, english):
    counted(sick, by=aino)

    answer = english.get(sick.get_absolute_url())

    assert "The last day to claim is 28.12.2026 (35 days)." in answer.text
    assert answer.context["claim_time"].deadline.safe_day == SAFE_DAY
    assert answer.context["card"].due.text.startswith("Aim to file by")
    assert "checked in the statute" in answer.text


def test_when_the_last_day_is_over_the_page_says_to_file_all_the_same_and_never_that_it_is_too_late(
    sick, aino, english
):
    counted(sick, date(2026, 9, 15), by=aino)

    text = english.get(sick.get_absolute_url()).text

    assert "A late claim can still be paid when refusing it would be unreasonable." in text
    assert "File it all the same." in text
    assert "too late" not in text.lower()


@pytest.mark.parametrize(
    ("benefit", "decider", "rule"), [("TKE-K", "kela", "KEL"), ("TAK", "kela", "703/2010"), ("VT", "kela", "kela.fi")]
)
def test_how_far_back_it_is_paid_is_said_as_a_day(kaavi, aino, english, benefit, decider, rule):
    application = application_at("draft", benefit=benefit, decider=decider, by=aino)

    answer = english.get(application.get_absolute_url())

    assert "6 months before the month of filing: from 1.5.2026 if it is filed this month." in answer.text
    assert rule in answer.context["claim_time"].paid.origin.source


def test_once_filed_it_is_said_of_the_month_of_filing(kaavi, aino, english):
    application = application_at("filed", benefit="TAK", decider="kela", filed_on=date(2026, 9, 1), by=aino)

    assert "Filed on 1.9.2026: paid for at most 6 months" in english.get(application.get_absolute_url()).text


def test_what_the_panel_says_is_not_said_again_about_the_benefit(kaavi, aino, english):
    pages = {}
    for state in ("draft", "decided"):
        application = application_at(state, benefit="TAK", decider="kela", by=aino)
        pages[state] = english.get(application.get_absolute_url()).context["about_benefit"]

    with translation.override("en"):
        told = {state: [(str(one.label), one.value) for one in found] for state, found in pages.items()}
    assert ("To be claimed", "not verified") in told["draft"]  # nobody knows: the panel is silent of it
    assert [label for label, _value in told["draft"] if label == "Paid backwards"] == []
    assert ("Paid backwards", "at most 6 months before the month of filing") in told["decided"]


def test_where_nothing_is_known_of_either_no_panel_says_anything(kaavi, aino, english):
    application = application_at("draft", benefit="TTO", decider="kela", by=aino)

    answer = english.get(application.get_absolute_url())

    assert answer.context["claim_time"] is None


def test_words_of_the_municipality_s_own_are_shown_and_no_day_is_calculated_from_them(kaavi, aino, bertta, english):
    own: dict[str, Any] = {"value": "within 4 months", "source": "kela.fi", "checked_on": TODAY}
    window = figure_or_404("window.OSPR", on=TODAY)
    figures.put(figure=window, **own, valid_from=date(2026, 1, 1), by=bertta, at=NOON)
    application = application_at("draft", benefit="OSPR", decider="kela", by=aino)

    answer = english.get(application.get_absolute_url())

    assert "To be claimed within 4 months." in answer.text
    assert "No day is calculated from this." in answer.text
    assert english.get(form_of(application)).status_code == 404


def test_the_page_asks_the_database_no_more_than_it_may(sick, aino, english, django_assert_max_num_queries):
    counted(sick, by=aino)
    english.get(sick.get_absolute_url())

    with django_assert_max_num_queries(15):
        english.get(sick.get_absolute_url())


# --- Today and the next thing ---------------------------------------------------------------------------------------


def clocks_of(browser):
    return browser.get("/").context["clocks"]


def test_today_shows_it_when_the_safe_day_is_near_and_no_more_once_it_is_filed(sick, aino, time_is):
    counted(sick, by=aino)
    assert clocks_of(browser_of(aino)) == []  # three weeks and more
    time_is(noon_of(date(2026, 12, 14)))
    browser = browser_of(aino)

    [row] = clocks_of(browser)

    assert (row.on, row.url) == (SAFE_DAY, sick.get_absolute_url())
    assert row.act.url.endswith("/file/")

    found = in_db(sick)
    known = {"filed_on": TODAY, "statement_follows": True, "version": found.version}
    applications.file(application=found, **known, by=aino, at=NOON)

    assert clocks_of(browser) == []


def test_over_the_last_day_it_stays_on_today_until_it_is_withdrawn(sick, aino, english):
    counted(sick, date(2026, 9, 15), by=aino)

    [row] = clocks_of(english)

    assert (row.on, row.is_late(TODAY)) == (date(2026, 11, 16), True)
    assert row.title == "The last day to claim is over: file it all the same"

    found = in_db(sick)
    applications.withdraw(application=found, withdrawn_on=TODAY, version=found.version, by=aino, at=NOON)

    assert clocks_of(english) == []


def test_today_shows_nothing_while_the_day_is_not_known(sick, english):
    assert clocks_of(english) == []


def test_it_takes_no_place_of_a_slow_decision(sick, aino, english):
    counted(sick, date(2026, 9, 15), by=aino)
    slow = application_at("filed", case=in_db(sick).case, by=aino)

    page = english.get("/").context

    assert [row.application for row in page["waiting"]] == [slow]
    assert page["waiting_count"] == 1
    assert len(page["clocks"]) == 1


def test_it_is_the_next_thing_of_its_case(sick, aino):
    counted(sick, by=aino)

    [thing] = things_of(sick.case, on=TODAY)

    assert (thing.kind, thing.on, thing.who) == (Kind.CLAIM, SAFE_DAY, aino.name)
    [last] = things_of(sick.case, on=date(2026, 12, 18))
    assert last.on == LAST_DAY
