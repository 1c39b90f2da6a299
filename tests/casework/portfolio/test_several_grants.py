"""Two grants on one application: what follows is said of the one that runs on, whichever decision came last."""

from datetime import date, timedelta
from typing import Any

from django.utils import translation

from casework.decisions import further
from casework.portfolio.providers import portfolio
from casework.portfolio.queries import known_of
from tests.casework.applications.making import a_decision, application_at, in_db
from tests.casework.cases.making import a_case
from tests.conftest import NOON

TODAY = NOON.date()


def test_a_decision_of_an_earlier_time_that_came_last_does_not_hide_the_end_that_comes(kaavi, aino):
    case = a_case(by=aino)
    filed = application_at("filed", case=case, benefit="KT", decider="keva", by=aino)
    first = a_decision(
        "granted_until",
        application=filed,
        decided_on=date(2026, 11, 2),
        notice_on=date(2026, 11, 2),
        granted_until=TODAY + timedelta(days=60),
        by=aino,
    )
    earlier: dict[str, Any] = {"decided_on": TODAY, "notice_on": TODAY, "channel": "post", "result": "granted_until"}
    further.record_further(
        application=in_db(first.application),
        granted_until=date(2026, 8, 31),
        **earlier,
        version=in_db(first.application).version,
        by=aino,
        at=NOON,
    )

    with translation.override("en"):
        [entry] = portfolio(known_of(case, on=TODAY))

    assert entry.standing == "ending"
    assert "60 days" in " ".join(f"{line.text} {line.note}" for line in entry.lines)
    assert [str(action.label) for action in entry.actions] == ["Begin the continuation"]
