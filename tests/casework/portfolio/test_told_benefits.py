"""Benefits that nobody here applied for: written down, changed and taken back on the page of benefits."""

from datetime import date

import pytest

from casework.law.portfolio import Standing
from casework.models import Correction, OtherBenefit
from casework.portfolio import actions as benefits
from tenants.rough_days import RoughDay
from tests.casework.cases.making import a_case
from tests.casework.portfolio.making import a_benefit, benefit_details
from tests.casework.portfolio.reading import page_of, stands
from tests.conftest import NOON


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


def test_a_benefit_that_was_not_applied_for_here_is_written_down_in_one_form(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    typed = {"benefit_code": "YT", "decider_code": "kela", "paid_from": "5/2026", "source": "client"}

    answer = aino_browser.post(page_of("benefit_add", case), typed | {"told_on": "2026-11-20"}, follow=True)

    assert [benefit.named() for benefit in OtherBenefit.objects.all()] == ["Yleistuki, Kela"]
    assert [words in answer.text for words in ("Yleistuki", "5/2026", "20.11.2026", "Ei haettu")] == [True] * 4
    assert case.events.filter(kind="benefit.added").exists()


def test_a_benefit_of_no_list_has_a_name_and_without_either_is_refused(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    typed = {"source": "document", "told_on": "2026-11-20"}

    refused = aino_browser.post(page_of("benefit_add", case), typed)
    aino_browser.post(page_of("benefit_add", case), typed | {"name": "Asumistuki"})

    assert "benefit_code" in refused.context["form"].errors
    assert OtherBenefit.objects.get().title == "Asumistuki"
    assert stands(case) == [Standing.IN_FORCE]


def test_it_is_ended_by_its_last_day_and_what_was_written_before_stays(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    a_benefit(case, by=aino)
    form = aino_browser.get(page_of("benefit_edit", case)).context["form"].initial
    typed = {name: value for name, value in form.items() if value} | {"paid_from": "5/2026", "paid_until": "31.10.2026"}

    aino_browser.post(page_of("benefit_edit", case), typed | {"told_on": "2026-11-20"})

    assert stands(case) == [Standing.ENDED]
    assert Correction.objects.filter(about_id=OtherBenefit.objects.get().pk).count() == 1


def test_a_benefit_cannot_end_before_it_begins(kaavi, aino):
    case = a_case(by=aino)

    with pytest.raises(benefits.PaidBackwards):
        a_benefit(case, paid_until=RoughDay(date(2026, 4, 30)), by=aino)


def test_the_same_benefit_told_twice_is_written_once(kaavi, aino):
    case = a_case(by=aino)

    assert a_benefit(case, by=aino) == a_benefit(case, by=aino)
    assert (
        benefits.add(case=case, details=benefit_details(source="kela"), by=aino, at=NOON)
        != OtherBenefit.objects.first()
    )
