"""The days and the outcome of a case are corrected, open or closed; what was written first stays."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.cases import actions as cases
from casework.cases.queries import case_or_404, phase_of
from casework.law.phases import Phase
from casework.models import Case
from casework.timeline import corrections
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tenants.versions import EditedMeanwhile
from tests.asking import asked
from tests.casework.applications.making import FILED, application_at
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

OPENED, TODAY, YESTERDAY = date(2026, 6, 1), date(2026, 11, 23), date(2026, 11, 22)


def closed(outcome, *, by, direction="") -> Case:
    case = a_case(opened_on=OPENED, by=by)
    if direction:
        known: dict[str, Any] = {"direction": direction, "direction_on": date(2026, 10, 1), "version": case.version}
        case = cases.set_direction(case=case, **known, by=by, at=NOON)
    return cases.close(case=case, outcome=outcome, closed_on=YESTERDAY, version=case.version, by=by, at=NOON)


def corrected(case, *, by, **others) -> Case:
    said: dict[str, Any] = {name: getattr(case, name) for name in ("opened_on", "closed_on", "outcome", "version")}
    return cases.correct(case=case, **said | others, reason="Luin väärin", by=by, at=NOON)


def test_the_outcome_of_a_closed_case_is_corrected_with_its_history(kaavi, aino):
    case = closed("pension", by=aino)

    corrected(case, outcome="rehabilitation", closed_on=TODAY, by=aino)

    found = Case.objects.get()
    assert (found.outcome, found.closed_on) == ("rehabilitation", TODAY)
    assert (found.direction, found.direction_on) == ("rehabilitation", TODAY)
    assert phase_of(case_or_404(aino, found.number, on=TODAY)) is Phase.CLOSED
    [earlier] = corrections.of_row(found)
    assert earlier.correction.reason == "Luin väärin"
    assert "22.11.2026" in [old.said for old in earlier.olds]
    assert case.events.filter(kind="case.corrected").count() == 1
    assert AccessEntry.objects.filter(action="case.corrected", subject=case.number).exists()


@pytest.mark.parametrize(("before", "after"), [("", ""), ("work", "work")])
def test_an_end_without_direction_leaves_the_one_that_was_set_before_the_closing(kaavi, aino, before, after):
    case = corrected(closed("pension", direction=before, by=aino), outcome="died", by=aino)

    assert (case.direction, case.direction_on) == (after, date(2026, 10, 1) if after else None)


def test_the_day_of_opening_is_corrected_of_an_open_case_and_stands_before_its_work(kaavi, aino):
    case = a_case(opened_on=OPENED, by=aino)
    application_at("filed", case=case, by=aino)

    case = corrected(case, opened_on=date(2026, 5, 4), outcome="died", closed_on=TODAY, by=aino)

    assert (case.opened_on, case.is_open, case.outcome) == (date(2026, 5, 4), True, "")
    with asked(cases.OpenedAfterWork):
        corrected(case, opened_on=FILED.replace(day=2), by=aino)
    with pytest.raises(EditedMeanwhile):
        corrected(case, version=99, by=aino)


def test_a_case_does_not_end_before_it_begins(kaavi, aino):
    case = closed("died", by=aino)

    with pytest.raises(cases.ClosedBeforeOpened):
        corrected(case, opened_on=TODAY, by=aino)


# --- on the page --------------------------------------------------------------------------------------------------


def test_it_is_corrected_where_it_is_shown(kaavi, aino, aino_browser):
    case = closed("pension", by=aino)
    page = reverse("case_correct", args=[case.number])
    assert page in aino_browser.get(case.get_absolute_url()).content.decode()
    form = aino_browser.get(page).context["form"]
    assert "withdrew" not in dict(form.fields["outcome"].choices)
    typed = {"opened_on": OPENED, "closed_on": YESTERDAY, "outcome": "work", "version": case.version}
    assert "reason" in aino_browser.post(page, typed).context["form"].errors

    answer = aino_browser.post(page, typed | {"reason": "Väärä rasti"})

    assert (answer.url, Case.objects.get().outcome) == (case.get_absolute_url(), "work")
    told = aino_browser.get(reverse("case_corrections", args=[case.number])).content.decode()
    assert "Väärä rasti" in told
    assert aino_browser.get(reverse("case_timeline", args=[case.number])).status_code == 200


def test_it_is_behind_the_door_of_the_case(kaavi, aino, bertta, daavid, cecilia, tuusniemi):
    case = a_case(by=aino)
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    page = reverse("case_correct", args=[case.number])

    assert browser_of(daavid).get(page).status_code == 403
    assert "/reason/" in browser_of(bertta).get(page).headers["Location"]
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(page).status_code == 404
