"""The coverage check: it cannot be closed as accepted while an illness is passed over, unless a reason is given."""

import pytest

from casework.decisions import coverage
from casework.models import CoverageCheck
from tenants.versions import EditedMeanwhile
from tests.casework.applications.making import a_decision, an_illness, application_at, closed_check, findings, in_db
from tests.casework.cases.making import a_case
from tests.conftest import NOON


@pytest.fixture
def rejection(kaavi, aino):
    """A rejection for a client with a bad back and depression."""
    case = a_case(by=aino)
    an_illness(case, "Back pain", icd10="M54.5", by=aino)
    an_illness(case, "Depression", icd10="F33.1", by=aino)
    return a_decision(application=application_at("filed", case=case, by=aino), by=aino)


@pytest.fixture
def illnesses(rejection):
    return list(rejection.application.case.client.illnesses.all())


def test_a_check_opens_with_a_row_for_every_illness_of_the_client(rejection, illnesses):
    assert [row.illness for row in rejection.coverage_check.rows.all()] == illnesses
    assert all(row.is_considered is None for row in rejection.coverage_check.rows.all())


def test_accepting_is_refused_while_an_illness_is_not_considered(rejection, illnesses, aino):
    with pytest.raises(coverage.IllnessNotAddressed):
        closed_check(rejection, "accept", considered=illnesses[:1], by=aino)

    assert in_db(rejection.coverage_check).is_open


def test_accepting_is_refused_while_nobody_has_looked(rejection, aino):
    check = rejection.coverage_check

    with pytest.raises(coverage.IllnessNotAddressed):
        coverage.close(
            check=check, findings=coverage.Findings(), conclusion="accept", version=check.version, by=aino, at=NOON
        )


def test_a_blank_reason_is_no_reason(rejection, aino):
    with pytest.raises(coverage.IllnessNotAddressed):
        closed_check(rejection, "accept", reason="   ", by=aino)


def test_accepting_with_a_reason_closes_the_check_and_stops_the_clock(rejection, aino):
    check = closed_check(rejection, "accept", reason="The client found work.", by=aino)

    assert (check.state, check.conclusion, check.is_appeal_waived) == ("closed", "accept", True)
    assert (check.closed_by, check.closed_at, in_db(check).reason) == (aino, NOON, "The client found work.")


def test_accepting_needs_no_reason_when_every_illness_was_considered(rejection, illnesses, aino):
    assert closed_check(rejection, "accept", considered=illnesses, by=aino).conclusion == "accept"


def test_an_illness_that_came_to_the_list_later_must_be_addressed_too(rejection, illnesses, aino):
    an_illness(rejection.application.case, "Diabetes", by=aino)

    with pytest.raises(coverage.IllnessNotAddressed):
        closed_check(rejection, "accept", considered=illnesses, by=aino)


@pytest.mark.parametrize("conclusion", ["appeal", "re_examination", "new_application"])
def test_the_other_ways_need_no_reason_and_the_appeal_clock_goes_on(rejection, aino, conclusion):
    check = closed_check(rejection, conclusion, by=aino)

    assert (check.conclusion, check.is_appeal_waived) == (conclusion, False)


@pytest.mark.parametrize(("conclusion", "is_waived"), [("new_application", True), ("appeal", False)])
def test_the_clock_stops_when_the_client_says_no_but_never_beside_an_appeal(rejection, aino, conclusion, is_waived):
    check = closed_check(rejection, conclusion, is_appeal_waived=True, by=aino)

    assert check.is_appeal_waived is is_waived


def test_filling_keeps_what_was_found_and_the_check_open(rejection, illnesses, aino):
    check = rejection.coverage_check
    found = findings(
        check,
        considered=illnesses[:1],
        has_newer_evidence=True,
        client_decision="Wants to appeal.",
        is_income_secured=False,
    )

    coverage.fill(check=check, findings=found, version=check.version, by=aino, at=NOON)

    check = in_db(check)
    assert check.is_open
    assert [row.is_considered for row in check.rows.all()] == [True, False]
    assert (check.has_newer_evidence, check.is_income_secured) == (True, False)
    assert check.is_rehabilitation_considered is None
    assert check.client_decision == "Wants to appeal."


def test_a_closed_check_is_neither_filled_nor_closed_again(rejection, aino):
    closed_check(rejection, "appeal", by=aino)

    with pytest.raises(coverage.CheckIsClosed):
        closed_check(rejection, "accept", reason="Changed mind", by=aino)


def test_a_closed_check_can_be_opened_again(rejection, aino):
    check = closed_check(rejection, "accept", reason="Too tired", by=aino)

    again = coverage.reopen(check=check, version=check.version, by=aino, at=NOON)

    assert (again.state, again.conclusion, again.is_appeal_waived) == ("open", "", False)
    with pytest.raises(coverage.CheckIsOpen):
        coverage.reopen(check=again, version=again.version, by=aino, at=NOON)


def test_saving_over_somebody_else_s_findings_is_refused(rejection, aino, bertta):
    check = CoverageCheck.objects.get()
    coverage.fill(check=check, findings=findings(check), version=check.version, by=bertta, at=NOON)

    with pytest.raises(EditedMeanwhile):
        coverage.fill(check=check, findings=findings(check), version=check.version, by=aino, at=NOON)
