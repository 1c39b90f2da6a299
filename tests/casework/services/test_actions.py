"""Services that were logged: their sums, what cannot have been, and a case that is closed."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases import notes
from casework.law.errors import CaseIsClosed, InTheFuture
from casework.law.products import UnknownProduct
from casework.models import ServiceEntry
from casework.services import actions as service_entries
from casework.services.queries import minutes_logged
from tests.asking import asked
from tests.casework.cases.making import a_case
from tests.conftest import NOON

TODAY = date(2026, 11, 23)


def log(case, by, **others) -> ServiceEntry:
    entry: dict[str, Any] = {
        "on": TODAY,
        "product": "doctor_visit",
        "minutes": 95,
        "what": "At the health centre",
        "is_billable": True,
    }
    return service_entries.log(case=case, by=by, at=NOON, **entry | others)


def test_services_are_summed_with_what_of_them_is_billed(kaavi, aino):
    case = a_case(by=aino)
    log(case, aino)
    log(case, aino, product="coordination", minutes=30, is_billable=False)

    assert minutes_logged(case) == {"all": 125, "billed": 95}


@pytest.mark.parametrize(
    ("others", "refusal"),
    [
        ({"minutes": 0}, service_entries.NotADaysWork),
        ({"minutes": 1441}, service_entries.NotADaysWork),
        ({"on": date(2026, 5, 31)}, service_entries.BeforeTheCase),
        ({"on": TODAY + timedelta(1)}, InTheFuture),
        ({"product": "massage"}, UnknownProduct),
    ],
)
def test_a_service_that_cannot_have_been_is_refused_and_an_odd_one_asked_of(kaavi, aino, others, refusal):
    case = a_case(by=aino, opened_on=date(2026, 6, 1))

    with asked(refusal):
        log(case, aino, **others)

    assert not ServiceEntry.objects.exists()


def test_a_service_is_logged_also_after_the_case_was_closed_but_no_task_or_note(kaavi, aino):
    case = a_case(by=aino)
    cases.close(case=case, outcome="work", closed_on=TODAY, version=1, by=aino, at=NOON)

    assert log(case, aino).case == case
    with pytest.raises(CaseIsClosed):
        notes.write(case=case, kind="note", text="x", on=TODAY, by=aino, at=NOON)
    with pytest.raises(CaseIsClosed):
        tasks.add(case=case, title="x", due_on=TODAY, assignee=aino, by=aino, at=NOON)
