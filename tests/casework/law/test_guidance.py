"""What is said beside an application, rule by rule: of which benefit and decider, when, and how well it is known."""

from datetime import date

import pytest
from django.utils import translation

from casework.law import benefits as rules
from casework.law.deadlines import DeciderKind
from casework.law.guidance import Guidance, Moment, guidance, table
from casework.law.origins import Certainty

TODAY = date(2026, 11, 23)
KELA, INSURER = DeciderKind.KELA, DeciderKind.PENSION_INSURER
EVERYTHING = [(benefit.code, kind) for benefit in rules.benefits_on(TODAY) for kind in benefit.decider_kinds]


def codes(moment: Moment, benefit: str, decider_kind: DeciderKind, age: int = 45) -> set[str]:
    return {row.code for row in guidance(moment, benefit=benefit, decider_kind=decider_kind, age=age, on=TODAY)}


def row(code: str) -> Guidance:
    [found] = [row for row in table() if row.code == code]
    return found


def told(moment: Moment, code: str, age: int = 45) -> set[tuple[str, DeciderKind]]:
    """Of which benefits and deciders it is said, of all there are."""
    return {(benefit, kind) for benefit, kind in EVERYTHING if code in codes(moment, benefit, kind, age)}


PENSIONS = {("TKE-K", KELA), ("TKE-T", INSURER), ("KT", KELA), ("KT", INSURER)}
OF_KELA = {("TKE-K", KELA), ("KT", KELA)}
OF_INSURERS = {("TKE-T", INSURER), ("OTKE", INSURER), ("KT", INSURER)}


@pytest.mark.parametrize(
    ("rule", "code", "moment", "of", "source"),
    [
        ("B18", "unemployment_benefit_in_waiting_period", Moment.WAITING, {("SPR", KELA)}, "TTL 1290/2002 3:3.4"),
        ("B20", "unemployment_benefit_while_unfit", Moment.WAITING, PENSIONS, "TTL 1290/2002 3:3"),
        ("B20", "unemployment_benefit_while_unfit", Moment.REJECTED, PENSIONS, "TTL 1290/2002 3:3"),
        (
            "B21",
            "jobseeker_the_day_after",
            Moment.WAITING,
            PENSIONS | {("SPR", KELA)},
            "kela.fi/tyokyvyttomyyselake-ja-kuntoutustuki",
        ),
        ("B15", "sickness_allowance_first", Moment.BEFORE, PENSIONS, "SVL 1224/2004 12:3"),
        ("B32", "rehabilitation_before_earnings_related_pension", Moment.BEFORE, OF_INSURERS, "TyEL 395/2006 36 §"),
        ("B35", "rehabilitation_before_national_pension", Moment.BEFORE, OF_KELA, "KEL 568/2007 13 §"),
        ("B35", "guided_after_rejection", Moment.REJECTED, OF_KELA, "KEL 568/2007 13 §"),
    ],
)
def test_it_is_said_of_its_own_benefits_and_deciders_only(rule, code, moment, of, source):
    assert told(moment, code) == of, rule
    expected = Certainty.OFFICIAL_PAGE if source.startswith("kela.fi") else Certainty.STATUTE
    assert (row(code).source, row(code).certainty) == (source, expected)


@pytest.mark.parametrize(("age", "is_said"), [(16, True), (19, True), (20, False), (45, False)])
def test_b34_rehabilitation_comes_first_for_who_is_under_twenty(age, is_said):
    assert told(Moment.BEFORE, "rehabilitation_first_for_the_young", age) == (OF_KELA if is_said else set())
    assert row("rehabilitation_first_for_the_young").source == "KEL 568/2007 12 §"


def test_b15_and_b20_say_their_figures_and_their_conditions():
    with translation.override("en"):
        assert "150 weekdays and the 5 full calendar months" in str(row("sickness_allowance_first").words)
        unfit = str(row("unemployment_benefit_while_unfit").words)

    assert "maximum period, and" in unfit
    assert "pending or has been rejected" in unfit


def test_every_row_names_benefits_and_deciders_that_there_are():
    for found in table():
        assert {(benefit, kind) for benefit in found.benefits for kind in found.decider_kinds} & set(EVERYTHING)
        for benefit in found.benefits:
            assert set(rules.benefit(benefit, TODAY).decider_kinds) & set(found.decider_kinds)
        assert all((found.words.fi, found.words.sv, found.words.en))


def test_nothing_is_said_of_what_nobody_has_read():
    assert all(found.is_read for found in table())
