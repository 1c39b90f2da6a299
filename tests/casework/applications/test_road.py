"""The page of an application tells its road in order of time: every round and appeal, and what came of each."""

from typing import Any

import pytest

from casework.appeals import self_correction
from casework.applications import actions as applications
from casework.applications import queries
from casework.applications.road import road_of
from casework.decisions import correcting
from casework.models import Decision, Round
from tests.casework.applications.making import (
    DECIDED,
    FILED,
    a_decision,
    answered,
    appeal_at,
    application_at,
    in_db,
)
from tests.conftest import NOON
from tests.people import MOST_QUESTIONS

TODAY = NOON.date()


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


def told(application: Any, by: Any) -> list[tuple[Any, ...]]:
    number = application.case.number
    found = queries.application_or_404(by, number, application.pk, on=TODAY)
    return [
        (str(one.title), one.when, str(one.how), [(str(said.result), said.on) for said in one.verdicts])
        for one in road_of(found)
    ]


def again(decision: Decision, *, by: Any) -> None:
    decided = in_db(decision.application)
    said: dict[str, Any] = {"asked_on": TODAY, "version": decided.version}
    applications.re_examine(application=decided, **said, by=by, at=NOON)


def test_every_round_and_appeal_is_there_in_order_of_time_with_its_body_and_its_decisions(kaavi, aino):
    decision = a_decision(by=aino)
    answered(appeal_at("filed", decision=decision, by=aino), by=aino)
    again(decision, by=aino)

    assert told(decision.application, aino) == [
        ("Hakemus", "1.9.2026 – 16.11.2026", "Päätetty", [("Hylätty", DECIDED)]),
        ("Uusi käsittely", "23.11.2026 alkaen", "Odottaa päätöstä", []),
        (
            "Valitus (työeläkeasioiden muutoksenhakulautakunta)",
            "23.11.2026 – 23.11.2026",
            "Hylätty",
            [],
        ),
        ("Valitus (vakuutusoikeus)", "23.11.2026 alkaen", "Valmisteilla", []),
    ]


def test_what_the_decider_corrects_itself_stands_below_the_appeal(kaavi, aino):
    decision = a_decision(by=aino)
    appeal = appeal_at("filed", decision=decision, by=aino)
    new: dict[str, Any] = {"decided_on": TODAY, "result": "granted", "channel": "post", "notice_on": TODAY}
    self_correction.correct_in_full(appeal=appeal, **new, version=appeal.version, by=aino, at=NOON)

    assert [verdicts for *_, verdicts in told(decision.application, aino)] == [
        [("Hylätty", DECIDED)],
        [("Myönnetty", TODAY)],
    ]


def test_of_an_earlier_round_whose_decision_was_taken_back_it_is_said(kaavi, aino):
    decision = a_decision(by=aino)
    again(decision, by=aino)

    correcting.take_back(decision=decision, reason="x", version=1, by=aino, at=NOON)

    assert told(decision.application, aino)[0][2] == "Päätöksen kirjaus poistettiin"


def test_what_old_code_decides_during_an_upgrade_is_on_the_road_too(kaavi, aino):
    decision = a_decision(by=aino)
    Decision.objects.update(round=None)
    Round.objects.all().delete()

    assert [verdicts for *_, verdicts in told(decision.application, aino)] == [[("Hylätty", DECIDED)]]


def test_a_draft_has_no_road_yet(kaavi, aino, aino_browser):
    draft = application_at("draft", by=aino)

    assert told(draft, aino) == []
    assert "Hakemuksen jättämistä ei ole kirjattu tähän" in aino_browser.get(draft.get_absolute_url()).text


def test_the_page_leads_to_each_decision_and_appeal(kaavi, aino, aino_browser, django_assert_max_num_queries):
    decision = a_decision(by=aino)
    appeal = appeal_at("filed", decision=decision, by=aino)
    again(decision, by=aino)
    address = decision.application.get_absolute_url()
    aino_browser.get(address)

    with django_assert_max_num_queries(MOST_QUESTIONS):
        shown = aino_browser.get(address).text

    assert [found.get_absolute_url() in shown for found in (decision, appeal)] == [True, True]
    assert FILED.strftime("%-d.%-m.%Y") in shown
