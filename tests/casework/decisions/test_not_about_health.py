"""What is usually not decided by illness: the check asks of none, and the appeal claims nothing of illnesses."""

import pytest

from casework.appeals import actions as appeals
from casework.decisions import coverage
from casework.decisions.coverage import Finding, Findings
from casework.models import CoverageCheck, Decision
from casework.models.coverage import Answer
from tests.casework.applications.making import a_decision, an_illness, application_at, closed_check, in_db
from tests.casework.cases.making import a_case
from tests.conftest import NOON

OTHERS = [("TTO", "kela"), ("AP", "unemployment_fund"), ("PAL", "employment_area"), ("TAK", "kela"), ("KR", "kela")]
HEALTH = [("HVK", "kela"), ("VT", "kela"), ("OTKE", "keva"), ("SPR", "kela")]


def refused(benefit: str, decider: str, *, by) -> Decision:
    case = a_case(by=by)
    an_illness(case, "Selkäkipu", by=by)
    filed = application_at("filed", case=case, benefit=benefit, decider=decider, by=by)
    return a_decision(application=filed, by=by)


def close(decision: Decision, conclusion: str, answer: Answer = Answer.NOT_LOOKED, *, by) -> CoverageCheck:
    check = CoverageCheck.objects.get(decision=decision)
    found = {row.illness_id: Finding(answer=answer) for row in check.rows.all()}
    said = Findings(illnesses=found)
    return coverage.close(check=check, findings=said, conclusion=conclusion, version=check.version, by=by, at=NOON)


@pytest.mark.parametrize("claim", OTHERS)
def test_the_check_is_closed_without_a_word_about_illnesses(kaavi, aino, claim):
    check = close(refused(*claim, by=aino), "appeal", by=aino)

    assert not check.is_open
    assert [row.answer for row in check.rows.all()] == [Answer.NOT_LOOKED]  # which says nothing of the decision


@pytest.mark.parametrize("claim", HEALTH)
def test_where_health_decides_each_illness_is_looked_at(kaavi, aino, claim):
    with pytest.raises(coverage.NotLookedAt):
        close(refused(*claim, by=aino), "appeal", by=aino)


def test_that_the_decision_names_no_illness_is_accepted_without_a_reason_and_is_no_ground_of_the_appeal(kaavi, aino):
    accepted = closed_check(refused("TTO", "kela", by=aino), "accept", by=aino)
    assert accepted.is_appeal_waived
    appealed = refused("TTO", "kela", by=aino)
    close(appealed, "appeal", Answer.NOT_MENTIONED, by=aino)

    appeal = appeals.draft(decision=in_db(appealed), by=aino, at=NOON)

    assert "sairau" not in appeal.grounds
    assert appeal.grounds.startswith("[")


OF_ILLNESSES = ("Otettiinko kaikki sairaudet huomioon", "ei ole otettu huomioon jotakin sairautta")


def test_its_page_does_not_ask_whether_every_illness_was_considered(kaavi, aino, aino_browser):
    pages = [
        aino_browser.get(refused(*claim, by=aino).get_absolute_url()).text
        for claim in (("TTO", "kela"), ("HVK", "kela"))
    ]

    assert [[words in page for words in OF_ILLNESSES] for page in pages] == [[False, False], [True, True]]
    assert ["Selvitettiinkö kuntoutusmahdollisuudet" in page for page in pages] == [False, True]
