"""The pages of paid days: Kela's count with what is reckoned from it, and the registration as a jobseeker."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from casework.models import Application, JobseekerRegistration, SicknessDayCount
from tenants.scope import in_municipality
from tests.casework.applications.making import application_at
from tests.casework.cases.making import a_case
from tests.casework.endings.making import closed, to
from tests.casework.sickness_days.making import a_count, a_registration, an_allowance
from tests.conftest import NOON
from tests.journeys.typing_in import fill
from tests.people import MOST_QUESTIONS, browser_of

NOT_TYPED = "Nobody has written down here how many days Kela has paid."


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


@pytest.fixture
def english(aino):
    aino.language = "en"
    aino.save(update_fields=["language"])
    with translation.override("en"):
        yield


@pytest.fixture
def case(kaavi, aino, english):
    return a_case(by=aino)


def page(name, case, *more):
    return reverse(name, args=[case.number, *more])


def test_without_a_typed_count_the_pages_say_so_and_show_no_number(case, aino, aino_browser):
    decision = an_allowance(case, by=aino)

    for url in (decision.get_absolute_url(), decision.application.get_absolute_url(), page("sickness_days", case)):
        shown = aino_browser.get(url).text
        assert NOT_TYPED in shown
        assert "150 paid days" not in shown
        assert "31.5.2027, by the decision" in shown


def test_what_is_reckoned_says_from_which_count_and_how_well_it_is_known(case, aino, aino_browser):
    decision = an_allowance(case, by=aino)
    url = page("sickness_days_add", case)

    fill(aino_browser, url, paid_days=140, counted_on="2026-11-20", told_by="Kela's letter of 23.11.")

    assert "Kela&#x27;s letter of 23.11." in aino_browser.get(page("sickness_days", case)).text
    shown = aino_browser.get(decision.application.get_absolute_url()).text
    assert "Kela has counted 140 paid days by 20.11.2026" in shown
    assert "reckoned from the 140 days that Kela has counted by 20.11.2026" in shown
    assert "2.12.2026" in shown
    assert "last paid day 31.5.2027" in shown
    assert "from experience, not verified" in shown  # it counts over Christmas Eve
    assert "entitled to unemployment benefit as a jobseeker" in shown


def test_an_unknown_end_is_said_to_be_unknown(case, aino, aino_browser):
    application_at("filed", case=case, benefit="SPR", decider="kela", by=aino)
    a_count(case, by=aino)

    shown = aino_browser.get(page("sickness_days", case)).text

    assert "not known: no decision says until when it is granted" in shown
    assert "not known: the payment is not known to go on that long" in shown


def test_a_page_of_another_benefit_has_no_panel(case, aino, aino_browser):
    application = application_at("filed", case=case, by=aino)

    assert NOT_TYPED not in aino_browser.get(application.get_absolute_url()).text


def test_a_count_is_corrected_and_taken_back_with_its_history(case, aino, aino_browser):
    row = a_count(case, by=aino)
    correct = page("sickness_days_correct", case, row.pk)

    fill(aino_browser, correct, paid_days=141, reason="Luin väärin")
    assert "141 days by 20.11.2026" in aino_browser.get(page("sickness_days", case)).text
    assert "Luin väärin" in aino_browser.get(correct).text
    fill(aino_browser, page("sickness_days_remove", case, row.pk), reason="Väärä asiakas")

    assert not SicknessDayCount.objects.exists()
    assert "Väärä asiakas" in aino_browser.get(page("case_corrections", case)).text


def test_a_registration_is_written_down_corrected_and_taken_back(case, aino, aino_browser):
    an_allowance(case, until=date(2026, 11, 30), by=aino)
    shown = aino_browser.get(page("sickness_days", case)).text
    assert "registered as a jobseeker on 1.12.2026 at the latest" in shown

    fill(aino_browser, page("jobseeker_add", case), told_by="Asiakas")
    row = JobseekerRegistration.objects.get()
    assert (row.registered_on, row.payment_ended_on) == (NOON.date(), date(2026, 11, 30))
    assert "Registered as a jobseeker on 23.11.2026." in aino_browser.get(page("sickness_days", case)).text
    fill(aino_browser, page("jobseeker_correct", case, row.pk), registered_on="2026-11-20", reason="Perjantaina")
    fill(aino_browser, page("jobseeker_remove", case, row.pk), reason="Ei ollutkaan")

    assert not JobseekerRegistration.objects.exists()


def test_a_row_of_another_case_is_not_found(case, aino, aino_browser):
    other = a_case(by=aino)
    count, registration = a_count(other, by=aino), a_registration(other, by=aino)

    for name, row in (("sickness_days_correct", count), ("jobseeker_correct", registration)):
        assert aino_browser.get(page(name, case, row.pk)).status_code == 404


NAMES = ["sickness_days", "sickness_days_add", "jobseeker_add"]
OF_COUNTS = ["sickness_days_correct", "sickness_days_remove"]
OF_REGISTRATIONS = ["jobseeker_correct", "jobseeker_remove"]


@pytest.fixture
def addresses(case, aino):
    count, registration = a_count(case, by=aino), a_registration(case, by=aino)
    urls = [page(name, case) for name in NAMES] + [page(name, case, count.pk) for name in OF_COUNTS]
    return urls + [page(name, case, registration.pk) for name in OF_REGISTRATIONS]


def test_the_outsider_finds_nothing(addresses, cecilia, tuusniemi):
    with in_municipality(tuusniemi):
        assert {browser_of(cecilia).get(url).status_code for url in addresses} == {404}


def test_who_has_another_role_is_refused(addresses, paula):
    assert {browser_of(paula).get(url).status_code for url in addresses} == {403}


def test_the_colleague_without_a_reason_is_asked_for_one(addresses, bertta):
    for url in addresses:
        assert "/reason/" in browser_of(bertta).get(url).headers["Location"]


def test_who_follows_it_in_a_closed_case_writes_the_registration_down(case, aino, bertta):
    an_allowance(case, until=date(2026, 11, 30), by=aino)
    closed(case, to(bertta), by=aino)

    fill(browser_of(bertta), page("jobseeker_add", case), told_by="Asiakas")

    assert JobseekerRegistration.objects.count() == 1


def test_of_somebody_who_has_died_nothing_is_reckoned(case, aino, aino_browser):
    an_allowance(case, by=aino)
    a_count(case, by=aino)
    closed(case, to(aino), outcome="died", by=aino)

    shown = aino_browser.get(page("sickness_days", case)).text

    assert "The client has died. Nothing is reckoned any more." in shown
    assert "140 days by 20.11.2026" in shown


def test_the_pages_ask_few_questions_however_much_there_is(case, aino, aino_browser, django_assert_max_num_queries):
    decision = an_allowance(case, by=aino)
    urls = [page("sickness_days", case), decision.get_absolute_url(), decision.application.get_absolute_url()]
    for days in range(1, 8):
        a_count(case, paid_days=90 + days, counted_on=date(2026, 11, days), by=aino)
        a_registration(case, date(2026, 11, days), by=aino)
    assert Application.objects.count() == 1

    for url in urls:
        aino_browser.get(url)
        with django_assert_max_num_queries(MOST_QUESTIONS):
            aino_browser.get(url)
