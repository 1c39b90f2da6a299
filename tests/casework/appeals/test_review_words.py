"""Social assistance has words of its own: a request for review first, then an appeal to the administrative court."""

from typing import Any

import pytest
from django.urls import reverse

from casework.appeals import actions as appeals
from casework.applications.presenters import card
from casework.models import Appeal, Decision
from casework.overview.client_map import road_of
from casework.overview.client_map_presenters import client_map
from tenants.accounts.languages import LANGUAGE_COOKIE
from tests.casework.applications.making import LAST_DAY, a_decision, answered, appeal_at, application_at, in_db
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import PortalClient, browser_of

TODAY = NOON.date()
ASSISTANCE: dict[str, Any] = {"benefit": "TTO", "decider": "kela"}


@pytest.fixture
def refused(kaavi, aino) -> Decision:
    """Basic social assistance was refused."""
    return a_decision(application=application_at("filed", case=a_case(by=aino), **ASSISTANCE, by=aino), by=aino)


@pytest.fixture
def portal(aino, time_is) -> PortalClient:
    time_is(NOON.replace(month=12, day=18))  # the day to aim at is over
    browser = browser_of(aino)
    browser.cookies[LANGUAGE_COOKIE] = "fi"
    return browser


def mapped(decision: Decision) -> str:
    paper = client_map(road_of(decision.application.case, now=NOON), language="fi")
    return "\n".join(point for section in paper.sections for point in section.points)


def test_the_decision_and_today_speak_of_a_request_for_review_and_of_no_appeal(refused, portal):
    page = portal.get(refused.get_absolute_url()).text
    [row] = portal.get("/").context["clocks"]

    assert "Aloita oikaisuvaatimus" in page
    assert "Oikaisuvaatimuksen viimeinen päivä" in page
    assert "Valittaminen on maksutonta" not in page  # that is known of the boards only
    assert "Aloita valitus" not in page
    assert row.title == "Tarkista päätös ennen oikaisuvaatimusta"


def test_the_bar_and_the_map_of_the_client_do_as_well(refused, aino):
    appeal = appeal_at("draft", decision=refused, by=aino)
    due = card(in_db(refused.application), today=LAST_DAY).due
    assert due is not None
    assert due.text.startswith("Oikaisuvaatimuksen viimeinen päivä")
    assert "kirjoitamme oikaisuvaatimusta" in mapped(refused)
    assert "28.12.2026: oikaisuvaatimuksen aika päättyy" in mapped(refused)

    appeals.file(appeal=appeal, filed_on=TODAY, version=appeal.version, by=aino, at=NOON)

    assert "oikaisuvaatimus saapui perille 23.11.2026" in mapped(refused)
    assert "valitus saapui" not in mapped(refused)


def test_an_appeal_to_a_board_keeps_its_words(kaavi, aino):
    decision = a_decision(application=application_at("filed", case=a_case(by=aino), by=aino), by=aino)

    appeal_at("filed", decision=decision, by=aino)

    assert "valitus saapui perille 23.11.2026" in mapped(decision)
    assert "oikaisuvaatimus" not in mapped(decision)


def test_after_the_administrative_court_the_page_says_that_leave_can_be_asked_for(refused, aino, portal):
    answered(appeal_at("filed", decision=refused, by=aino), by=aino)
    court = Appeal.objects.get(level=Appeal.Level.INSURANCE_COURT)
    assert "kirjoitamme valitusta" in mapped(refused)  # at the court it is an appeal
    filed = appeals.file(appeal=court, filed_on=TODAY, version=court.version, by=aino, at=NOON)
    answered(filed, by=aino)

    page = portal.get(reverse("appeal", args=[refused.application.case.number, court.pk])).text

    assert "valituslupaa korkeimmalta hallinto-oikeudelta" in page
    assert "Tästä ratkaisusta ei voi enää valittaa" not in page
