"""The domains of ability: our own words, thirteen of them, each with one question; a scale of five steps."""

import re

import pytest
from django.utils.translation import override

from casework.law import domains
from casework.models.assessment import HIGHEST, DomainScore


def test_the_thirteen_domains_have_stable_codes():
    assert [domain.code for domain in domains.DOMAINS] == [
        "moving",
        "endurance",
        "senses",
        "sleep",
        "memory",
        "mood",
        "people",
        "daily",
        "hands",
        "reading",
        "treatment",
        "work",
        "hopes",
    ]


def test_codes_fit_their_column():
    longest = DomainScore._meta.get_field("domain").max_length or 0

    assert all(re.fullmatch(r"[a-z]+", domain.code) and len(domain.code) <= longest for domain in domains.DOMAINS)


def test_each_domain_asks_one_question():
    with override("en"):
        assert [str(one.question).count("?") for one in domains.DOMAINS] == [1] * 13


def test_the_scale_is_that_of_the_database():
    assert [level.score for level in domains.SCALE] == list(range(HIGHEST + 1))
    assert domains.HIGHEST == HIGHEST


def test_a_code_finds_its_domain_and_a_score_its_level():
    assert domains.domain("sleep").code == "sleep"
    assert domains.level(4).score == 4


@pytest.mark.parametrize("score", [-1, 5])
def test_there_is_no_level_outside_the_scale(score):
    with pytest.raises(IndexError):
        domains.level(score)


def test_there_is_no_other_domain():
    with pytest.raises(domains.UnknownDomain):
        domains.domain("ethnicity")
