"""The pages of a decision: it is recorded, its check is answered, its last day confirmed."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.applications import actions as applications
from casework.models import Appeal, CoverageCheck, Decision
from tests.casework.applications.making import (
    a_decision,
    a_refused_case,
    an_illness,
    appeal_at,
    application_at,
    in_db,
    page_of,
)
from tests.conftest import NOON


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


@pytest.fixture
def matti(kaavi, aino):
    return a_refused_case(by=aino)


def test_recording_a_rejection_leads_to_its_page_with_the_check_and_the_last_day(matti, aino, aino_browser):
    application = application_at("filed", case=matti, by=aino)
    url = reverse("decision_new", args=[matti.number, application.pk])
    typed = {
        "decided_on": "2026-11-16",
        "result": "rejected",
        "channel": "post",
        "notice_on": "2026-11-17",
        "version": application.version,
    }

    answer = aino_browser.post(url, typed, follow=True)

    assert "28.12.2026" in answer.text
    assert "17.12." in answer.text
    assert "Selkäkipu" in answer.text
    assert "TyEL 395/2006 128\N{NO-BREAK SPACE}§" in answer.text


def test_a_decision_before_its_filing_is_asked_of_at_the_field(matti, aino, aino_browser):
    application = application_at("filed", case=matti, by=aino)
    url = reverse("decision_new", args=[matti.number, application.pk])

    answer = aino_browser.post(
        url,
        {
            "decided_on": "2026-08-16",
            "result": "rejected",
            "channel": "post",
            "notice_on": "2026-08-17",
            "version": application.version,
        },
    )

    assert answer.context["form"].in_doubt.field == "decided_on"
    assert in_db(application).state == "filed"


def check_of(case):
    check = CoverageCheck.objects.get(decision__application__case=case)
    illnesses = list(case.client.illnesses.all())
    typed = {"version": check.version, "conclusion": "open", "client_decision": ""}
    typed |= {f"answer_{illnesses[0].pk}": "considered", f"note_{illnesses[0].pk}": ""}
    typed |= {f"answer_{illnesses[1].pk}": "not_mentioned", f"note_{illnesses[1].pk}": "Ks. sivu 2"}
    return check, typed


def test_the_check_is_saved_and_stays_open(matti, aino_browser):
    check, typed = check_of(matti)

    answer = aino_browser.post(page_of("coverage", matti), typed | {"has_newer_evidence": "yes"}, follow=True)

    assert answer.status_code == 200
    assert "Ks. sivu 2" in answer.text
    assert in_db(check).is_open
    assert [row.answer for row in check.rows.all()] == ["considered", "not_mentioned"]


def test_accepting_with_a_gap_is_said_at_the_reason_and_nothing_is_saved(matti, aino_browser):
    check, typed = check_of(matti)

    answer = aino_browser.post(page_of("coverage", matti), typed | {"conclusion": "accept"})

    assert list(answer.context["form"].errors) == ["reason"]
    assert "Ks. sivu 2" in answer.text
    assert in_db(check).version == check.version
    assert [row.answer for row in check.rows.all()] == ["not_looked", "not_looked"]


def test_closing_with_another_way_shows_the_conclusion_and_can_be_opened_again(matti, aino_browser):
    check, typed = check_of(matti)

    answer = aino_browser.post(page_of("coverage", matti), typed | {"conclusion": "re_examination"}, follow=True)
    assert in_db(check).conclusion == "re_examination"
    assert "asia voidaan tutkia uudelleen" in answer.text  # Keva: no section of the law is known
    assert "SVL 17:4.5" not in answer.text

    aino_browser.post(page_of("coverage_reopen", matti))
    assert in_db(check).is_open


def test_a_check_with_an_illness_that_nobody_looked_at_stays_open_and_names_it_at_its_field(matti, aino_browser):
    check, typed = check_of(matti)
    depression = matti.client.illnesses.all()[1]
    typed |= {f"answer_{depression.pk}": "not_looked", "conclusion": "re_examination"}

    answer = aino_browser.post(page_of("coverage", matti), typed)

    assert answer.context["form"].errors == {
        f"answer_{depression.pk}": [
            f"Katso ensin, miten päätöksessä käsitellään kutakin sairautta. Vielä katsomatta: {depression.name}."
        ]
    }
    assert in_db(check).is_open


def test_a_closed_check_says_of_each_illness_how_the_decision_treats_it(matti, aino_browser):
    _, typed = check_of(matti)
    back = matti.client.illnesses.all()[0]
    typed |= {f"answer_{back.pk}": "mentioned", "conclusion": "re_examination"}

    page = aino_browser.post(page_of("coverage", matti), typed, follow=True).text

    [panel] = re.findall(r'id="coverage".*?</table>', page, re.S)
    answers = "Mainitaan, mutta vaikutusta ei arvioida|Ei mainita|Otettu huomioon|Ei vielä katsottu"
    said = re.findall(rf">\s*({answers})\s*<", panel)
    assert said == ["Mainitaan, mutta vaikutusta ei arvioida", "Ei mainita"]


def test_an_illness_that_came_after_the_check_was_closed_is_shown_as_not_looked_at(matti, aino, aino_browser):
    _, typed = check_of(matti)
    aino_browser.post(page_of("coverage", matti), typed | {"conclusion": "appeal"})
    an_illness(matti, "Diabetes", by=aino)

    page = aino_browser.get(page_of("decision", matti)).text

    assert (page.count("Ei vielä katsottu"), page.count(">Ei mainita<")) == (1, 1)


def test_earlier_answers_of_the_check_stand_below_it_and_in_the_history_of_the_case(matti, aino_browser):
    check, typed = check_of(matti)
    first = aino_browser.post(page_of("coverage", matti), typed | {"client_decision": "Valittaa"}, follow=True)
    assert "Tarkistuksen aiemmat vastaukset" not in first.text

    typed |= {"version": in_db(check).version, "client_decision": "Ei jaksa valittaa"}
    second = aino_browser.post(page_of("coverage", matti), typed, follow=True)

    assert re.search(r"Tarkistuksen aiemmat vastaukset.*<b>Mitä asiakas on päättänyt:</b> Valittaa", second.text, re.S)
    history = aino_browser.get(reverse("case_corrections", args=[matti.number])).text
    assert f"<b>Päätöksen tarkistus</b>: {check.decision.named()}" in history
    assert "Valittaa" in history


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ({"conclusion": "appeal"}, "Kyllä"),
        ({"conclusion": "accept", "reason": "Asiakas tyytyy"}, "Ei"),
        ({"conclusion": "re_examination"}, "Ei vielä päätetty"),
    ],
)
def test_a_closed_check_says_whether_the_client_appeals(matti, aino_browser, ending, words):
    Appeal.objects.all().delete()
    _, typed = check_of(matti)

    answer = aino_browser.post(page_of("coverage", matti), typed | ending, follow=True)

    assert re.findall(r"<dt>Valittaako asiakas\?</dt>\s*<dd[^>]*>\s*([^<]*?)\s*<", answer.text) == [words]


def test_the_section_about_new_evidence_is_cited_for_kela(kaavi, aino, aino_browser):
    decision = a_decision(application=application_at("filed", benefit="SPR", decider="kela", by=aino), by=aino)

    assert "Kelan on tutkittava evätty etuus uudelleen" in aino_browser.get(decision.get_absolute_url()).text


def test_the_day_printed_in_the_decision_is_confirmed_on_its_page(matti, aino_browser):
    decision = Decision.objects.get()
    typed = {
        "channel": "post",
        "notice_on": "2026-11-17",
        "printed_last_day": "2026-12-22",
        "version": decision.version,
    }

    answer = aino_browser.post(page_of("decision_notice", matti), typed, follow=True)

    assert in_db(decision).last_day == date(2026, 12, 22)
    assert "22.12.2026" in answer.text
    assert "28.12.2026" in answer.text  # what it would be by the rules


def test_it_says_which_request_it_answers_where_there_was_more_than_the_application(kaavi, aino, aino_browser):
    first = a_decision(by=aino)
    decided = in_db(first.application)
    asked: dict[str, Any] = {"asked_on": NOON.date(), "version": decided.version}
    again = applications.re_examine(application=decided, **asked, by=aino, at=NOON)
    second = a_decision(application=again, decided_on=NOON.date(), notice_on=NOON.date(), by=aino)

    shown = ["Uusi käsittely" in aino_browser.get(one.get_absolute_url()).text for one in (first, second)]

    assert shown == [False, True]


def test_of_an_appeal_that_is_with_the_board_the_ways_say_so_and_not_that_it_would_be_late(kaavi, aino, aino_browser):
    decision = appeal_at("filed", by=aino).decision
    Decision.objects.update(last_day=date(2026, 1, 2))

    shown = aino_browser.get(decision.get_absolute_url()).text

    assert "odottaa ratkaisua." in shown
    assert "Myöhästynyt valitus" not in shown
