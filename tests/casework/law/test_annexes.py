"""What goes with an application: every benefit has a list with its source, or nothing is known of it at all."""

from datetime import date

import pytest
from django.utils import translation

from casework.law import annexes, as_of
from casework.law.annexes import Annex, Giver, Need
from casework.law.benefits import Matter
from casework.law.names import Names
from casework.law.origins import Certainty, Confidence
from casework.models import Evidence

NOVEMBER = date(2026, 11, 23)
# Of these nobody has written down anything that was read or heard.
NOT_VERIFIED = {"OSPR", "TAK", "KR", "AP", "PP", "TMT", "YT", "TTO", "PAL"}
ALL = {benefit.code for benefit in as_of.benefits(NOVEMBER)}


def the_list(benefit: str, matter: Matter = Matter.NEW, on: date = NOVEMBER) -> dict[str, Annex]:
    return {row.code: row for row in annexes.of_benefit(benefit, on, matter=matter)}


def own_row(code: str, **said: object) -> Annex:
    name = Names(fi="palkkatodistus", sv="löneintyg", en="pay slip")
    known = {"benefits": ("TKE-T",), "names": name, "need": Need.NEEDED, "source": "Kelan kirje", "kinds": ()}
    dated = {"valid_from": NOVEMBER, "checked_on": NOVEMBER, "confidence": Confidence.OWN}
    return Annex(code=code, **(known | dated | said))  # type: ignore[arg-type]


def test_a_benefit_has_a_list_or_is_known_not_to_have_one():
    assert {code for code in ALL if not annexes.of_benefit(code, NOVEMBER)} == NOT_VERIFIED


@pytest.mark.parametrize("code", sorted(ALL - NOT_VERIFIED))
def test_every_row_says_how_well_it_is_known(code):
    for row in annexes.of_benefit(code, NOVEMBER):
        assert row.fault == ""
        assert row.is_read == bool(row.source)  # what names no page was read by nobody
        assert set(row.kinds) <= set(Evidence.Kind.values)
        assert (row.when is not None) == (row.need is Need.WHEN)


@pytest.mark.parametrize(
    ("benefit", "code", "kinds", "giver", "months", "certainty"),
    [
        ("SPR", "statement", ("A", "B"), Giver.DOCTOR, None, Certainty.UNVERIFIED),
        ("TKE-K", "statement", ("B",), Giver.DOCTOR, 6, Certainty.OFFICIAL_PAGE),
        ("TKE-T", "statement", ("B",), Giver.DOCTOR, 6, Certainty.OFFICIAL_PAGE),
        ("OTKE", "statement", ("B",), Giver.DOCTOR, 6, Certainty.OFFICIAL_PAGE),
        ("KT", "plan", ("plan",), None, None, Certainty.STATUTE),
        ("VT", "statement", ("C",), Giver.DOCTOR, None, Certainty.OFFICIAL_PAGE),
        ("VLK", "plan", ("plan",), Giver.TREATING_UNIT, None, Certainty.STATUTE),
        ("AK-K", "statement", ("B",), Giver.DOCTOR, None, Certainty.UNVERIFIED),
        ("KTP", "referral", (), Giver.DOCTOR, None, Certainty.OFFICIAL_PAGE),
    ],
)
def test_what_is_needed(benefit, code, kinds, giver, months, certainty):
    row = the_list(benefit)[code]

    assert (row.kinds, row.giver, row.months, row.certainty) == (kinds, giver, months, certainty)
    assert row.is_needed


def test_a_continuation_of_kuntoutustuki_needs_a_new_b_statement_and_no_plan():
    assert {code for code, row in the_list("KT").items() if row.is_needed} == {"statement", "plan"}
    continued = the_list("KT", Matter.CONTINUATION)
    assert {code for code, row in continued.items() if row.is_needed} == {"statement"}
    assert continued["account"].form == "ETK 7008"


def test_an_application_from_before_the_table_has_the_nearest_rows():
    assert "statement" in the_list("TKE-T", on=date(1999, 1, 1))


def test_a_paper_is_too_old_the_day_after_its_months():
    statement = the_list("TKE-T")["statement"]

    assert statement.is_old(date(2026, 5, 22), on=NOVEMBER)
    assert not statement.is_old(date(2026, 5, 23), on=NOVEMBER)
    assert not the_list("VT")["statement"].is_old(date(2001, 1, 1), on=NOVEMBER)  # its age is not watched


def test_evidence_that_says_of_which_row_it_is_is_no_other():
    statement = the_list("TKE-T")["statement"]

    assert statement.is_met_by("B", "")
    assert not statement.is_met_by("B", "employer")
    assert the_list("TKE-T")["employer"].is_met_by("other", "employer")


def test_an_own_row_stands_in_place_of_a_shipped_one_or_beside_them():
    rows = annexes.of_benefit("TKE-T", NOVEMBER, own=[own_row("employer"), own_row("own-1")])

    assert [row.code for row in rows] == ["statement", "abroad", "employer", "own-1"]
    assert [row.is_own for row in rows] == [False, False, True, True]


def test_what_was_read_in_a_statute_is_not_replaced():
    plan = own_row("plan", benefits=("KT",))

    assert not {row.code: row for row in annexes.of_benefit("KT", NOVEMBER, own=[plan])}["plan"].is_own


def test_a_row_that_is_not_asked_for_here_is_off_the_list():
    rows = annexes.of_benefit("TKE-T", NOVEMBER, own=[own_row("employer", need=Need.NOT_HERE)])

    assert [row.code for row in rows] == ["statement", "abroad"]


def test_a_form_is_told_with_what_it_is_for():
    with translation.override("fi"):
        assert [str(form) for form in annexes.forms_of("SPR", NOVEMBER)] == [
            "SV 8 (hakemus)",
            "SV 143 (tapaturma)",
            "SV 4 (matkakulut)",
        ]
        assert [str(form) for form in annexes.forms_of("VT", NOVEMBER)] == ["EV 256"]
    assert not any(form.number == "KU 102" for form in annexes.tables().forms)


def test_a_history_names_a_row_as_its_own_benefit_calls_it():
    with translation.override("fi"):
        assert annexes.name_of("statement", benefit="VT") == "C-lausunto"
        assert annexes.name_of("statement", [own_row("statement")], benefit="TKE-T") == "palkkatodistus"


def test_a_code_that_nobody_knows_any_more_is_its_own_name():
    assert annexes.name_of("own-9") == "own-9"
