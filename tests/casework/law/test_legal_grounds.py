"""The shipped grounds of telling something of a client, and how long data are kept: sourced and in force."""

from datetime import date

import pytest
from django.utils import translation

from casework.law import legal_grounds, retention
from casework.law.benefits import NoRule
from casework.law.retention import Kept
from casework.models.consent import Partner

TODAY = date(2026, 11, 23)
ROWS = [*legal_grounds.tables().laws, *legal_grounds.tables().consents, *retention.table()]


def test_every_row_names_its_source_and_the_day_it_was_checked_if_somebody_did():
    for row in ROWS:
        assert row.source.strip()
        assert row.checked_on is None or row.valid_from < row.checked_on


def test_the_partners_of_the_table_are_partners():
    named = {partner for law in legal_grounds.tables().laws for partner in law.partners}
    named |= {rule.partner for rule in legal_grounds.tables().consents}

    assert named <= set(Partner.values)


def test_no_law_lets_employers_producers_or_relatives_have_anything():
    for partner in (Partner.EMPLOYER, Partner.SERVICE_PRODUCER, Partner.RELATIVE, Partner.OTHER):
        assert legal_grounds.laws_on(TODAY, partner=partner) == ()


def test_writing_is_asked_for_health_data_to_employers_and_producers_only():
    written = {rule.partner: rule.source for rule in legal_grounds.tables().consents if rule.must_be_written}

    assert written == {Partner.SERVICE_PRODUCER: "380/2023 116 §", Partner.EMPLOYER: "380/2023 118 §"}


def test_a_law_is_called_by_its_name_and_by_its_code_when_it_is_unknown():
    with translation.override("en"):
        assert legal_grounds.law_name("381/2023 15 §", TODAY).startswith("Necessary exchange")
    assert legal_grounds.law_name("1/1734 1 §", TODAY) == "1/1734 1 §"


@pytest.mark.parametrize(
    ("ended_on", "kept_until"),
    [
        (date(2026, 11, 23), date(2030, 11, 23)),
        (date(2028, 2, 29), date(2032, 2, 29)),
        (date(2096, 2, 29), date(2100, 2, 28)),
        (date(2026, 12, 31), date(2030, 12, 31)),
    ],
)
def test_a_case_is_kept_for_four_years_after_the_end(ended_on, kept_until):
    rule = retention.rule(Kept.CASE, TODAY)

    assert rule.kept_until(ended_on) == kept_until
    assert rule.source == "380/2023 122 §"


def test_before_the_law_there_is_no_rule():
    with pytest.raises(NoRule):
        retention.rule(Kept.CASE, date(2024, 12, 31))
