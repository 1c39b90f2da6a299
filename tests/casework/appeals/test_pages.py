"""The pages of an appeal: begun from the decision, filed also late, answered, taken to the court."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from casework.models import Appeal
from tenants.display import day
from tests.casework.applications.making import (
    LAST_DAY,
    a_decision,
    a_refused_case,
    answered,
    appeal_at,
    application_at,
    in_db,
    page_of,
)
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


@pytest.fixture
def matti(kaavi, aino):
    return a_refused_case(by=aino)


def test_an_appeal_is_begun_from_the_decision(matti, aino, aino_browser):
    decision = a_decision(application=application_at("filed", case=matti, by=aino), by=aino)

    answer = aino_browser.post(reverse("appeal_new", args=[matti.number, decision.pk]), follow=True)

    assert answer.status_code == 200
    assert "[Kirjoita tähän, miksi päätöstä pitää muuttaa.]" in answer.text  # nobody has looked at the illnesses yet
    assert Appeal.objects.filter(decision=decision, state="draft").count() == 1


def test_a_second_appeal_gets_the_friendly_page(matti, aino_browser):
    answer = aino_browser.post(page_of("appeal_new", matti))

    assert answer.status_code == 409


def test_a_late_appeal_is_warned_of_asked_why_and_filed(matti, aino, time_is):
    appeal = Appeal.objects.get()
    time_is(NOON + (LAST_DAY - TODAY) + timedelta(days=2))
    aino_browser = browser_of(aino)
    url = page_of("appeal_file", matti)

    assert "28.12.2026" in aino_browser.get(page_of("appeal", matti)).text
    answer = aino_browser.post(url, {"filed_on": "2026-12-30", "version": appeal.version})
    assert list(answer.context["form"].errors) == ["late_reason"]
    assert in_db(appeal).is_draft

    typed = {"filed_on": "2026-12-30", "late_reason": "Sairaalassa", "version": appeal.version}
    answer = aino_browser.post(url, typed, follow=True)
    assert in_db(appeal).was_late
    assert "Sairaalassa" in answer.text


def test_the_text_is_edited_and_the_answer_recorded_and_the_court_begins(matti, aino, aino_browser):
    appeal = Appeal.objects.get()
    typed = {"demand": "Myönnettävä", "grounds": "Masennus sivuutettiin", "version": appeal.version}
    assert "Masennus sivuutettiin" in aino_browser.post(page_of("appeal_edit", matti), typed, follow=True).text

    aino_browser.post(page_of("appeal_file", matti), {"filed_on": "2026-11-20", "version": in_db(appeal).version})
    answer = {
        "result": "rejected",
        "result_on": "2026-11-22",
        "result_channel": "electronic",
        "result_notice_on": "2026-11-23",
        "version": in_db(appeal).version,
    }
    page = aino_browser.post(page_of("appeal_decide", matti), answer, follow=True)

    court = Appeal.objects.get(level="insurance_court")
    assert court.get_absolute_url() in page.text
    assert "vakuutusoikeu" in aino_browser.get(court.get_absolute_url()).text


def test_who_throws_a_draft_away_says_whether_the_client_appeals_at_all(kaavi, aino, aino_browser):
    appeal = appeal_at("draft", by=aino)
    url = reverse("appeal_withdraw", args=[appeal.decision.application.case.number, appeal.pk])
    sent = {"withdrawn_on": "2026-11-23", "version": str(appeal.version)}
    assert "Hakeeko asiakas muutosta myöhemmin?" in aino_browser.get(url).text
    assert aino_browser.post(url, sent).status_code == 200  # nobody has said it
    assert Appeal.objects.get().is_draft

    aino_browser.post(url, sent | {"is_appeal_waived": "no"})

    assert Appeal.objects.get().state == "withdrawn"
    assert [row.of for row in aino_browser.get("/").context["clocks"]] == []  # its safe day is not near yet
    assert day(LAST_DAY) in aino_browser.get(appeal.decision.get_absolute_url()).text


def test_of_a_filed_appeal_or_one_to_the_court_it_is_not_asked(kaavi, aino, aino_browser):
    filed = appeal_at("filed", decision=a_decision(by=aino), by=aino)
    number = filed.decision.application.case.number
    for appeal in (filed, Appeal.objects.get(against=answered(filed, by=aino))):
        page = aino_browser.get(reverse("appeal_withdraw", args=[number, appeal.pk])).text
        assert "Hakeeko asiakas muutosta myöhemmin?" not in page


def test_a_given_up_court_appeal_is_begun_again_from_the_board_s(matti, aino, aino_browser):
    board = answered(appeal_at("filed", decision=a_decision(by=aino), by=aino), by=aino)
    court = Appeal.objects.get(against=board)
    number = board.decision.application.case.number
    url = reverse("appeal_withdraw", args=[number, court.pk])
    aino_browser.post(url, {"withdrawn_on": "2026-11-23", "version": court.version})

    aino_browser.post(reverse("appeal_further", args=[number, board.pk]))

    assert sorted(Appeal.objects.filter(against=board).values_list("state", flat=True)) == ["draft", "withdrawn"]


def test_the_notice_of_a_first_appeal_is_confirmed_on_its_decision(matti, aino_browser):
    answer = aino_browser.get(page_of("appeal_notice", matti))

    assert answer["Location"] == page_of("decision_notice", matti)


def test_the_notice_of_a_court_appeal_is_confirmed_on_its_own_page(kaavi, aino, aino_browser):
    board = answered(appeal_at("filed", by=aino), by=aino)
    court = Appeal.objects.get(against=board)
    url = reverse("appeal_notice", args=[board.decision.application.case.number, court.pk])
    assert aino_browser.get(url).status_code == 200

    typed = {"channel": "post", "notice_on": "2026-11-23", "printed_last_day": "2026-12-29", "version": court.version}
    aino_browser.post(url, typed)

    assert in_db(court).last_day == date(2026, 12, 29)
