"""Licensed instruments: their results are kept, never their items or scoring."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from casework.assessments import instruments, queries
from casework.assessments.actions import DocumentOfAnotherCase
from casework.assessments.instruments import ResultDetails
from casework.cases import actions as cases
from casework.law import instruments as table
from casework.law.errors import CaseIsClosed, InTheFuture
from casework.models import InstrumentResult
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from tenants.versions import EditedMeanwhile
from tests.casework.assessments.making import a_result
from tests.casework.assessments.test_actions import a_document
from tests.casework.cases.making import a_case
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
OWN: dict[str, Any] = {"instrument": "own_estimate"}


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_instrument_has_its_words_in_three_languages(language):
    with override(language):
        for one in table.instruments():
            assert one.name
            assert one.licence
            assert one.result_hint


def test_the_table_knows_results_and_terms_but_no_items_and_no_scoring():
    known = {"code", "names", "terms", "result", "owner", "link", "lowest", "highest", "needs_edition"}

    assert set(table.Instrument.__dataclass_fields__) == known


def test_only_our_own_estimate_has_a_scale():
    assert [one.code for one in table.instruments() if one.highest is not None] == ["own_estimate"]


def test_there_is_no_other_instrument():
    with pytest.raises(table.UnknownInstrument):
        table.instrument("iq")


def test_a_result_is_kept_as_it_was_given(case, aino):
    a_result(case, by=aino, edition="2.0", taken_with="Pekka", comment="Filled in at home.")

    (found,) = queries.results_of(case)
    assert (found.instrument, found.edition, found.taken_with) == ("kykyviisari", "2.0", "Pekka")
    assert case.events.get(kind="instrument_result.added").facts == {
        "instrument": "kykyviisari",
        "taken_on": "2026-11-23",
    }


def test_the_same_result_twice_is_one(case, aino):
    assert a_result(case, by=aino) == a_result(case, by=aino)


@pytest.mark.parametrize("result", ["0", "10", " 7 "])
def test_our_own_estimate_is_a_whole_number_from_0_to_10(case, aino, result):
    assert a_result(case, by=aino, result=result, **OWN).pk


@pytest.mark.parametrize("result", ["11", "-1", "7,5", "seven"])
def test_anything_else_is_refused_at_its_field(case, aino, result):
    with pytest.raises(instruments.OutOfScale) as refused:
        a_result(case, by=aino, result=result, **OWN)

    assert refused.value.field == "result"


def test_another_instrument_needs_its_name(case, aino):
    with pytest.raises(instruments.EditionMissing):
        a_result(case, by=aino, instrument="other")

    assert a_result(case, by=aino, instrument="other", edition="BDI-II").edition == "BDI-II"


def test_nothing_was_taken_tomorrow_or_belongs_to_a_paper_of_another_case(case, aino):
    with pytest.raises(InTheFuture):
        a_result(case, by=aino, taken_on=TODAY + timedelta(1))
    with pytest.raises(DocumentOfAnotherCase):
        a_result(case, by=aino, document=a_document(a_case(by=aino), by=aino))


def test_the_second_of_two_editors_is_told(case, aino):
    result = a_result(case, by=aino)
    edit = {"result": result, "version": 1, "by": aino, "at": NOON}
    better = ResultDetails(instrument="whodas", taken_on=TODAY, result="32")
    instruments.change(details=better, **edit)

    with pytest.raises(EditedMeanwhile):
        instruments.change(details=better, **edit)


def test_a_result_taken_off_is_kept_but_not_shown(case, aino):
    result = a_result(case, by=aino)

    instruments.take_back(result=result, reason="Väärä asiakas", version=1, by=aino, at=NOON)

    assert not queries.results_of(case).exists()
    assert InstrumentResult.everything.get().removed_reason == "Väärä asiakas"
    details = instruments.details_of(result)
    with pytest.raises(TakenBack):
        instruments.change(result=result, details=details, version=2, by=aino, at=NOON)


def test_what_a_result_said_before_stays_with_the_name_of_its_instrument(case, aino):
    result = a_result(case, by=aino)

    better = ResultDetails(instrument="whodas", taken_on=TODAY, result="32")
    instruments.change(result=result, details=better, version=1, by=aino, at=NOON)

    [earlier] = corrections.of_row(result)
    assert [old.said for old in earlier.olds] == ["Kykyviisari®", "The days feel heavy, hopes for lighter work."]


def test_nothing_is_added_to_a_closed_case(case, aino):
    cases.close(case=case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    with pytest.raises(CaseIsClosed):
        a_result(case, by=aino)
