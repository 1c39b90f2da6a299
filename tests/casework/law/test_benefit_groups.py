"""Lists offer benefits under four headings; each benefit stands under exactly one."""

from datetime import date

import pytest
from django.utils import translation

from casework.applications.forms import NewApplicationForm, benefit_choices
from casework.law import as_of
from casework.law import benefits as rules
from casework.law.benefit_groups import BenefitGroup

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("on", [TODAY, date(2026, 4, 1), date(2022, 12, 31)])
def test_every_benefit_stands_under_one_heading_once_and_none_is_left_out(on):
    offered = [code for _heading, rows in benefit_choices(on) for code, _name in rows]

    assert sorted(offered) == sorted(row.code for row in as_of.benefits(on))


def test_a_benefit_stands_under_the_same_heading_in_all_its_rows():
    groups: dict[str, set[BenefitGroup]] = {}
    for row in rules.tables().benefits:
        groups.setdefault(row.code, set()).add(row.group)

    assert {code for code, found in groups.items() if len(found) > 1} == set()


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("SPR", BenefitGroup.DAILY_ALLOWANCES),
        ("YT", BenefitGroup.DAILY_ALLOWANCES),
        ("KT", BenefitGroup.PENSIONS),  # a fixed-term pension, whatever its name says
        ("KR", BenefitGroup.REHABILITATION),
        ("KTP", BenefitGroup.REHABILITATION),
        ("TTO", BenefitGroup.OTHER),
        ("VT", BenefitGroup.OTHER),
    ],
)
def test_a_benefit_is_looked_for_where_people_look(code, group):
    assert rules.benefit(code, TODAY).group is group


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("fi", ["Päivärahat ja työttömyysetuudet", "Eläkkeet", "Kuntoutus", "Muut etuudet ja palvelut"]),
        (
            "sv",
            ["Dagpenningar och arbetslöshetsförmåner", "Pensioner", "Rehabilitering", "Övriga förmåner och tjänster"],
        ),
        (
            "en",
            ["Daily allowances and unemployment benefits", "Pensions", "Rehabilitation", "Other benefits and services"],
        ),
    ],
)
def test_the_form_offers_them_in_native_groups(language, headings):
    with translation.override(language):
        drawn = str(NewApplicationForm(today=TODAY)["benefit_code"])

    assert [part.split('"')[0] for part in drawn.split('<optgroup label="')[1:]] == headings
    assert "30.4.2026" in drawn  # what has ended says until when
