"""What the page of benefits tells of a case on the day of the tests, and where it is."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from casework.models import OtherBenefit
from casework.portfolio.entries import Entry
from casework.portfolio.providers import portfolio
from casework.portfolio.queries import known_of
from tests.conftest import NOON

TODAY = NOON.date()


def page_of(name: str, case: Any) -> str:
    keys = [OtherBenefit.objects.get().pk] if name in ("benefit_edit", "benefit_remove") else []
    return reverse(name, args=[case.number, *keys])


def told(case: Any) -> list[Entry]:
    with translation.override("en"):
        return portfolio(known_of(case, on=TODAY))


def stands(case: Any) -> list[str]:
    return [entry.standing for entry in told(case)]


def words(case: Any) -> str:
    return " ".join(f"{line.text} {line.note}" for entry in told(case) for line in entry.lines)
