"""Assessments: scores from 0 to 4 in our own domains, by whoever assessed, and what they say together."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from casework.assessments import actions as assessments
from casework.assessments import queries
from casework.assessments.presenters import score_rows, trend_rows
from casework.cases import actions as cases
from casework.cases.queries import phase_of
from casework.law.domains import UnknownDomain
from casework.law.errors import BeforeBirth, CaseIsClosed, InTheFuture
from casework.law.phases import Phase
from casework.models import Assessment, Case, Document, DomainScore
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from tenants.accounts.models import User
from tenants.versions import EditedMeanwhile
from tests.casework.assessments.making import an_assessment, assessment_details
from tests.casework.cases.making import BORN, a_case
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
SPRING, AUTUMN = date(2026, 6, 5), date(2026, 11, 20)


def a_document(case: Case, *, by: User) -> Document:
    known = {"kind": "medical", "title": "Report", "content_type": "application/pdf", "size": 1, "sha256": "0" * 64}
    return Document.objects.create(case=case, uploaded_by=by, **known)


def take_back(assessment: Assessment, *, by: User, version: int = 1) -> Assessment:
    return assessments.take_back(assessment=assessment, reason="Väärä asiakas", version=version, by=by, at=NOON)


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


def test_an_assessment_keeps_who_when_and_each_score_with_its_note(case, daavid):
    found = an_assessment(case, by=daavid, assessed_on=AUTUMN)

    assert (found.assessor, found.written_by, found.assessed_on) == ("Pekka Fysio", daavid, AUTUMN)
    rows = score_rows(Assessment.objects.prefetch_related("scores").get())
    assert [(row.domain.code, row.level.score, row.note) for row in rows] == [
        ("moving", 1, "Note of moving."),
        ("endurance", 2, "Note of endurance."),
    ]
    facts = {"kind": "physiotherapist", "assessed_on": "2026-11-20"}
    assert case.events.get(kind="assessment.written").facts == facts


def test_the_newest_score_of_each_domain_is_the_one_that_counts(case, aino):
    an_assessment(case, by=aino, assessed_on=AUTUMN, scores={"moving": 3})
    an_assessment(case, by=aino, assessed_on=SPRING, scores={"moving": 1, "mood": 2})

    latest = queries.latest_scores(case)

    assert {code: score.score for code, score in latest.items()} == {"moving": 3, "mood": 2}


def test_of_two_on_one_day_the_later_written_counts(case, aino):
    an_assessment(case, by=aino, scores={"moving": 1})
    an_assessment(case, by=aino, scores={"moving": 2}, kind="doctor")

    assert queries.latest_scores(case)["moving"].score == 2


def test_latest_scores_are_read_in_one_question(case, aino, django_assert_num_queries):
    for number in range(5):
        an_assessment(case, by=aino, assessed_on=SPRING + timedelta(number))

    with django_assert_num_queries(1):
        assert [score.assessment.assessed_on for score in queries.latest_scores(case).values()]


def test_the_trend_says_in_words_where_a_domain_moved(case, aino):
    an_assessment(case, by=aino, assessed_on=SPRING, scores={"moving": 1, "mood": 3, "sleep": 2, "hands": 4})
    an_assessment(case, by=aino, assessed_on=AUTUMN, scores={"moving": 2, "mood": 1, "sleep": 2})

    changes = {row.domain.code: row.change for row in trend_rows(queries.scores_over_time(case))}

    assert [bool(changes[code]) for code in ("moving", "mood", "sleep", "hands")] == [True, True, True, False]
    assert len({changes["moving"], changes["mood"], changes["sleep"]}) == 3


def test_the_same_assessment_twice_is_one(case, aino):
    assert an_assessment(case, by=aino) == an_assessment(case, by=aino)
    assert case.events.filter(kind="assessment.written").count() == 1


def test_an_assessment_of_nothing_is_refused(case, aino):
    with pytest.raises(assessments.NothingAssessed):
        an_assessment(case, by=aino, scores={}, summary="", recommendation="")


def test_a_summary_alone_is_an_assessment(case, aino):
    assert an_assessment(case, by=aino, scores={}, recommendation="").pk


def test_only_known_domains_are_scored(case, aino):
    with pytest.raises(UnknownDomain):
        an_assessment(case, by=aino, scores={"ethnicity": 1})


def test_the_database_itself_holds_the_scale(case, aino):
    found = an_assessment(case, by=aino)

    with pytest.raises(IntegrityError), transaction.atomic():
        DomainScore.objects.create(assessment=found, domain="mood", score=5)


def test_nobody_was_assessed_before_birth_or_tomorrow(case, aino):
    with pytest.raises(BeforeBirth):
        an_assessment(case, by=aino, assessed_on=BORN - timedelta(1))
    with pytest.raises(InTheFuture):
        an_assessment(case, by=aino, assessed_on=TODAY + timedelta(1))


def test_a_paper_of_another_case_is_refused(case, aino):
    with pytest.raises(assessments.DocumentOfAnotherCase):
        an_assessment(case, by=aino, document=a_document(a_case(by=aino), by=aino))
    assert an_assessment(case, by=aino, document=a_document(case, by=aino)).document


def test_a_change_takes_the_place_of_the_scores(case, aino):
    found = an_assessment(case, by=aino)

    details = assessment_details(scores={"mood": 0})
    assessments.change(assessment=found, details=details, version=1, by=aino, at=NOON)

    assert {code: score.score for code, score in queries.latest_scores(case).items()} == {"mood": 0}


def test_what_an_assessment_said_before_stays_with_its_scores(case, aino):
    found = an_assessment(case, by=aino, scores={"moving": 1}, summary="Kävelee sata metriä.")
    assessments.change(assessment=found, details=assessment_details(scores={"mood": 0}), version=1, by=aino, at=NOON)
    assessments.change(assessment=found, details=assessment_details(scores={"mood": 1}), version=2, by=aino, at=NOON)

    newest, first = corrections.of_row(found)
    assert [str(old.label) for old in newest.olds] == ["Osa-alueet"]
    said = {str(old.label): old.said for old in first.olds}
    assert said["Yhteenveto"] == "Kävelee sata metriä."
    assert said["Osa-alueet"].startswith("Liikkuminen ja fyysinen kuormitus: 1 ")
    assert "Note of moving." in said["Osa-alueet"]


def test_the_same_once_more_is_no_change(case, aino):
    found = an_assessment(case, by=aino)

    assessments.change(assessment=found, details=assessments.details_of(found), version=1, by=aino, at=NOON)

    assert not case.events.filter(kind="assessment.changed").exists()
    assert Assessment.objects.get().version == 1


def test_the_second_of_two_editors_is_told(case, aino):
    found = an_assessment(case, by=aino)
    edit = {"assessment": found, "version": 1, "by": aino, "at": NOON}
    assessments.change(details=assessment_details(scores={"mood": 1}), **edit)

    with pytest.raises(EditedMeanwhile):
        assessments.change(details=assessment_details(scores={"mood": 2}), **edit)

    assert queries.latest_scores(case)["mood"].score == 1


def test_what_was_taken_off_is_kept_but_counts_no_more(case, aino):
    found = an_assessment(case, by=aino)

    take_back(found, by=aino)

    assert queries.latest_scores(case) == {}
    assert not Assessment.objects.exists()
    assert Assessment.everything.get().removed_reason == "Väärä asiakas"
    with pytest.raises(TakenBack):
        assessments.change(assessment=found, details=assessment_details(), version=2, by=aino, at=NOON)
    with pytest.raises(TakenBack):
        take_back(found, by=aino, version=2)


def test_an_assessment_brings_the_case_into_its_phase_and_taking_it_off_takes_it_back(case, aino):
    found = an_assessment(case, by=aino)
    assert phase_of(Case.objects.get()) is Phase.ASSESSING

    take_back(found, by=aino)

    assert phase_of(Case.objects.get()) is Phase.CONTACT


def test_a_professional_changes_only_what_is_their_own(case, aino, bertta, daavid):
    of_daavid, of_aino = an_assessment(case, by=daavid), an_assessment(case, by=aino)

    assert queries.may_change(daavid, of_daavid)
    assert not queries.may_change(daavid, of_aino)
    assert queries.may_change(bertta, of_daavid)


def test_a_closed_case_is_assessed_no_more(case, aino):
    found = an_assessment(case, by=aino)
    cases.close(case=case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    with pytest.raises(CaseIsClosed):
        an_assessment(case, by=aino, kind="nurse")
    with pytest.raises(CaseIsClosed):
        assessments.change(assessment=found, details=assessment_details(), version=1, by=aino, at=NOON)
    with pytest.raises(CaseIsClosed):
        take_back(found, by=aino)
