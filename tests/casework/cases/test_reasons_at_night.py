"""The reason for opening somebody else's case holds for one day of Finland: at night, when the clocks change, too."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.urls import reverse

from casework.cases.door import GIVEN_REASON
from casework.models import Case
from tenants.accounts.models import User
from tenants.audit.models import AccessEntry
from tests import databases
from tests.casework.cases.making import a_case
from tests.people import browser_of

COLUMNS = [field.name for field in AccessEntry._meta.fields if field.name not in ("id", "at")]


@contextmanager
def reason_given(case: Case, *, by: User, at: datetime) -> Iterator[None]:
    """Have a reason in the log that was given at a moment of our choice: the log itself takes the database's clock."""
    given = {"actor": by.pk, "action": GIVEN_REASON, "subject": case.number, "at": at}
    row = dict.fromkeys(COLUMNS, "") | {"version": 2, "reason_key": uuid.uuid4()} | given
    names, places = ", ".join(row), ", ".join(["%s"] * len(row))
    with databases.as_superuser(databases.BASE) as superuser:
        superuser.execute(f"insert into kaavi.audit_accessentry ({names}) values ({places})", list(row.values()))
        try:
            yield
        finally:
            superuser.execute("delete from kaavi.audit_accessentry where actor = %s", [by.pk])


@pytest.fixture
def case(aino) -> Case:
    return a_case(by=aino)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}Z")


@pytest.mark.parametrize(
    ("given", "seen", "is_open"),
    [
        ("2026-11-24 23:30", "2026-11-24 23:45", True),  # 1.30 in the night of Helsinki, and a quarter later
        ("2026-11-24 22:00", "2026-11-25 21:59", True),  # the whole day, from 0.00 to 23.59
        ("2026-11-24 21:59", "2026-11-24 22:00", False),  # 23.59, and midnight has passed
        ("2026-07-01 23:30", "2026-07-01 23:45", True),
        ("2026-07-01 21:00", "2026-07-02 20:59", True),
        ("2026-07-01 20:59", "2026-07-01 21:00", False),
        ("2028-02-29 22:40", "2028-03-01 21:59", True),
        ("2028-02-29 21:59", "2028-02-29 22:40", False),
        ("2027-03-28 00:30", "2027-03-28 20:59", True),  # a day of 23 hours: summer time begins at 1.00 UTC
        ("2027-03-28 00:30", "2027-03-28 21:00", False),
        ("2027-10-31 00:30", "2027-10-31 21:59", True),  # a day of 25 hours: it ends at 1.00 UTC
        ("2027-10-31 00:30", "2027-10-31 22:00", False),
        ("2026-11-25 00:00", "2026-11-24 22:30", True),  # the database's clock is ahead of the web server's
    ],
)
def test_a_reason_holds_until_midnight_in_finland(case, bertta, time_is, given, seen, is_open):
    time_is(utc(seen))
    browser = browser_of(bertta)

    with reason_given(case, by=bertta, at=utc(given)):
        answer = browser.get(reverse("case", args=[case.number]))

    assert answer.status_code == (200 if is_open else 302)


@pytest.mark.parametrize("now", ["2026-11-24 23:30", "2026-07-01 23:30"])
def test_at_night_a_reason_opens_a_colleagues_case_and_is_not_asked_again(case, bertta, time_is, now):
    time_is(utc(now))
    browser = browser_of(bertta)
    page = reverse("case", args=[case.number])
    asked = browser.get(page).headers["Location"]

    assert browser.post(asked, {"reason": "Aino is ill today."}).headers["Location"] == page
    with reason_given(case, by=bertta, at=utc(now)):
        for name in ("case", "case_timeline", "case_tasks"):
            assert browser.get(reverse(name, args=[case.number])).status_code == 200
