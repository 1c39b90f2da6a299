"""A referral keeps what was written first; who answers it has seen its newest words."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.cases import actions as cases
from casework.models import Client, Referral
from casework.referrals import actions as referrals
from casework.referrals.actions import ReferralDetails
from casework.referrals.queries import inbox
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tenants.versions import EditedMeanwhile
from tests.casework.cases.making import a_case, a_client, a_referral
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)


def told(referral, **others) -> ReferralDetails:
    said = {name: getattr(referral, name) for name in ReferralDetails.__dataclass_fields__}
    return ReferralDetails(**said | others)


def accepted(referral, *, by, version=1, client=None):
    typed: dict[str, Any] = {"coordinator": by, "opened_on": TODAY, "version": version}
    return referrals.accept(referral=referral, client=client or a_client(by=by), **typed, by=by, at=NOON)


def corrected(referral, *, by, **others) -> Referral:
    known: dict[str, Any] = {"details": told(referral, **others), "reason": "Luin väärin", "version": referral.version}
    return referrals.correct(referral=referral, **known, by=by, at=NOON)


def removed(referral, *, by) -> Referral:
    return referrals.take_back(referral=referral, reason="Kahteen kertaan", version=referral.version, by=by, at=NOON)


def test_nobody_answers_words_they_have_not_seen(kaavi, aino):
    referral = a_referral(by=aino)
    referrals.supplement(referral=referral, details=told(referral, reason="Uusi"), version=1, by=aino, at=NOON)

    with pytest.raises(EditedMeanwhile):
        accepted(referral, by=aino)
    for answer in (referrals.decline, referrals.return_for_more):
        with pytest.raises(EditedMeanwhile):
            answer(referral=referral, reason="x", version=1, by=aino, at=NOON)
    assert accepted(referral, version=2, by=aino).is_open


def test_on_the_page_an_edit_meanwhile_is_told_and_no_client_is_made(kaavi, aino, aino_browser):
    referral = a_referral(born_on=date(1980, 1, 1), by=aino)
    form = aino_browser.get(reverse("referral_accept", args=[referral.pk])).context["form"]
    typed = {name: value for name, value in form.initial.items() if value}
    referrals.supplement(referral=referral, details=told(referral, reason="Uusi"), version=1, by=aino, at=NOON)

    page = aino_browser.post(reverse("referral_accept", args=[referral.pk]), typed)

    assert page.context["form"].non_field_errors()
    assert not Client.objects.exists()


def test_an_edit_keeps_the_old_words_and_asks_no_reason(kaavi, aino, aino_browser):
    referral = a_referral(reason="Selkä.", by=aino)

    referrals.supplement(referral=referral, details=told(referral, reason="Polvi."), version=1, by=aino, at=NOON)

    [earlier] = corrections.of_row(referral)
    assert "Selkä." in [old.said for old in earlier.olds]
    assert AccessEntry.objects.filter(action="referral.new", subject=str(referral.pk)).exists()
    assert "Selkä." in aino_browser.get(reverse("referral", args=[referral.pk])).content.decode()


def test_an_answered_referral_is_corrected_and_its_case_tells_of_it(kaavi, aino):
    referral = a_referral(by=aino)
    case = accepted(referral, by=aino)

    found = corrected(Referral.objects.get(), received_on=date(2026, 11, 18), by=aino)

    assert (found.state, found.case, found.received_on) == ("accepted", case, date(2026, 11, 18))
    assert case.events.get(kind="referral.corrected").facts["received_on"] == "2026-11-18"
    assert [earlier.correction.reason for earlier in corrections.of_row(found)] == ["Luin väärin"]


def test_a_referral_that_was_taken_back_leaves_the_inbox_and_is_answered_no_more(kaavi, aino):
    referral = a_referral(by=aino)

    removed(referral, by=aino)

    assert list(inbox(is_settled=False)) == []
    with pytest.raises(TakenBack):
        accepted(referral, version=2, by=aino)


def test_the_old_phone_of_a_protected_client_is_hidden(kaavi, aino):
    referral = a_referral(phone="050 123 4567", by=aino)
    case = accepted(referral, by=aino)
    referral = corrected(Referral.objects.get(), phone="050 765 4321", by=aino)
    assert "050 123 4567" in [old.said for old in corrections.of_row(referral)[0].olds]

    Client.objects.filter(pk=case.client_id).update(protective_order_source="DVV")

    seen = Referral.objects.get()
    assert "050 123 4567" not in [old.said for old in corrections.of_row(seen)[0].olds]
    assert "050 765 4321" not in [old.said for old in corrections.standing(seen)]
    page = browser_of(aino).get(reverse("referral_correct", args=[referral.pk]))
    assert [number in page.content.decode() for number in ("050 123 4567", "050 765 4321")] == [False, False]
    said = page.context["form"].initial | {"referrer": "Kaija", "reason": "Kirjoitusvirhe"}
    typed = {name: value for name, value in said.items() if value}
    browser_of(aino).post(reverse("referral_correct", args=[referral.pk]), typed)
    assert (Referral.objects.get().referrer, Referral.objects.get().phone) == ("Kaija", "050 765 4321")


def answered(referral, answer, *, by, at=NOON, **others) -> Any:
    """Answer it in its newest version."""
    return answer(referral=referral, version=Referral.objects.get().version, **others, by=by, at=at)


def said_before(referral) -> list[list[str]]:
    return [[str(old.said) for old in earlier.olds] for earlier in corrections.of_row(referral)]


def test_what_was_asked_before_stays_when_more_is_asked(kaavi, aino, aino_browser):
    referral = a_referral(by=aino)
    referral = answered(referral, referrals.return_for_more, reason="Mitkä sairaudet?", by=aino)
    assert said_before(referral) == []

    referral = answered(referral, referrals.return_for_more, reason="Mihin soittaa?", by=aino)
    assert said_before(referral) == [["Mitkä sairaudet?"]]
    answered(referral, referrals.return_for_more, reason="Mihin soittaa?", by=aino, at=NOON + timedelta(hours=1))

    assert said_before(referral) == [["Mitkä sairaudet?"]]
    assert AccessEntry.objects.filter(action="referral.returned", subject=str(referral.pk)).count() == 3
    assert "Mitkä sairaudet?" in aino_browser.get(reverse("referral", args=[referral.pk])).content.decode()


def test_what_was_asked_stays_when_it_is_declined_or_accepted_without_an_answer(kaavi, aino):
    for answer, others in (
        (referrals.decline, {"reason": "Asuu Kuopiossa."}),
        (referrals.accept, {"client": a_client(by=aino), "coordinator": aino, "opened_on": TODAY}),
    ):
        Referral.everything.all().delete()
        referral = a_referral(by=aino)
        answered(referral, referrals.return_for_more, reason="Mitkä sairaudet?", by=aino)

        answered(referral, answer, **others, by=aino)

        assert said_before(referral) == [["Palautettu täydennettäväksi", "Mitkä sairaudet?"]]


# --- on the pages -------------------------------------------------------------------------------------------------


def test_it_is_corrected_and_taken_back_where_it_is_shown(kaavi, aino, aino_browser):
    referral = a_referral(by=aino)
    referrals.decline(referral=referral, reason="Asuu Kuopiossa.", version=1, by=aino, at=NOON)
    page = reverse("referral_correct", args=[referral.pk])
    assert page in aino_browser.get(reverse("referral", args=[referral.pk])).content.decode()
    form = aino_browser.get(page).context["form"]
    assert list(form.fields)[-3:] == ["why_referred", "reason", "version"]
    typed = {name: value for name, value in form.initial.items() if value} | {"referrer": "Kaija Koski"}
    assert "reason" in aino_browser.post(page, typed).context["form"].errors

    aino_browser.post(page, typed | {"reason": "Väärä nimi"})

    assert Referral.objects.get().referrer == "Kaija Koski"
    aino_browser.post(reverse("referral_remove", args=[referral.pk]), {"version": 3, "reason": "Kahteen kertaan"})
    assert aino_browser.get(reverse("referral", args=[referral.pk])).status_code == 404


@pytest.mark.parametrize("name", ["referral_correct", "referral_remove"])
def test_it_is_behind_the_door_of_its_case(kaavi, aino, bertta, daavid, cecilia, tuusniemi, name):
    referral = a_referral(by=aino)
    case = accepted(referral, client=a_case(by=aino).client, by=aino)
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    page = reverse(name, args=[referral.pk])

    assert browser_of(daavid).get(page).status_code == 403
    assert "/reason/" in browser_of(bertta).get(page).headers["Location"]
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(page).status_code == 404
