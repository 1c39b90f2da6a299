"""The shipped rule tables: complete, sourced and without contradiction; and the reader that refuses anything else."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from casework.law import benefits as rules
from casework.law import usual_times
from casework.law.benefits import Matter, NoRule, RuleDisputed
from casework.law.claim_windows import WindowStart
from casework.law.deadlines import AppealLevel, Channel, DeciderKind, Recipient
from casework.law.origins import Certainty, Confidence
from casework.law.tables import RuleTableInvalid, read_rows

NOVEMBER = date(2026, 11, 22)
LAST_DAY_OF_LABOUR_MARKET_SUBSIDY = date(2026, 4, 30)
FIRST_DAY_OF_GENERAL_SUPPORT = date(2026, 5, 1)
CODES = {
    *("SPR", "OSPR", "TKE-K", "TKE-T", "OTKE", "KT", "TAK", "VT", "HT", "AK-K", "AK-T"),
    *("HVK", "VLK", "KSEL", "KR", "KTP", "AP", "PP", "TMT", "YT", "TTO", "PAL"),
}
EVERY_ROW = [row for found in (rules, usual_times) for rows in vars(found.tables()).values() for row in rows]
MATTERS_NOW = [(benefit, kind) for benefit in rules.benefits_on(NOVEMBER) for kind in benefit.decider_kinds]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_every_benefit_of_the_domain_is_there_and_no_other():
    assert {benefit.code for benefit in rules.tables().benefits} == CODES


def test_a_row_has_a_day_of_checking_exactly_when_somebody_has_read_its_source():
    assert len(EVERY_ROW) > 80
    for row in EVERY_ROW:
        assert (row.checked_on is not None) == (row.confidence in {Confidence.HIGH, Confidence.MEDIUM})
        assert row.checked_on is None or row.valid_from < row.checked_on <= NOVEMBER


def test_what_is_known_of_an_act_without_its_section_is_not_verified():
    for row in (*rules.tables().stages, *rules.tables().notices):
        if row.certainty is Certainty.STATUTE:
            assert "§" in row.source or ":" in row.source or row.source == "TyEL 395/2006"


ACTS = {
    "SPR": ("SVL 17:2", Certainty.STATUTE),
    "OSPR": ("SVL 17:2", Certainty.STATUTE),
    "TKE-K": ("KEL 568/2007", Certainty.UNVERIFIED),
    "KT": ("KEL 568/2007", Certainty.UNVERIFIED),
    "TAK": ("703/2010", Certainty.UNVERIFIED),
    "VT": ("570/2007", Certainty.UNVERIFIED),
    "HT": ("570/2007", Certainty.UNVERIFIED),
    "AK-K": ("KKRL 566/2005", Certainty.UNVERIFIED),
    "KR": ("KKRL 566/2005", Certainty.UNVERIFIED),
    "YT": ("HE 112/2025", Certainty.UNVERIFIED),
    "TTO": ("1412/1997", Certainty.UNVERIFIED),
}


@pytest.mark.parametrize(("benefit", "act"), ACTS.items())
def test_each_benefit_of_kela_is_appealed_under_its_own_act(benefit, act):
    stage = rules.appeal_stage(DeciderKind.KELA, NOVEMBER, benefit=benefit)

    assert (stage.source, stage.certainty) == act


def test_every_benefit_of_kela_has_an_act_of_its_own():
    for benefit in rules.tables().benefits:
        if DeciderKind.KELA in benefit.decider_kinds:
            day = min(NOVEMBER, benefit.valid_to or NOVEMBER)
            assert benefit.code in rules.appeal_stage(DeciderKind.KELA, day, benefit=benefit.code).benefits


@pytest.mark.parametrize("level", AppealLevel)
def test_a_disputed_row_gives_no_day_and_says_what_is_disputed(level):
    with pytest.raises(RuleDisputed, match="pay subsidy can be appealed is disputed"):
        rules.appeal_rule(DeciderKind.EMPLOYMENT_AUTHORITY, Channel.POST, NOVEMBER, level=level, benefit="PAL")

    assert "disputed" in rules.dispute(DeciderKind.EMPLOYMENT_AUTHORITY, NOVEMBER, level=level, benefit="PAL")
    assert rules.dispute(DeciderKind.KELA, NOVEMBER, benefit="SPR") == ""
    assert rules.dispute(DeciderKind.WELLBEING_COUNTY, NOVEMBER) == ""


def test_a_row_has_days_exactly_when_it_is_not_disputed():
    assert all((stage.days is None) == (stage.disputed is not None) for stage in rules.tables().stages)


def test_new_evidence_is_examined_under_the_section_that_was_read_for_its_own_act_only():
    sickness = rules.re_examination(DeciderKind.KELA, NOVEMBER, benefit="SPR")
    pension = rules.re_examination(DeciderKind.KELA, NOVEMBER, benefit="TKE-K")

    assert sickness is not None
    assert pension is not None
    assert (sickness.source, sickness.certainty) == ("SVL 17:4.5", Certainty.STATUTE)
    assert (pension.source, pension.certainty) == ("", Certainty.UNVERIFIED)
    assert rules.re_examination(DeciderKind.PENSION_INSURER, NOVEMBER, benefit="TKE-T") is None


def test_the_codes_and_slugs_of_a_day_are_unique():
    for day in (LAST_DAY_OF_LABOUR_MARKET_SUBSIDY, FIRST_DAY_OF_GENERAL_SUPPORT, NOVEMBER):
        benefits = rules.benefits_on(day)
        assert len({benefit.code for benefit in benefits}) == len(benefits)
        assert len({benefit.slug for benefit in benefits}) == len(benefits)


def test_general_support_replaces_labour_market_subsidy_and_basic_allowance_overnight():
    before = {benefit.code for benefit in rules.benefits_on(LAST_DAY_OF_LABOUR_MARKET_SUBSIDY)}
    after = {benefit.code for benefit in rules.benefits_on(FIRST_DAY_OF_GENERAL_SUPPORT)}

    assert before - after == {"PP", "TMT"}
    assert after - before == {"YT"}


def test_a_benefit_is_unknown_on_a_day_it_does_not_exist():
    with pytest.raises(NoRule, match=r"Suunta has no rule for labour market subsidy on 1\.5\.2026\."):
        rules.benefit("TMT", FIRST_DAY_OF_GENERAL_SUPPORT)
    with pytest.raises(NoRule):
        rules.benefit("YT", LAST_DAY_OF_LABOUR_MARKET_SUBSIDY)


def test_a_refusal_names_what_it_is_about_in_the_language_of_the_reader_and_a_code_only_when_it_has_no_name():
    with translation.override("fi"), pytest.raises(NoRule, match=r"sääntöä: työmarkkinatuki, 1\.5\.2026\."):
        rules.benefit("TMT", FIRST_DAY_OF_GENERAL_SUPPORT)
    with pytest.raises(NoRule, match="for nobody on"):
        rules.decider("nobody", NOVEMBER)


def test_rehabilitation_allowance_was_claimed_within_four_months_and_since_2023_within_six():
    windows = [rules.benefit("KR", day).claim_windows[0] for day in (date(2022, 12, 31), date(2023, 1, 1))]

    assert [window.months for window in windows] == [4, 6]
    assert {window.counted_from for window in windows} == {WindowStart.DAY_WANTED}


def test_disability_pension_is_paid_for_six_months_before_the_application():
    pension = rules.benefit("TKE-T", NOVEMBER)

    assert pension.backpay is not None
    assert pension.backpay.months == 6


@pytest.mark.parametrize(
    ("language", "name"), [("fi", "sairauspäiväraha"), ("sv", "sjukdagpenning"), ("en", "sickness allowance")]
)
def test_a_name_is_in_the_active_language(language, name):
    with translation.override(language):
        assert rules.benefit("SPR", NOVEMBER).name == name


@pytest.mark.parametrize(
    ("kind", "channel", "on", "presumption_days"),
    [
        (DeciderKind.KELA, Channel.POST, NOVEMBER, 7),
        (DeciderKind.KELA, Channel.ELECTRONIC, NOVEMBER, 7),
        (DeciderKind.KELA, Channel.ELECTRONIC, date(2026, 1, 15), 7),
        (DeciderKind.KELA, Channel.ELECTRONIC, date(2026, 1, 14), 3),
        (DeciderKind.KELA, Channel.IN_HAND, NOVEMBER, 0),
        (DeciderKind.KELA, Channel.UNKNOWN, NOVEMBER, 3),
        (DeciderKind.PENSION_INSURER, Channel.POST, NOVEMBER, 7),
        (DeciderKind.PENSION_INSURER, Channel.ELECTRONIC, NOVEMBER, 3),
        (DeciderKind.UNEMPLOYMENT_FUND, Channel.POST, NOVEMBER, 7),
    ],
)
def test_a_decision_is_taken_as_received_by_decider_channel_and_day(kind, channel, on, presumption_days):
    rule = rules.appeal_rule(kind, channel, on)

    assert rule.presumption_days == presumption_days
    assert rule.appeal_days == 30


@pytest.mark.parametrize("level", AppealLevel)
@pytest.mark.parametrize(("benefit", "kind"), MATTERS_NOW, ids=lambda value: getattr(value, "code", value))
def test_an_unknown_channel_has_the_shortest_presumption(benefit, kind, level):
    has_stage = rules.has_stage(kind, NOVEMBER, level=level, benefit=benefit.code)
    if not benefit.is_appealable or kind is DeciderKind.EMPLOYMENT_AUTHORITY or not has_stage:
        with pytest.raises(NoRule):
            rules.appeal_rule(kind, Channel.UNKNOWN, NOVEMBER, level=level, benefit=benefit.code)
        return
    presumed = {
        channel: rules.appeal_rule(kind, channel, NOVEMBER, level=level, benefit=benefit.code).presumption_days
        for channel in Channel
    }

    assert presumed[Channel.UNKNOWN] <= min(presumed[Channel.POST], presumed[Channel.ELECTRONIC])


@pytest.mark.parametrize(
    ("code", "kind", "bodies"),
    [
        ("SPR", DeciderKind.KELA, ["samu", "insurance_court"]),
        ("TKE-K", DeciderKind.KELA, ["samu", "insurance_court"]),
        ("TKE-T", DeciderKind.PENSION_INSURER, ["telk", "insurance_court"]),
        ("KT", DeciderKind.KELA, ["samu", "insurance_court"]),
        ("KT", DeciderKind.PENSION_INSURER, ["telk", "insurance_court"]),
        ("AP", DeciderKind.UNEMPLOYMENT_FUND, ["samu", "insurance_court"]),
        ("TTO", DeciderKind.KELA, ["kela_review", "administrative_court", "supreme_administrative_court"]),
    ],
)
def test_the_way_of_an_appeal_follows_the_decider_and_the_benefit(code, kind, bodies):
    stages = rules.appeal_stages(kind, NOVEMBER, benefit=code)

    assert [stage.body for stage in stages] == bodies
    assert [stage.is_review for stage in stages] == [body.endswith("_review") for body in bodies]
    assert all(rules.appeal_body(body, NOVEMBER).name for body in bodies)


def test_only_what_goes_through_the_administrative_court_has_a_court_after_it():
    last = [stage for stage in rules.tables().stages if stage.level is AppealLevel.SUPREME]

    assert [(stage.decider_kind, stage.benefits, stage.body) for stage in last] == [
        (DeciderKind.KELA, ("TTO",), "supreme_administrative_court"),
        (DeciderKind.EMPLOYMENT_AUTHORITY, ("",), "supreme_administrative_court"),
    ]
    assert {stage.certainty for stage in last} == {Certainty.UNVERIFIED}
    assert not rules.has_stage(DeciderKind.KELA, NOVEMBER, level=AppealLevel.SUPREME, benefit="SPR")
    assert not rules.has_stage(DeciderKind.PENSION_INSURER, NOVEMBER, level=AppealLevel.SUPREME, benefit="TKE-T")


def test_an_appeal_is_delivered_to_the_decider_except_to_an_administrative_court():
    for stage in rules.tables().stages:
        expected = Recipient.COURT if stage.body.endswith("administrative_court") else Recipient.DECIDER
        assert stage.deliver_to is expected


@pytest.mark.parametrize(("benefit", "kind"), MATTERS_NOW, ids=lambda value: getattr(value, "code", value))
def test_every_benefit_has_a_decider_and_a_usual_time(benefit, kind):
    assert rules.deciders_on(NOVEMBER, [kind])
    assert usual_times.usual_time(benefit.code, kind, NOVEMBER).usual_days > 0


def test_every_reference_between_the_tables_leads_somewhere():
    tables, times = rules.tables(), usual_times.tables()
    bodies = {body.code for body in tables.bodies}
    senders = {sender for notice in tables.notices for sender in notice.senders}

    assert {stage.body for stage in tables.stages} == bodies == {time.body for time in times.appeals}
    assert {stage.sender for stage in tables.stages} == senders
    assert {time.benefit for time in times.applications} == CODES
    assert {benefit for stage in tables.stages for benefit in stage.benefits} - {""} <= CODES


def test_usual_times_are_the_published_ones():
    assert usual_times.usual_time("TKE-T", DeciderKind.PENSION_INSURER, NOVEMBER).usual_days == 39
    assert usual_times.usual_time("TKE-K", DeciderKind.KELA, NOVEMBER).usual_days == 11 * 7
    assert usual_times.usual_appeal_time("telk", NOVEMBER).usual_days == 274


def test_a_continuation_is_usually_decided_sooner_where_the_decider_says_so():
    by_kela = usual_times.usual_time("KT", DeciderKind.KELA, NOVEMBER, matter=Matter.CONTINUATION)
    by_insurer = usual_times.usual_time("KT", DeciderKind.PENSION_INSURER, NOVEMBER, matter=Matter.CONTINUATION)

    assert (by_kela.usual_days, by_insurer.usual_days) == (49, 39)


def test_the_rules_do_not_reach_back_for_ever():
    with pytest.raises(NoRule):
        rules.appeal_rule(DeciderKind.KELA, Channel.POST, date(1999, 1, 1))


def test_deciders_are_found_by_code_and_by_kind():
    assert rules.decider("keva", NOVEMBER).kind is DeciderKind.PENSION_INSURER
    assert [decider.code for decider in rules.deciders_on(NOVEMBER, [DeciderKind.KELA])] == ["kela"]
    assert len(rules.deciders_on(NOVEMBER)) == len(rules.tables().deciders)


GOOD = """
[[decider]]
code = "kela"
kind = "kela"
names = { fi = "Kela", sv = "FPA", en = "Kela" }
valid_from = 2007-01-01
valid_to = 2026-04-30
source = "kela.fi"
checked_on = 2026-11-22
confidence = "H"
"""


def read(path: Path, text: str) -> dict[str, tuple[rules.Decider, ...]]:
    table = path / "deciders.toml"
    table.write_text(text, encoding="utf-8")
    return read_rows(table, decider=rules.Decider)


def test_read_rows_takes_two_rows_that_follow_each_other(tmp_path):
    next_row = GOOD.replace("2007-01-01", "2026-05-01").replace("valid_to = 2026-04-30\n", "")

    first, second = read(tmp_path, GOOD + next_row)["decider"]

    assert not first.is_valid_on(date(2026, 5, 1))
    assert second.is_valid_on(date(2026, 5, 1))
    assert second.valid_to is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD + GOOD, "two rows for ('kela',) on 2007-01-01"),
        (GOOD + GOOD.replace("2007-01-01", "2026-04-30"), "two rows for ('kela',) on 2026-04-30"),
        (GOOD + "colour = 'red'\n", "row 1: unknown key colour"),
        (GOOD + "[[colour]]\n", "has tables ['colour', 'decider'], not ['decider']"),
        (GOOD.replace('source = "kela.fi"\n', ""), "row 1: source is missing"),
        (GOOD.replace("kela.fi", " "), "row 1: source is empty"),
        (GOOD.replace('confidence = "H"', ""), "row 1: confidence is missing"),
        (GOOD.replace('confidence = "H"', 'confidence = "sure"'), "'sure' is not Confidence"),
        (GOOD.replace('confidence = "H"', 'confidence = "own"'), "row 1: only a municipality has figures of its own"),
        (GOOD.replace('confidence = "H"', 'confidence = "U"'), "row 1: checked_on, though nobody has verified it"),
        (GOOD.replace("checked_on = 2026-11-22", ""), "row 1: checked_on is missing"),
        (GOOD.replace('kind = "kela"', 'kind = "bank"'), "row 1, kind: 'bank' is not DeciderKind"),
        (GOOD.replace('kind = "kela"', "kind = [1]"), "row 1, kind: [1] is not DeciderKind"),
        (GOOD.replace("checked_on = 2026-11-22", "checked_on = 2026-11-22T12:00:00"), "checked_on: datetime"),
        (GOOD.replace("2026-04-30", "2006-01-01"), "row 1: ends before it begins"),
        (GOOD.replace(', en = "Kela"', ""), "row 1, names: en is missing"),
        (GOOD.replace("[[decider]]", "[decider]"), "is not an array of tables"),
        ("decider = [1]", "row 1: is not a table"),
        ("[[decider", "deciders.toml: "),
    ],
)
def test_read_rows_refuses_a_table_that_cannot_be_trusted(tmp_path, text, complaint):
    with pytest.raises(RuleTableInvalid) as refusal:
        read(tmp_path, text)

    assert complaint in str(refusal.value)
    assert "deciders.toml" in str(refusal.value)


def test_read_rows_refuses_a_missing_file(tmp_path):
    with pytest.raises(RuleTableInvalid):
        read_rows(tmp_path / "nothing.toml", decider=rules.Decider)
