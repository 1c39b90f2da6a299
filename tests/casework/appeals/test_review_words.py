"""Where a decision is reviewed first, pages and papers speak of the request for review and of no appeal."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from casework.appeals import actions as appeals
from casework.applications import appeal_days
from casework.applications.presenters import card
from casework.law import benefits as rules
from casework.law.appeal_words import APPEAL, INSURERS, REVIEW, words_of
from casework.law.deadlines import AppealLevel, DeciderKind
from casework.models import Appeal, Decision
from casework.overview.client_map import road_of
from casework.overview.client_map_presenters import client_map
from tenants.accounts.models import User
from tests.casework.applications.making import LAST_DAY, a_decision, answered, appeal_at, application_at, in_db
from tests.conftest import NOON
from tests.papers import pdf_text
from tests.people import PortalClient, browser_of

OF_AN_APPEAL = re.compile(r"\b\w*valitu[ks]\w*", re.IGNORECASE)
# What is said of any decision, before one knows whose it is, and what the paper of the decision is called.
ANYWHERE = {"valitusosoitus", "valitusosoituksesta", "valitusosoitukseen", "valitusaikaa"}


@pytest.fixture(autouse=True)
def _finnish():
    with translation.override("fi"):
        yield


@pytest.fixture
def rejected(aino) -> Decision:
    """Basic social assistance that Kela has rejected."""
    return a_decision(application=application_at("filed", benefit="TTO", decider="kela", by=aino), by=aino)


def filed(appeal: Appeal, *, by: User) -> Appeal:
    return appeals.file(appeal=appeal, filed_on=NOON.date(), version=appeal.version, by=by, at=NOON)


def said_of_an_appeal(browser: PortalClient, address: str) -> set[str]:
    """The words of a page that are said of an appeal (valitus)."""
    answer: Any = browser.get(address)
    assert answer.status_code == 200
    main = re.sub(r"<[^>]+>", " ", answer.text[answer.text.index("<main") : answer.text.index("</main>")])
    return {word.lower() for word in OF_AN_APPEAL.findall(main)} - ANYWHERE


def pages_of(decision: Decision) -> list[str]:
    """Where the decision and what follows from it are told."""
    application = decision.application
    lists = [reverse("case_applications", args=[application.case.number]), reverse("client_list"), reverse("today")]
    return [decision.get_absolute_url(), application.get_absolute_url(), *lists]


def mapped(decision: Decision) -> str:
    paper = client_map(road_of(decision.application.case, now=NOON), language="fi")
    return "\n".join(point for section in paper.sections for point in section.points)


def test_the_pages_before_it_is_filed(aino_browser, rejected):
    for page in pages_of(rejected):
        assert said_of_an_appeal(aino_browser, page) == set(), page
    assert "Aloita oikaisuvaatimus" in aino_browser.get(rejected.get_absolute_url()).text

    review = aino_browser.post(f"{rejected.get_absolute_url()}appeal/").headers["Location"]

    for page in (review, f"{review}edit/", f"{review}file/", f"{review}withdraw/", *pages_of(rejected)):
        assert said_of_an_appeal(aino_browser, page) == set(), page
    assert "Kirjaa oikaisuvaatimus jätetyksi" in aino_browser.get(review).text


def test_the_pages_after_it_is_filed(aino, aino_browser, rejected):
    review = appeal_at("filed", decision=rejected, by=aino).get_absolute_url()

    for page in (review, *pages_of(rejected)):
        assert said_of_an_appeal(aino_browser, page) == set(), page
    assert "Oikaisuvaatimus jätetty" in aino_browser.get(rejected.application.get_absolute_url()).text


def test_the_bar_after_it_is_answered(aino, rejected):
    answered(appeal_at("filed", decision=rejected, by=aino), "changed", by=aino)

    shown = card(in_db(rejected.application), today=NOON.date())

    assert shown.due is not None
    assert shown.tag == "Oikaisuvaatimuksesta: hyväksytty"
    assert shown.due.text == "Oikaisuvaatimuksen ratkaisu: hyväksytty."


def test_today_names_what_is_to_be_done(aino, rejected, time_is):
    time_is(NOON.replace(month=12, day=18))  # the day to aim at is over
    [row] = browser_of(aino).get(reverse("today")).context["clocks"]

    assert row.title == "Tarkista päätös ennen oikaisuvaatimusta"


def test_the_bar_of_the_application(aino, rejected):
    appeal_at("draft", decision=rejected, by=aino)

    due = card(in_db(rejected.application), today=LAST_DAY).due

    assert due is not None
    assert due.text.startswith("Oikaisuvaatimusaika päättyy")


def test_a_last_day_that_nobody_knows_is_asked_for_in_its_words(aino, aino_browser, rejected):
    Decision.objects.filter(pk=rejected.pk).update(safe_day=None, last_day=None)

    [row] = aino_browser.get(reverse("today")).context["clocks"]

    assert row.title == "Selvitä, milloin oikaisuvaatimusaika päättyy"
    assert "mihin asti voit tehdä oikaisuvaatimuksen" in mapped(in_db(rejected))


def test_the_clients_own_map(aino, aino_browser, rejected):
    page = reverse("case_map_pdf", args=[rejected.application.case.number])
    assert "28.12.2026: oikaisuvaatimusaika päättyy" in pdf_text(aino_browser.get(page).content)

    review = appeal_at("draft", decision=rejected, by=aino)
    assert "kirjoitamme oikaisuvaatimusta" in mapped(rejected)

    filed(review, by=aino)

    assert "oikaisuvaatimus saapui perille 23.11.2026" in mapped(rejected)
    assert "valitus saapui" not in mapped(rejected)


def test_an_appeal_to_a_board_keeps_its_words(aino, aino_browser):
    decision = a_decision(by=aino)

    appeal_at("filed", decision=decision, by=aino)

    assert "valitus saapui perille 23.11.2026" in mapped(decision)
    assert "oikaisuvaatimus" not in mapped(decision)
    assert "ikaisuvaatimus" not in aino_browser.get(decision.get_absolute_url()).text


def test_the_appeal_to_the_court_against_the_answer_is_an_appeal(aino, aino_browser, rejected):
    appeal_at("decided", decision=rejected, by=aino)
    court = Appeal.objects.get(against__isnull=False)

    assert "Kirjaa valitus jätetyksi" in aino_browser.get(court.get_absolute_url()).text
    assert "kirjoitamme valitusta" in mapped(rejected)


def test_that_it_costs_nothing_is_said_only_where_it_was_read(aino_browser, rejected, aino):
    of_pension = a_decision(by=aino)

    assert "maksuton" not in aino_browser.get(rejected.get_absolute_url()).text
    assert "maksuton" in aino_browser.get(of_pension.get_absolute_url()).text
    assert {body.code for body in rules.tables().bodies if body.is_free} == {"samu", "telk"}


def test_every_sentence_of_the_one_differs_from_that_of_the_other():
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            assert not {str(words) for words in vars(APPEAL).values()} & {str(words) for words in vars(REVIEW).values()}


def test_a_ruling_is_called_final_only_where_somebody_says_so_and_how_well_that_is_known(aino, aino_browser, rejected):
    pages = {}
    for name, decision in {"review": rejected, "pension": a_decision(by=aino)}.items():
        appeal_at("decided", decision=decision, by=aino)
        court = answered(filed(Appeal.objects.get(against__decision=decision), by=aino), by=aino)
        pages[name] = aino_browser.get(court.get_absolute_url()).text

    assert "ei voi enää valittaa" in pages["pension"]
    assert "ei voi enää valittaa" not in pages["review"]
    assert "Valituslupahakemus ja valitus" in pages["review"]  # there is a court above it, of which leave is asked
    last = {body.code: body.is_read for body in rules.tables().bodies if body.is_final}
    assert last == {"insurance_court": True, "supreme_administrative_court": False}  # the page says so beside it


def test_the_timeline_calls_each_step_by_what_it_is_at_its_level(aino, aino_browser, rejected):
    number = rejected.application.case.number
    review = filed(appeals.draft(decision=rejected, by=aino, at=NOON), by=aino)
    timeline = reverse("case_timeline", args=[number])
    assert said_of_an_appeal(aino_browser, timeline) == set()
    assert "Oikaisuvaatimus jätetty" in aino_browser.get(timeline).text

    answered(review, by=aino)
    court = Appeal.objects.get(against=review)
    assert appeal_days.level_title(court) == "Valitus (hallinto-oikeus)"
    appeals.withdraw(appeal=court, withdrawn_on=NOON.date(), version=court.version, by=aino, at=NOON)

    told = aino_browser.get(timeline).text
    assert "Oikaisuvaatimus: ratkaisu" in told
    assert "Valitus peruutettu" in told


@pytest.mark.parametrize("benefit", ["", "TTO"])
@pytest.mark.parametrize("level", AppealLevel)
@pytest.mark.parametrize("kind", DeciderKind)
def test_that_a_late_one_may_be_examined_is_said_of_social_insurance_only(kind, level, benefit):
    """The rule is that of the laws of Kela, pensions and funds (A10); of reviews and other courts nobody read one."""
    words = words_of(kind, NOON.date(), level=level, benefit=benefit)

    is_social_assistance = kind == DeciderKind.KELA and benefit == "TTO"
    is_insurance = kind in INSURERS and not is_social_assistance and level != AppealLevel.SUPREME
    assert ("painava" in str(words.is_late), "painava" in str(words.if_late)) == (is_insurance, is_insurance)
