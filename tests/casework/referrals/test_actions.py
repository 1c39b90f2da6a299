"""The referral inbox: received, returned, declined, accepted - each once - and who the person is."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.cases import actions as cases
from casework.clients.queries import matches
from casework.law.errors import BeforeBirth, DayOrderWrong, InTheFuture
from casework.models import Case, Referral
from casework.referrals import actions as referrals
from casework.referrals.actions import ReferralDetails
from casework.referrals.queries import inbox
from casework.timeline import corrections
from tenants import identity_code
from tenants.audit.models import AccessEntry
from tests.asking import asked
from tests.casework.cases.making import BORN, a_case, a_client, a_referral, fresh_code
from tests.conftest import NOON

TODAY = date(2026, 11, 23)


def accept(referral, client, by) -> Case:
    known: dict[str, Any] = {"coordinator": by, "opened_on": TODAY, "version": referral.version}
    return referrals.accept(referral=referral, client=client, **known, by=by, at=NOON)


def test_accepting_opens_a_case_with_the_coordinator(kaavi, aino, bertta):
    referral, client = a_referral(by=aino), a_client(by=aino)

    known: dict[str, Any] = {"coordinator": bertta, "opened_on": TODAY, "version": 1}
    case = referrals.accept(referral=referral, client=client, **known, by=aino, at=NOON)

    referral.refresh_from_db()
    assert (referral.state, referral.case, case.coordinator) == ("accepted", case, bertta)
    event = case.events.get(kind="referral.accepted")
    assert event.facts == {"source": "employment", "received_on": "2026-11-20"}


def test_accepting_somebody_with_an_open_case_joins_that_case(kaavi, aino):
    case = a_case(by=aino)

    assert accept(a_referral(by=aino), case.client, aino) == case
    assert Case.objects.count() == 1


def test_a_former_client_gets_a_new_case(kaavi, aino):
    former = a_case(by=aino)
    cases.close(case=former, outcome="work", closed_on=TODAY, version=1, by=aino, at=NOON)

    case = accept(a_referral(by=aino), former.client, aino)

    assert case != former
    assert case.client == former.client


def test_a_referral_is_answered_once(kaavi, aino):
    referral = a_referral(by=aino)
    referrals.decline(referral=referral, reason="Lives in Kuopio.", version=1, by=aino, at=NOON)

    with pytest.raises(referrals.ReferralSettled):
        accept(referral, a_client(by=aino), aino)
    with pytest.raises(referrals.ReferralSettled):
        referrals.return_for_more(referral=referral, reason="x", version=2, by=aino, at=NOON)

    assert Referral.objects.get().state_reason == "Lives in Kuopio."
    assert not Case.objects.exists()


def test_a_returned_referral_waits_last_and_comes_back_when_supplemented(kaavi, aino):
    early = a_referral(by=aino, received_on=date(2026, 11, 2))
    late = a_referral(by=aino, received_on=date(2026, 11, 9))
    referrals.return_for_more(referral=early, reason="Which illnesses?", version=1, by=aino, at=NOON)
    assert list(inbox(is_settled=False)) == [late, early]

    told = ReferralDetails(
        source="kela",
        referrer="",
        reason="Back and depression.",
        received_on=date(2026, 11, 2),
        first_name="Liisa",
        last_name="Laine",
    )
    referrals.supplement(referral=early, details=told, version=2, by=aino, at=NOON)

    early.refresh_from_db()
    assert (early.is_new, early.reason, early.state_reason) == (True, "Back and depression.", "")
    assert list(inbox(is_settled=False)) == [early, late]


@pytest.mark.parametrize(
    ("others", "refusal"),
    [
        ({"received_on": TODAY + timedelta(1)}, InTheFuture),
        ({"born_on": TODAY + timedelta(1)}, InTheFuture),
        ({"born_on": date(2026, 11, 21)}, BeforeBirth),
        ({"identity_code": "050374-900A"}, identity_code.WrongCheckCharacter),
    ],
)
def test_a_referral_that_cannot_be_true_is_refused(kaavi, aino, others, refusal):
    with pytest.raises(refusal):
        a_referral(by=aino, **others)

    assert not Referral.objects.exists()


def test_the_person_is_found_by_identity_code_whatever_the_name(kaavi, aino):
    code = fresh_code()
    case = a_case(by=aino, first_name="Anna-Liisa", last_name="Virtanen", identity_code=code)
    a_case(by=aino, first_name="Liisa", last_name="Laine")

    (match,) = matches(aino, a_referral(by=aino, identity_code=code))

    assert (match.client, match.is_certain, match.cases) == (case.client, True, [case])


def test_without_a_code_the_name_and_the_date_of_birth_are_compared(kaavi, aino):
    same = a_client(by=aino, first_name="LIISA", last_name="laine")
    a_client(by=aino, first_name="Liisa", last_name="Laine", identity_code=fresh_code(BORN + timedelta(1)))

    (match,) = matches(aino, a_referral(by=aino, born_on=BORN))

    assert (match.client, match.is_certain) == (same, False)


def test_a_namesake_with_another_identity_code_is_not_the_person(kaavi, aino):
    a_client(by=aino, first_name="Liisa", last_name="Laine", identity_code=identity_code.artificial(BORN, 50))

    assert matches(aino, a_referral(by=aino, identity_code=identity_code.artificial(BORN, 51))) == []


def test_comparing_counts_as_looking(kaavi, aino):
    case = a_case(by=aino, first_name="Liisa", last_name="Laine")

    matches(aino, a_referral(by=aino))

    seen = AccessEntry.objects.filter(action="client.matched", actor=aino.pk).values_list("subject", flat=True)
    assert set(seen) == {str(case.client.pk), case.number}


def test_a_declined_referral_that_comes_again_waits_anew_as_one_with_both_days(kaavi, aino):
    referral = a_referral(by=aino, received_on=date(2026, 3, 2))
    waiting = a_referral(by=aino, received_on=date(2026, 11, 9))
    referral = referrals.decline(referral=referral, reason="Asuu Kuopiossa.", version=1, by=aino, at=NOON)

    again = referrals.come_again(referral=referral, came_again_on=TODAY, version=2, by=aino, at=NOON)

    assert (again.state, again.received_on, again.came_again_on) == ("new", date(2026, 3, 2), TODAY)
    assert list(inbox(is_settled=False)) == [waiting, again]  # it has not waited since the spring
    assert "Asuu Kuopiossa." in [old.said for earlier in corrections.of_row(again) for old in earlier.olds]
    assert accept(again, a_client(by=aino), aino).referrals.get() == again
    assert AccessEntry.objects.filter(action="referral.came_again", actor=aino.pk).count() == 1


def test_what_was_not_declined_does_not_come_again_and_nothing_comes_in_the_future(kaavi, aino):
    referral = a_referral(by=aino, received_on=date(2026, 11, 2))
    with pytest.raises(referrals.ReferralSettled):
        referrals.come_again(referral=referral, came_again_on=TODAY, version=1, by=aino, at=NOON)

    declined = referrals.decline(referral=referral, reason="x", version=1, by=aino, at=NOON)
    with pytest.raises(InTheFuture):
        referrals.come_again(referral=declined, came_again_on=TODAY + timedelta(days=1), version=2, by=aino, at=NOON)
    with asked(DayOrderWrong):
        referrals.come_again(referral=declined, came_again_on=date(2026, 11, 1), version=2, by=aino, at=NOON)
    assert Referral.objects.get().state == "declined"
