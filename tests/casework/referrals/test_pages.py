"""The referral inbox as a coordinator works through it."""

from datetime import date

import pytest
from django.urls import reverse

from casework.models import Case, Client, Referral
from tenants.audit.models import AccessEntry
from tenants.versions import EditedMeanwhile
from tests.casework.cases.making import BORN, a_case, a_client, a_referral, fresh_code

INBOX = "/referrals/"


def typed(**others) -> dict[str, str]:
    return {
        "source": "employment",
        "referrer": "Leena Koski",
        "received_on": "2026-11-16",
        "first_name": "Liisa",
        "last_name": "Laine",
        "reason": "Back pain.",
    } | others


def answer_form(aino, client="new", **others) -> dict[str, str]:
    return {"client": client, "coordinator": str(aino.pk), "opened_on": "2026-11-16", "version": "1"} | others


def page_of(referral, name: str) -> str:
    return reverse(name, args=[referral.pk])


def test_a_referral_is_written_down_and_waits_in_the_inbox(kaavi, aino_browser):
    aino_browser.post("/referrals/new/", typed())

    page = aino_browser.get(INBOX)
    assert "Liisa Laine" in page.content.decode()
    assert AccessEntry.objects.filter(action="referral.listed").count() == 1


@pytest.mark.parametrize(
    ("others", "field"),
    [
        ({"identity_code": "050374-900A"}, "identity_code"),
        ({"received_on": "2076-01-01"}, "received_on"),
        ({"born_on": "2026-11-17"}, "received_on"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_wrong_referral_is_refused_at_its_field(kaavi, aino_browser, others, field):
    page = aino_browser.post("/referrals/new/", typed(**others))

    assert list(page.context["form"].errors) == [field]
    assert not Referral.objects.exists()


@pytest.mark.parametrize("number", [3, 20])
def test_the_inbox_asks_the_same_few_questions(kaavi, aino, aino_browser, django_assert_num_queries, number):
    for _ in range(number):
        a_referral(by=aino)

    with django_assert_num_queries(10):
        aino_browser.get(INBOX)


def test_accepting_a_new_person_makes_client_and_case(kaavi, aino, aino_browser):
    referral = a_referral(by=aino, phone="040 1")
    form = answer_form(aino, identity_code=fresh_code())

    answer = aino_browser.post(page_of(referral, "referral_accept"), form)

    case = Case.objects.get()
    assert answer.headers["Location"] == reverse("case", args=[case.number])
    assert (case.client.name, case.client.phone, case.client.born_on) == ("Liisa Laine", "040 1", BORN)


def test_accepting_asks_whether_the_person_is_here_and_finds_by_identity_code(kaavi, aino, aino_browser):
    code = fresh_code()
    case = a_case(by=aino, first_name="Anna", last_name="Virtanen", identity_code=code)
    referral = a_referral(by=aino, identity_code=code)

    form = aino_browser.get(page_of(referral, "referral_accept")).context["form"]
    assert form["client"].initial == str(case.client.pk)
    assert [value for value, _ in form.fields["client"].choices] == [str(case.client.pk)]

    aino_browser.post(page_of(referral, "referral_accept"), answer_form(aino, client=str(case.client.pk)))
    assert Referral.objects.get().case == case
    assert Client.objects.count() == 1


def test_a_namesake_is_offered_but_not_taken_for_the_person(kaavi, aino, aino_browser):
    a_client(by=aino, first_name="Liisa", last_name="Laine")
    referral = a_referral(by=aino)

    form = aino_browser.get(page_of(referral, "referral_accept")).context["form"]
    assert len(form.fields["client"].choices) == 2
    assert not form["client"].initial

    page = aino_browser.post(page_of(referral, "referral_accept"), answer_form(aino, client=""))
    assert "client" in page.context["form"].errors


def test_a_new_client_without_code_and_birth_date_is_refused_and_nothing_is_half_written(kaavi, aino, aino_browser):
    referral = a_referral(by=aino)

    page = aino_browser.post(page_of(referral, "referral_accept"), answer_form(aino))

    assert list(page.context["form"].errors) == ["born_on"]
    assert not Client.objects.exists()
    assert Referral.objects.get().is_new


def test_when_the_case_cannot_be_opened_no_client_is_left_behind(kaavi, aino, aino_browser):
    referral = a_referral(by=aino)
    form = answer_form(aino, identity_code=fresh_code(), opened_on="1950-01-01")

    page = aino_browser.post(page_of(referral, "referral_accept"), form)

    assert list(page.context["form"].errors) == ["opened_on"]
    assert not Client.objects.exists()


@pytest.mark.parametrize(("name", "state"), [("referral_return", "returned"), ("referral_decline", "declined")])
def test_returning_and_declining_need_a_reason(kaavi, aino, aino_browser, name, state):
    referral = a_referral(by=aino)

    assert "reason" in aino_browser.post(page_of(referral, name), {"reason": ""}).context["form"].errors
    aino_browser.post(page_of(referral, name), {"reason": "Lives elsewhere.", "version": 1})

    referral.refresh_from_db()
    assert (referral.state, referral.state_reason) == (state, "Lives elsewhere.")
    assert "Lives elsewhere." in aino_browser.get(page_of(referral, "referral")).content.decode()


def test_a_settled_referral_is_found_among_the_answered_and_refuses_a_second_answer(kaavi, aino, aino_browser):
    referral = a_referral(by=aino)
    aino_browser.post(page_of(referral, "referral_decline"), {"reason": "x", "version": 1})

    assert list(aino_browser.get(INBOX).context["page"]) == []
    assert list(aino_browser.get(f"{INBOX}?show=settled").context["page"]) == [referral]
    again = aino_browser.post(page_of(referral, "referral_decline"), {"reason": "y", "version": 2})
    assert again.context["form"].non_field_errors()


def test_a_returned_referral_is_supplemented(kaavi, aino, aino_browser):
    referral = a_referral(by=aino)
    aino_browser.post(page_of(referral, "referral_return"), {"reason": "Which illnesses?", "version": 1})

    aino_browser.post(page_of(referral, "referral_edit"), typed(reason="Back and depression.", version=2))

    referral.refresh_from_db()
    assert (referral.is_new, referral.reason) == (True, "Back and depression.")


@pytest.mark.parametrize("name", [("LIISA", "Laine"), ("Liisa\u200b", "Lainé"), ("Laine", "Liisa")])
def test_a_referral_in_another_spelling_asks_about_the_client_who_is_here(kaavi, aino, aino_browser, name):
    client = a_client(by=aino, first_name="Liisa", last_name="Laine")
    first_name, last_name = name
    referral = a_referral(by=aino, first_name=first_name, last_name=last_name)

    form = aino_browser.get(page_of(referral, "referral_accept")).context["form"]

    assert str(client.pk) in dict(form.fields["client"].choices)


def test_a_person_with_one_name_is_referred_and_accepted_without_an_invented_one(kaavi, aino, aino_browser):
    aino_browser.post("/referrals/new/", typed(first_name="Zahra", last_name=""))
    referral = Referral.objects.get()
    assert "Zahra" in aino_browser.get(INBOX).content.decode()

    aino_browser.post(page_of(referral, "referral_accept"), answer_form(aino, identity_code=fresh_code()))

    assert Client.objects.get().name == "Zahra"


def test_a_referral_of_nobody_is_refused(kaavi, aino_browser):
    page = aino_browser.post("/referrals/new/", typed(first_name="", last_name=""))

    assert list(page.context["form"].errors) == ["last_name"]


def test_who_saves_a_referral_over_a_change_they_have_not_seen_is_told_and_loses_nothing(kaavi, aino, aino_browser):
    referral = a_referral(by=aino)
    aino_browser.post(page_of(referral, "referral_edit"), typed(reason="Back.", version=1))

    answer = aino_browser.post(page_of(referral, "referral_edit"), typed(reason="Depression.", version=1))

    assert str(EditedMeanwhile.user_message) in answer.context["form"].non_field_errors()
    assert (answer.context["form"]["reason"].value(), answer.context["form"]["version"].value()) == ("Depression.", "2")
    assert Referral.objects.get().reason == "Back."
    for name in ("referral_return", "referral_decline"):
        refused = aino_browser.post(page_of(referral, name), {"reason": "Of what I saw.", "version": 1})
        assert str(EditedMeanwhile.user_message) in refused.context["form"].non_field_errors()
    assert Referral.objects.get().is_new


def test_a_declined_referral_is_taken_up_again_from_its_page(kaavi, aino, aino_browser):
    referral = a_referral(by=aino, received_on=date(2026, 3, 2))
    aino_browser.post(page_of(referral, "referral_decline"), {"reason": "Asuu Kuopiossa.", "version": 1})
    assert page_of(referral, "referral_again") in aino_browser.get(page_of(referral, "referral")).text

    aino_browser.post(page_of(referral, "referral_again"), {"came_again_on": "2026-11-23", "version": 2})

    assert list(aino_browser.get(INBOX).context["page"]) == [referral]
    page = aino_browser.get(page_of(referral, "referral")).text
    assert [said for said in ("2.3.2026", "23.11.2026", "Asuu Kuopiossa.") if said not in page] == []


def test_the_day_on_which_it_came_again_is_corrected_and_not_asked_of_others(kaavi, aino, aino_browser):
    referral = a_referral(by=aino, received_on=date(2026, 3, 2))
    page = page_of(referral, "referral_correct")
    assert "came_again_on" not in aino_browser.get(page).context["form"].fields
    aino_browser.post(page_of(referral, "referral_decline"), {"reason": "Asuu Kuopiossa.", "version": 1})
    aino_browser.post(page_of(referral, "referral_again"), {"came_again_on": "2026-11-23", "version": 2})

    said = typed(received_on="2026-03-02", why_referred="Selkä", came_again_on="2026-11-20", version="3")
    answer = aino_browser.post(page, said | {"reason": "Väärä päivä"})

    assert answer.status_code == 302, answer.context["form"].errors
    referral.refresh_from_db()
    assert referral.came_again_on == date(2026, 11, 20)
