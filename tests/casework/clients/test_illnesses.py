"""The list of illnesses: codes as they are written in Finland, days that can be true, and nothing lost."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.cases import actions as cases
from casework.clients import illnesses
from casework.clients.illnesses import IllnessDetails
from casework.decisions import coverage
from casework.law.errors import BeforeBirth, CaseIsClosed, InTheFuture
from casework.models import Illness
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from tenants.rough_days import RoughDay, parse
from tenants.versions import EditedMeanwhile
from tests.casework.applications.making import a_decision, application_at, closed_check
from tests.casework.cases.making import BORN, a_case
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
SCIATICA = IllnessDetails(name="Lumbago with sciatica", icd10="m54.4", since=parse("2015"), effect="Cannot lift.")


def test_an_illness_is_added_with_its_code_written_as_it_should_be(kaavi, aino):
    case = a_case(by=aino)

    illnesses.add(case=case, details=SCIATICA, by=aino, at=NOON)

    illness = Illness.objects.get(client=case.client)
    assert (illness.name, illness.icd10, illness.effect) == ("Lumbago with sciatica", "M54.4", "Cannot lift.")
    assert case.events.filter(kind="illness.added", about_id=illness.pk).exists()


@pytest.mark.parametrize("code", ["M54.4", "F33", "m511", "C50.9A", "M49.5*C79.5", "A18.0+M49.0", " f 33.1 "])
def test_codes_of_the_finnish_icd10_are_accepted(code):
    assert illnesses.normal_icd10(code) == code.replace(" ", "").upper()


@pytest.mark.parametrize("code", ["back", "M5", "5M4.4", "M54.", "M54.1234", "M54.4*", "Ä54.4", "M５4"])
def test_anything_else_is_no_code(kaavi, aino, code):
    case = a_case(by=aino)

    with pytest.raises(illnesses.NotAnIcd10Code):
        illnesses.add(case=case, details=IllnessDetails(name="Back", icd10=code), by=aino, at=NOON)

    assert not Illness.objects.exists()


@given(st.from_regex(illnesses.ICD10_CODE, fullmatch=True))
def test_a_code_written_as_it_should_be_stays_as_it_is(code):
    assert illnesses.normal_icd10(code) == code


def test_nobody_was_ill_before_birth_or_from_tomorrow(kaavi, aino):
    case = a_case(by=aino)

    def ill(since: RoughDay) -> Illness:
        return illnesses.add(case=case, details=IllnessDetails(name="x", since=since), by=aino, at=NOON)

    with pytest.raises(BeforeBirth):
        ill(RoughDay(BORN - timedelta(1)))
    with pytest.raises(InTheFuture):
        ill(RoughDay(TODAY + timedelta(1)))
    assert ill(RoughDay(BORN)).since == RoughDay(BORN)


def test_the_second_of_two_editors_is_told(kaavi, aino):
    case = a_case(by=aino)
    illness = illnesses.add(case=case, details=SCIATICA, by=aino, at=NOON)
    edit = {"case": case, "illness": illness, "version": 1, "by": aino, "at": NOON}
    illnesses.change(details=IllnessDetails(name="First"), **edit)

    with pytest.raises(EditedMeanwhile):
        illnesses.change(details=IllnessDetails(name="Second"), **edit)

    assert Illness.objects.get().name == "First"


def test_what_was_known_of_an_illness_before_stays(kaavi, aino):
    case = a_case(by=aino)
    illness = illnesses.add(case=case, details=SCIATICA, by=aino, at=NOON)

    changed = IllnessDetails(name="Iskias", icd10="m54.4")
    illnesses.change(case=case, illness=illness, details=changed, version=1, by=aino, at=NOON)

    [earlier] = corrections.of_row(illness)
    assert "Lumbago with sciatica" in [old.said for old in earlier.olds]
    assert (earlier.correction.act, earlier.correction.reason) == ("changed", "")
    assert Illness.objects.get().icd10 == "M54.4"


def test_what_is_taken_off_the_list_is_kept_and_can_no_longer_be_changed(kaavi, aino):
    case = a_case(by=aino)
    illness = illnesses.add(case=case, details=SCIATICA, by=aino, at=NOON)
    take_back = {"case": case, "illness": illness, "reason": "Väärä asiakas", "by": aino, "at": NOON}

    illnesses.take_back(version=1, **take_back)

    assert not Illness.objects.exists()
    assert Illness.everything.get().name == "Lumbago with sciatica"
    assert case.events.filter(kind="illness.removed").count() == 1
    with pytest.raises(TakenBack):
        illnesses.change(case=case, illness=illness, details=SCIATICA, version=2, by=aino, at=NOON)
    with pytest.raises(TakenBack):
        illnesses.take_back(version=2, **take_back)


def test_an_illness_taken_back_is_no_gap_of_a_decision_any_more(kaavi, aino):
    case = a_case(by=aino)
    illness = illnesses.add(case=case, details=SCIATICA, by=aino, at=NOON)
    decision = a_decision(application=application_at("filed", by=aino, case=case), by=aino)
    with pytest.raises(coverage.IllnessNotAddressed):
        closed_check(decision, "accept", by=aino)

    illnesses.take_back(case=case, illness=illness, reason="Väärä asiakas", version=1, by=aino, at=NOON)

    assert closed_check(decision, "accept", by=aino).conclusion == "accept"


def test_nothing_is_added_to_a_closed_case(kaavi, aino):
    case = a_case(by=aino)
    cases.close(case=case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    with pytest.raises(CaseIsClosed):
        illnesses.add(case=case, details=SCIATICA, by=aino, at=NOON)
