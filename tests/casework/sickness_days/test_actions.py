"""Typing what Kela has counted, and writing down a registration: what is asked, refused, corrected and taken back."""

from datetime import date

import pytest

from casework.cases import known_benefits, terms
from casework.endings.actions import Fate
from casework.law.errors import CaseIsClosed, InTheFuture
from casework.models import SicknessDayCount
from casework.sickness_days import actions
from casework.sickness_days.actions import FewerThanBefore, MoreThanTheMaximum, PaperOfAnotherCase
from tests.asking import asked
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_paper
from tests.casework.endings.making import closed
from tests.casework.sickness_days.making import COUNTED, a_count, a_registration, an_allowance, facts
from tests.conftest import NOON


def payment_of(case):
    known = known_benefits.of_case(case)
    assert known is not None
    return terms.payment(known)


def test_the_newer_count_is_the_truth_from_its_day_on(kaavi, aino):
    case = a_case(by=aino)
    a_count(case, paid_days=140, by=aino)
    a_count(case, paid_days=60, counted_on=date(2026, 8, 14), by=aino)  # typed later, of an earlier day

    assert payment_of(case).count.paid_days == 140


def test_a_count_that_is_taken_back_leaves_the_one_before_it(kaavi, aino):
    case = a_case(by=aino)
    a_count(case, paid_days=100, counted_on=date(2026, 10, 2), by=aino)
    wrong = a_count(case, paid_days=140, by=aino)

    actions.take_back_count(row=wrong, reason="Väärä asiakas", version=1, by=aino, at=NOON)

    assert payment_of(case).count.paid_days == 100


def test_without_a_count_there_is_none_and_never_nought(kaavi, aino):
    case = a_case(by=aino)
    an_allowance(case, by=aino)

    found = payment_of(case)

    assert (found.count, found.reckoning, found.ends_on) == (None, None, date(2027, 5, 31))


def test_a_count_of_a_day_that_comes_is_refused(kaavi, aino):
    with pytest.raises(InTheFuture):
        a_count(a_case(by=aino), counted_on=date(2026, 12, 31), by=aino)


def test_a_paper_of_another_case_is_refused(kaavi, aino, settings, tmp_path):
    settings.FILES = tmp_path
    paper = a_paper(a_case(by=aino), by=aino)

    with pytest.raises(PaperOfAnotherCase):
        a_count(a_case(by=aino), document=paper, by=aino)


def test_more_than_is_ever_paid_and_fewer_than_before_are_asked_about(kaavi, aino):
    case = a_case(by=aino)
    a_count(case, by=aino)

    with asked(MoreThanTheMaximum):
        a_count(case, paid_days=351, by=aino)
    with asked(FewerThanBefore):
        a_count(case, paid_days=139, by=aino)
    assert SicknessDayCount.objects.count() == 1

    a_count(case, paid_days=139, by=aino)  # whoever is sure writes it all the same
    assert SicknessDayCount.objects.count() == 2


def test_nothing_is_typed_into_a_closed_case_that_nobody_follows(kaavi, aino):
    case = a_case(by=aino)
    closed(case, Fate(holder="nobody"), by=aino)

    with pytest.raises(CaseIsClosed):
        a_count(case, by=aino)


def test_a_registration_answers_the_end_it_was_written_for_and_no_later_one(kaavi, aino):
    case = a_case(by=aino)
    an_allowance(case, until=date(2026, 11, 30), by=aino)
    a_registration(case, COUNTED, by=aino)
    assert payment_of(case).registration is not None

    an_allowance(case, until=date(2027, 3, 31), filed_on=date(2026, 11, 1), decided_on=date(2026, 11, 20),
                 notice_on=date(2026, 11, 20), by=aino)  # fmt: skip

    assert payment_of(case).registration is None
    assert payment_of(case).asks_registration


def test_a_correction_reckons_anew_and_keeps_what_was_typed(kaavi, aino):
    case = a_case(by=aino)
    an_allowance(case, by=aino)
    row = a_count(case, paid_days=140, by=aino)

    actions.correct_count(row=row, facts=facts(paid_days=210), reason="Luin väärin", version=1, by=aino, at=NOON)

    assert payment_of(case).ends_on == date(2027, 2, 28)  # the 300th day would be in March
    assert case.corrections.get().reason == "Luin väärin"
