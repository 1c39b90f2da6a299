"""Who signs and receives for a client: written down by their paper, ended, and asked about before the paper ends."""

from datetime import date
from typing import Any

import pytest

from casework.cases import actions as cases
from casework.cases.representing import acting_for, offered
from casework.clients import network
from casework.clients.network import NetworkDetails
from casework.law.representing import Matter, Standing
from casework.models import Case, Representation, Task
from casework.reminders.sweep import sweep
from casework.representatives import actions as representatives
from casework.representatives.actions import (
    EndsBeforeItBegins,
    HasEnded,
    LastDayMissing,
    MatterMissing,
    NotHere,
    NotToBeContacted,
    RepresentationDetails,
)
from tenants.accounts.models import User
from tenants.doubts import asking
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_paper
from tests.casework.representatives.making import a_guardian, a_representation
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
UNTIL: dict[str, Any] = {"validity": "until", "valid_until": date(2027, 1, 4)}


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino)


def acts(case: Case, matter: Matter = Matter.BENEFIT, on: date = TODAY) -> Representation | None:
    return acting_for(case, matter=matter, on=on)


def test_a_guardian_is_written_down_once_and_stands_on_the_timeline(case, aino):
    guardian = a_guardian(case, by=aino)

    first = a_representation(case, person=guardian, by=aino)

    assert a_representation(case, person=guardian, by=aino) == first == acts(case)
    assert case.events.get(kind="representation.added").facts == {"kind": "guardian"}


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"scope": "named"}, MatterMissing),
        ({"validity": "until"}, LastDayMissing),
        ({"validity": "until", "valid_until": date(2026, 1, 6)}, EndsBeforeItBegins),
    ],
)
def test_what_the_paper_must_say_is_asked(case, aino, typed, refusal):
    with pytest.raises(refusal):
        a_representation(case, by=aino, **typed)


def test_a_paper_whose_last_day_has_passed_is_asked_about_once(case, aino):
    typed: dict[str, Any] = {"validity": "until", "valid_until": date(2026, 11, 1)}
    with pytest.raises(HasEnded), asking(lambda odd: False):
        a_representation(case, by=aino, **typed)

    a_representation(case, by=aino, **typed)

    assert acts(case) is None
    assert [one.standing for one in offered(case, matter=Matter.BENEFIT, on=TODAY)] == [Standing.OVER]


def test_who_is_not_to_be_contacted_is_neither_written_down_nor_offered(case, aino):
    guardian = a_guardian(case, by=aino)
    a_representation(case, person=guardian, by=aino)
    unsafe = NetworkDetails(name="Tuula Turva", role="guardian", safety="not_safe")

    guardian = network.change(case=case, person=guardian, details=unsafe, version=1, by=aino, at=NOON)

    assert offered(case, matter=Matter.BENEFIT, on=TODAY) == []
    with pytest.raises(NotToBeContacted):
        a_representation(case, person=guardian, kind="authorised", by=aino)


def test_somebody_of_another_clients_network_does_not_act(case, aino):
    other = a_case(by=aino, last_name="Toinen")

    with pytest.raises(NotHere):
        a_representation(case, person=a_guardian(other, by=aino), by=aino)


def test_of_two_who_may_sign_none_is_chosen_by_the_service(case, aino):
    a_representation(case, by=aino)
    a_representation(case, person=a_guardian(case, name="Veli Vesa", by=aino), kind="authorised", by=aino)

    assert acts(case) is None
    assert len(offered(case, matter=Matter.BENEFIT, on=TODAY)) == 2


def test_a_guardian_of_money_signs_no_consent(case, aino):
    found = a_representation(case, scope="money", by=aino)

    assert acts(case) == found
    assert acts(case, Matter.CONSENT) is None


def test_who_has_ended_acts_no_more_from_that_day_and_the_task_about_the_paper_goes(case, aino):
    found = a_representation(case, by=aino, **UNTIL)
    sweep(on=TODAY, at=NOON)
    assert Task.objects.get().title.startswith("Edunvalvoja: ")

    found = representatives.end(case=case, representation=found, ended_on=TODAY, version=1, by=aino, at=NOON)

    assert acts(case) is None
    assert case.events.get(kind="representation.ended").on == TODAY
    assert not Task.objects.filter(done_at=None).exists()
    sweep(on=TODAY, at=NOON)
    assert not Task.objects.filter(done_at=None).exists()


@pytest.mark.parametrize(("days_before", "is_asked"), [(60, True), (61, False)])
def test_before_a_paper_ends_somebody_is_asked(case, aino, days_before, is_asked):
    until = date.fromordinal(TODAY.toordinal() + days_before)
    a_representation(case, validity="until", valid_until=until, by=aino)

    sweep(on=TODAY, at=NOON)
    sweep(on=TODAY, at=NOON)

    assert list(Task.objects.values_list("due_on", flat=True)) == [until] * is_asked


def test_a_corrected_last_day_ends_the_task_about_the_old_one(case, aino):
    found = a_representation(case, by=aino, **UNTIL)
    sweep(on=TODAY, at=NOON)
    details = RepresentationDetails(person=found.person, kind="guardian", scope="all", validity="open")

    representatives.correct(
        case=case, representation=found, details=details, reason="Luin väärin", version=1, by=aino, at=NOON
    )

    assert not Task.objects.filter(done_at=None).exists()
    assert found.locked().valid_until is None


def another_case(case: Case, *, by: User) -> Case:
    """Close a case and open the next one of the same client."""
    Case.objects.filter(pk=case.pk).update(outcome="work", closed_on=TODAY)
    return cases.open(client=case.client, coordinator=by, opened_on=TODAY, by=by, at=NOON)


def test_nobody_asks_whether_the_task_goes_on_when_an_earlier_case_says_that_the_client_died(case, aino):
    a_representation(case, by=aino, **UNTIL)
    another_case(case, by=aino)
    Case.objects.filter(pk=case.pk).update(outcome="died")

    sweep(on=TODAY, at=NOON)

    assert not Task.objects.exists()


def test_a_paper_of_an_earlier_case_stays_the_paper_when_something_else_is_corrected(case, aino, settings, tmp_path):
    settings.FILES = tmp_path
    paper = a_paper(case, by=aino)
    found = a_representation(case, by=aino, document=paper)
    details = RepresentationDetails(person=found.person, kind="guardian", scope="money", document=paper)

    found = representatives.correct(
        case=another_case(case, by=aino),
        representation=found,
        details=details,
        reason="Luin väärin",
        version=1,
        by=aino,
        at=NOON,
    )

    assert (found.locked().document, found.locked().scope) == (paper, "money")


def test_a_paper_of_another_client_is_refused(case, aino, settings, tmp_path):
    settings.FILES = tmp_path
    other = a_paper(a_case(by=aino, last_name="Toinen"), by=aino)

    with pytest.raises(NotHere):
        a_representation(case, by=aino, document=other)


def test_the_task_ends_with_the_client(case, aino):
    a_representation(case, by=aino)
    Case.objects.update(outcome="died", closed_on=TODAY)

    assert offered(case, matter=Matter.BENEFIT, on=TODAY) == []
