"""The client list, search and the client's own details; protected contact data are shown once and for a reason."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from lxml import html

from casework.cases import actions as cases
from casework.clients import actions as clients
from casework.clients.actions import ClientDetails
from casework.models import Case, Client
from tenants.audit.models import AccessEntry
from tests.casework.cases.making import BORN, a_case, fresh_code
from tests.conftest import NOON
from tests.people import browser_of
from tests.tenants.markup import select, words

BUDGET = 15
LIST = "/clients/"
SEARCH = "/clients/search/"


def new_client(**others) -> dict[str, str]:
    """What a person types for a new client."""
    return {
        "first_name": "Liisa",
        "last_name": "Laine",
        "identity_code": fresh_code(),
        "language": "fi",
        "decision_channel": "unknown",
        "opened_on": "2026-11-02",
    } | others


def test_the_list_shows_ones_own_open_cases_first_and_everybodys_when_asked(kaavi, aino, bertta):
    mine, hers = a_case(by=aino), a_case(by=bertta)
    browser = browser_of(aino)

    assert [row.number for row in browser.get(LIST).context["rows"]] == [mine.number]
    everyone = browser.get(f"{LIST}?who=everyone").context["rows"]
    assert {row.number for row in everyone} == {mine.number, hers.number}
    assert len(browser_of(bertta).get(LIST).context["rows"]) == 2


def test_the_list_says_whose_a_case_is_unless_they_are_all_ones_own(kaavi, aino, daavid):
    case = a_case(by=aino)
    cases.add_participant(case=case, user=daavid, since=case.opened_on, by=aino, at=NOON)

    def is_named(user, url):
        page = html.fromstring(browser_of(user).get(url).text)
        headings, cells = select(page, "thead th"), select(page, "tbody tr")[0]
        assert len(headings) == len(cells)
        return words(cells[-1]) == aino.name

    assert not is_named(aino, LIST)
    assert is_named(aino, f"{LIST}?who=everyone")
    assert is_named(daavid, LIST)


def test_every_client_a_list_shows_is_logged(kaavi, aino, aino_browser):
    shown = {a_case(by=aino).number for _ in range(3)}

    aino_browser.get(LIST)

    assert set(AccessEntry.objects.filter(action="case.listed").values_list("subject", flat=True)) == shown


@pytest.mark.parametrize("number", [3, 30])
def test_the_list_asks_the_same_few_questions_whatever_the_number_of_clients(
    kaavi, aino, aino_browser, django_assert_num_queries, number
):
    for _ in range(number):
        a_case(by=aino)

    with django_assert_num_queries(11):
        page = aino_browser.get(f"{LIST}?who=everyone")

    assert len(page.context["rows"]) == min(number, 25)


def test_the_list_of_a_phase(kaavi, aino, aino_browser):
    case = a_case(by=aino)

    assert [row.number for row in aino_browser.get(f"{LIST}?phase=contact").context["rows"]] == [case.number]
    assert aino_browser.get(f"{LIST}?phase=appealing").context["rows"] == []
    assert len(aino_browser.get(f"{LIST}?phase=nonsense").context["rows"]) == 1


def test_search_shows_and_logs_who_was_found(kaavi, aino, aino_browser):
    case = a_case(by=aino, last_name="Räsänen")
    a_case(by=aino)

    page = aino_browser.post(SEARCH, {"q": "räsä"})

    assert [row.number for row in page.context["rows"]] == [case.number]
    assert AccessEntry.objects.get(action="case.found").subject == case.number


def test_an_exact_hit_opens_the_case_and_nothing_searched_lands_in_an_address(kaavi, aino, aino_browser):
    code = fresh_code()
    case = a_case(by=aino, identity_code=code)

    for text in (case.number, code):
        answer = aino_browser.post(SEARCH, {"q": text})
        assert answer.headers["Location"] == reverse("case", args=[case.number])
    assert aino_browser.get(f"{SEARCH}?q={code}").headers["Location"] == LIST
    assert not AccessEntry.objects.filter(reason_key__isnull=False).exists()


@pytest.mark.parametrize("text", ["", "nobody", "2026-9999", "131052-308T"])
def test_a_search_without_hits_says_so(kaavi, aino_browser, text):
    page = aino_browser.post(SEARCH, {"q": text})

    assert page.status_code == 200
    assert page.context["rows"] == []


def test_a_new_client_gets_a_case(kaavi, aino, aino_browser):
    answer = aino_browser.post("/clients/new/", new_client(coordinator=str(aino.pk), first_name="Liisa"))

    case = Case.objects.get()
    assert answer.headers["Location"] == reverse("case", args=[case.number])
    assert (case.client.name, case.coordinator, case.opened_on) == ("Liisa Laine", aino, date(2026, 11, 2))


@pytest.mark.parametrize(
    ("others", "field"),
    [
        ({"identity_code": "050374-900A"}, "identity_code"),
        ({"identity_code": "", "born_on": ""}, "born_on"),
        ({"born_on": "1980-01-01"}, "born_on"),
        ({"opened_on": "1950-01-01"}, "opened_on"),
        ({"postal_code": "123"}, "postal_code"),
        ({"protective_order_until": "2036-01-01"}, "protective_order_source"),
    ],
)
def test_what_cannot_be_true_stands_at_its_field_and_nothing_is_half_written(kaavi, aino, aino_browser, others, field):
    page = aino_browser.post("/clients/new/", new_client(coordinator=str(aino.pk), **others))

    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["last_name"].value() == "Laine"
    assert not Client.objects.exists()


def test_a_person_who_is_here_already_is_not_written_down_again(kaavi, aino, aino_browser):
    code = fresh_code()
    a_case(by=aino, identity_code=code)

    page = aino_browser.post("/clients/new/", new_client(coordinator=str(aino.pk), identity_code=code))

    assert list(page.context["form"].errors) == ["same_person"]
    assert Client.objects.count() == 1


def test_two_people_edit_the_same_client_and_the_second_loses_nothing(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    page = f"/cases/{case.number}/client/edit/"
    typed = new_client(identity_code=case.client.identity_code, city="Kuopio", version="1")
    first = ClientDetails(first_name="Matti", last_name="Muu", identity_code=case.client.identity_code)
    clients.change(client=case.client, details=first, version=1, by=aino, at=NOON)

    told = aino_browser.post(page, typed)
    assert told.context["form"]["city"].value() == "Kuopio"
    assert Client.objects.get().last_name == "Muu"

    again = aino_browser.post(page, typed | {"version": told.context["form"]["version"].value()})
    assert again.status_code == 302
    assert Client.objects.get().city == "Kuopio"


def protected_case(aino) -> Case:
    contact: dict[str, Any] = {
        "phone": "040 765 4321",
        "street": "Salapolku 7",
        "postal_code": "73600",
        "city": "Kaavi",
    }
    return a_case(by=aino, protective_order_source="DVV", **contact)


@pytest.mark.parametrize("page", ["", "basics/", "timeline/", "client/edit/", "client/reveal/", "notes/add/"])
def test_protected_contact_data_are_on_no_page(kaavi, aino, aino_browser, page):
    case = protected_case(aino)

    text = aino_browser.get(f"/cases/{case.number}/{page}").content.decode()

    assert "765 4321" not in text
    assert "Salapolku" not in text


def test_protected_contact_data_are_shown_once_for_a_reason(kaavi, aino, aino_browser):
    case = protected_case(aino)
    page = f"/cases/{case.number}/client/reveal/"

    assert "Salapolku" not in aino_browser.post(page, {"reason": ""}).content.decode()
    assert "Salapolku 7" in aino_browser.post(page, {"reason": "The ambulance asks."}).content.decode()
    assert "Salapolku" not in aino_browser.get(page).content.decode()
    entry = AccessEntry.objects.get(action="client.revealed")
    assert (entry.subject, entry.reason) == (case.number, "The ambulance asks.")


def test_a_team_member_reveals_nothing(kaavi, aino, daavid):
    case = protected_case(aino)

    assert browser_of(daavid).post(f"/cases/{case.number}/client/reveal/", {"reason": "x"}).status_code == 403


def test_editing_a_protected_client_leaves_hidden_data_alone_and_replaces_what_is_typed(kaavi, aino, aino_browser):
    case = protected_case(aino)
    typed = new_client(
        identity_code=case.client.identity_code, protective_order_source="DVV", phone="050 123456", version="1"
    )

    aino_browser.post(f"/cases/{case.number}/client/edit/", typed)

    client = Client.objects.get()
    assert (client.last_name, client.phone, client.street) == ("Laine", "050 123456", "Salapolku 7")


def test_the_clients_answer_is_recorded(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    form = {"is_voluntary": "no", "asked_on": "2026-11-16", "version": "1"}

    aino_browser.post(f"/cases/{case.number}/client/voluntariness/", form)

    client = Client.objects.get()
    assert (client.is_voluntary, client.voluntary_asked_on) == (False, date(2026, 11, 16))


def test_a_day_before_birth_is_refused_at_its_field(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    form = {"is_voluntary": "yes", "asked_on": BORN.replace(year=1970).isoformat(), "version": "1"}

    page = aino_browser.post(f"/cases/{case.number}/client/voluntariness/", form)

    assert list(page.context["form"].errors) == ["asked_on"]


def test_an_illness_is_added_edited_and_taken_off_from_the_pages(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    wrong = aino_browser.post(f"/cases/{case.number}/illnesses/add/", {"name": "Back", "icd10": "back"})
    assert list(wrong.context["form"].errors) == ["icd10"]

    aino_browser.post(f"/cases/{case.number}/illnesses/add/", {"name": "Back", "icd10": "m54.5"})
    illness = case.client.illnesses.get()
    page = f"/cases/{case.number}/illnesses/{illness.pk}/"
    aino_browser.post(page, {"name": "Back pain", "icd10": "M54.5", "version": "1"})
    assert case.client.illnesses.get().name == "Back pain"

    assert "Back" in aino_browser.get(page).content.decode()  # what it was called before
    unexplained = aino_browser.post(f"{page}remove/", {"version": 2})
    assert "reason" in unexplained.context["form"].errors
    aino_browser.post(f"{page}remove/", {"version": 2, "reason": "Wrong client"})
    assert aino_browser.get(page).status_code == 404
    told = aino_browser.get(f"/cases/{case.number}/corrections/").content.decode()
    assert [words in told for words in ("Sairaus</b>: Back pain", "Wrong client")] == [True, True]


# --- is this person already here? -----------------------------------------------------------------------------------


def eka(aino, **others) -> dict[str, str]:
    known = {"first_name": "Eka", "last_name": "Esimerkki", "identity_code": "", "born_on": "1979-01-02"}
    return new_client(coordinator=str(aino.pk), **known | others)


def test_before_a_second_client_of_one_name_and_birthday_is_written_the_page_shows_the_first(aino, aino_browser):
    aino_browser.post("/clients/new/", eka(aino))
    first = Case.objects.get()

    page = aino_browser.post("/clients/new/", eka(aino))

    assert Client.objects.count() == 1
    question = page.context["form"].fields["same_person"]
    assert [value for value, _label in question.choices] == [str(first.client.pk), "new"]
    assert first.number in page.content.decode()
    assert "2.1.1979" in page.content.decode()
    assert AccessEntry.objects.filter(action="client.matched", subject=first.number).exists()


def test_who_says_that_it_is_somebody_else_writes_a_second_client(aino, aino_browser):
    aino_browser.post("/clients/new/", eka(aino))

    aino_browser.post("/clients/new/", eka(aino, same_person="new"))

    assert Client.objects.count() == Case.objects.count() == 2


def test_who_says_that_it_is_the_same_is_led_to_the_open_case(aino, aino_browser):
    aino_browser.post("/clients/new/", eka(aino))
    first = Case.objects.get()

    answer = aino_browser.post("/clients/new/", eka(aino, same_person=str(first.client.pk)))

    assert answer.headers["Location"] == first.get_absolute_url()
    assert Client.objects.count() == Case.objects.count() == 1


def test_a_client_who_comes_back_gets_a_new_case_and_no_second_record(aino, aino_browser):
    first = a_case(by=aino, first_name="Eka", last_name="Esimerkki", identity_code="", born_on=date(1979, 1, 2))
    cases.close(case=first, outcome="moved", closed_on=date(2026, 7, 1), version=first.version, by=aino, at=NOON)

    aino_browser.post("/clients/new/", eka(aino, same_person=str(first.client.pk)))

    assert Client.objects.count() == 1
    assert first.client.cases.count() == 2


@pytest.mark.parametrize(
    "spelling",
    [
        {"first_name": "EKA"},
        {"last_name": "Esimerkki\u200b"},
        {"last_name": "Esimerkkï"},
        {"first_name": "Esimerkki", "last_name": "Eka"},
    ],
)
def test_another_spelling_of_the_name_is_asked_about_too(aino, aino_browser, spelling):
    aino_browser.post("/clients/new/", eka(aino))

    page = aino_browser.post("/clients/new/", eka(aino, **spelling))

    assert list(page.context["form"].errors) == ["same_person"]


@pytest.mark.parametrize("other", [{"last_name": "Toinen"}, {"born_on": "1979-01-03"}])
def test_another_name_or_birthday_is_another_person(aino, aino_browser, other):
    aino_browser.post("/clients/new/", eka(aino))

    aino_browser.post("/clients/new/", eka(aino, **other))

    assert Client.objects.count() == 2


def test_the_same_identity_code_can_only_be_the_same_person(aino, aino_browser):
    first = a_case(by=aino)

    page = aino_browser.post("/clients/new/", eka(aino, identity_code=first.client.identity_code, born_on=""))
    assert [value for value, _ in page.context["form"].fields["same_person"].choices] == [str(first.client.pk)]
    again = aino_browser.post(
        "/clients/new/", eka(aino, identity_code=first.client.identity_code, born_on="", same_person="new")
    )

    assert list(again.context["form"].errors) == ["same_person"]
    assert Client.objects.count() == 1


# --- people with one name -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["first_name", "last_name"])
def test_a_person_with_one_name_is_written_down_as_they_are_called(aino, aino_browser, field):
    names = {"first_name": "", "last_name": "", field: "Zahra"}

    aino_browser.post("/clients/new/", new_client(coordinator=str(aino.pk), **names))

    client = Client.objects.get()
    assert (client.name, client.listed_name, client.sort_key) == ("Zahra", "Zahra", "zahra")
    assert aino_browser.get(LIST).context["rows"][0].name == "Zahra"
    assert [row.name for row in aino_browser.post(SEARCH, {"q": "zahra"}).context["rows"]] == ["Zahra"]


def test_a_person_without_any_name_is_refused(aino, aino_browser):
    page = aino_browser.post("/clients/new/", new_client(coordinator=str(aino.pk), first_name="", last_name=" "))

    assert list(page.context["form"].errors) == ["last_name"]


def test_a_phone_number_is_checked_and_dials(aino, aino_browser):
    page = aino_browser.post("/clients/new/", new_client(coordinator=str(aino.pk), phone="soita äidille"))
    assert list(page.context["form"].errors) == ["phone"]

    case = a_case(by=aino, phone="+358 40 123 4567")

    assert 'href="tel:+358401234567"' in aino_browser.get(reverse("case_basics", args=[case.number])).content.decode()


@pytest.mark.parametrize("born_on", ["0001-01-01", "9999-12-31"])
def test_a_birthday_that_nobody_has_is_refused_with_a_sentence(aino, aino_browser, born_on):
    page = aino_browser.post("/clients/new/", eka(aino, born_on=born_on))

    assert list(page.context["form"].errors) == ["born_on"]


def test_a_pasted_name_is_kept_and_found_as_one_sees_it(aino, aino_browser):
    pasted = {"first_name": "Ma\u0308rta\u00a0 Anna\u200b", "last_name": "\ufeffMa\u0308ki\u00ad"}

    aino_browser.post("/clients/new/", new_client(coordinator=str(aino.pk), **pasted))

    assert Client.objects.get().name == "Märta Anna Mäki"
    assert len(aino_browser.post(SEARCH, {"q": "märta anna mäki"}).context["rows"]) == 1
