"""The Situation tab and its forms as people use them: writing down, correcting, hiding what must be hidden."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.cases import actions as cases
from casework.models import Case, MappingEntry, NetworkPerson, TargetGroup
from casework.situation import mapping
from casework.situation import queries as situation
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.audit.models import AccessEntry
from tenants.rough_days import RoughDay
from tenants.scope import in_municipality
from tests.casework.cases.making import a_case
from tests.casework.situation.making import a_fact, a_full_mapping, a_network_person, entry_details, in_target_groups
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
BUDGET = 15  # queries, however much is known
ORDER: dict[str, Any] = {"protective_order_source": "population information system"}
FACT = {"area": "work", "text": "Carpenter.", "period": "1998", "learned_on": "2026-11-20", "source": "client"}
PERSON = {"name": "Sanna Sisko", "role": "relative", "safety": "safe", "phone": "050 111"}
ADDRESSES = (
    ("case_situation", None),
    ("mapping_new", None),
    ("mapping_interview", None),
    ("mapping_history", None),
    ("target_groups_edit", None),
    ("network_add", None),
    ("situation_reveal", None),
    ("mapping_entry", "entry"),
    ("mapping_correct", "entry"),
    ("mapping_remove", "entry"),
    ("network_edit", "person"),
    ("network_remove", "person"),
)
FOR_READERS = {"case_situation", "mapping_history", "mapping_entry"}


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino)


@pytest.fixture
def desk(aino_browser):
    aino_browser.cookies[LANGUAGE_COOKIE] = "en"
    return aino_browser


@pytest.fixture
def in_team(case, aino, daavid):
    """Daavid takes part in the case."""
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    return daavid


def address(name: str, case: Case, *more) -> str:
    return reverse(name, args=[case.number, *more])


def all_addresses(case: Case, by) -> list[tuple[str, str]]:
    things = {"entry": a_fact(case, by=by), "person": a_network_person(case, by=by)}
    return [(name, address(name, case, *([things[kind].pk] if kind else []))) for name, kind in ADDRESSES]


def test_an_empty_area_says_what_to_ask_and_each_area_can_be_added_to(case, desk):
    page = desk.get(address("case_situation", case)).content.decode()

    assert "What hurts, what tires" in page
    for area in MappingEntry.Area.values:
        assert f"{address('mapping_new', case)}?area={area}" in page


def test_a_fact_is_shown_with_its_years_source_day_and_writer(case, aino, desk):
    a_fact(case, by=aino, source="kela", source_note="Phone call", learned_on=date(2026, 11, 20))

    page = desk.get(address("case_situation", case)).content.decode()

    for words in ("Carpenter on building sites", "1998–2015", "Kela (Phone call)", "learned 20.11.2026", "Aino"):
        assert words in page


def test_a_full_situation_asks_few_questions(case, aino, desk, django_assert_max_num_queries):
    a_full_mapping(case, by=aino)
    entry = a_fact(case, by=aino)
    for number in range(12):
        a_fact(case, by=aino, text=f"Fact {number}.")
        a_network_person(case, by=aino, name=f"Person {number}")
        right = entry_details(text=f"Right {number}.")
        entry = mapping.correct(case=case, entry=entry, details=right, version=number + 1, by=aino, at=NOON)
    in_target_groups(case, "young", "at_risk", by=aino)

    for name, more in (("case_situation", []), ("mapping_history", []), ("mapping_entry", [entry.pk])):
        with django_assert_max_num_queries(BUDGET):
            assert desk.get(address(name, case, *more)).status_code == 200


def test_the_form_opens_at_the_area_one_came_from(case, desk):
    form = desk.get(address("mapping_new", case) + "?area=hopes").context["form"]
    lost = desk.get(address("mapping_new", case) + "?area=<script>").context["form"]

    assert (form["area"].value(), lost["area"].value()) == ("hopes", "childhood")


def test_a_fact_is_added_corrected_and_its_old_wording_read(case, desk):
    desk.post(address("mapping_new", case), FACT)
    entry = MappingEntry.objects.get()
    desk.post(address("mapping_correct", case, entry.pk), FACT | {"text": "Plumber.", "version": "1"})

    page = desk.get(address("case_situation", case)).content.decode()
    assert "Plumber." in page
    assert "Carpenter." not in page
    history = desk.get(address("mapping_history", case)).content.decode()
    assert "Carpenter." in history
    assert "Corrected by Aino" in history
    assert "Carpenter." in desk.get(address("mapping_entry", case, entry.pk)).content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": " "}, "text"),
        ({"period": "when young"}, "period"),
        ({"period": "1950"}, "period"),
        ({"learned_on": "2099-01-01"}, "learned_on"),
        ({"learned_on": "1950-01-01"}, "learned_on"),
        ({"area": "ethnicity"}, "area"),
        ({"source": ""}, "source"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field_and_what_was_typed_stays(case, desk, typed, field):
    page = desk.post(address("mapping_new", case), FACT | typed)

    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["source_note"].value() is None or "1998" in page.content.decode()
    assert not MappingEntry.objects.exists()


def test_the_second_of_two_who_correct_keeps_what_was_typed_and_may_save_knowingly(case, aino, desk):
    entry = a_fact(case, by=aino)
    right = entry_details(text="First.")
    mapping.correct(case=case, entry=entry, details=right, version=1, by=aino, at=NOON)
    url, typed = address("mapping_correct", case, entry.pk), FACT | {"text": "Second.", "version": "1"}

    page = desk.post(url, typed)
    assert page.context["form"].non_field_errors()
    assert page.context["form"]["text"].value() == "Second."
    assert page.context["form"]["version"].value() == "2"
    desk.post(url, typed | {"version": "2"})

    assert [one.text for one in situation.current_entries(case.client)] == ["Second."]


def test_taking_off_asks_why(case, aino, desk):
    entry = a_fact(case, by=aino)
    url = address("mapping_remove", case, entry.pk)

    assert "Carpenter on building sites" in desk.get(url).content.decode()
    assert situation.current_entries(case.client)
    assert "reason" in desk.post(url, {"version": 1}).context["form"].errors
    assert desk.post(url, {"version": 1, "reason": "Told of a brother."}).status_code == 302

    assert situation.current_entries(case.client) == []
    told = ["Told of a brother.", "Taken off"]
    for page in (address("mapping_history", case), address("mapping_entry", case, entry.pk)):
        assert [words in desk.get(page).content.decode() for words in told] == [True, True]
    assert desk.post(url, {"version": 1, "reason": "Once more."}).context["form"].non_field_errors()


def test_a_first_meeting_takes_several_areas_at_once(case, desk):
    desk.post(address("mapping_interview", case), {"health": "The back hurts.", "hopes": "Light work."})

    told = {entry.area: entry.source for entry in situation.current_entries(case.client)}
    assert told == {"health": "client", "hopes": "client"}


def test_an_empty_first_meeting_says_so(case, desk):
    page = desk.post(address("mapping_interview", case), {"health": " "})

    assert page.context["form"].non_field_errors()


def test_somebody_is_added_to_the_network_changed_and_deleted(case, desk):
    desk.post(address("network_add", case), PERSON)
    person = NetworkPerson.objects.get()
    desk.post(address("network_edit", case, person.pk), PERSON | {"safety": "not_safe", "version": "1"})

    page = desk.get(address("case_situation", case)).content.decode()
    assert "Sanna Sisko" in page
    assert "Not to be contacted" in page
    assert "050 111" not in page
    url = address("network_remove", case, person.pk)
    assert "Sanna Sisko" in desk.get(url).content.decode()
    assert "050 111" not in desk.get(url).content.decode()
    assert "reason" in desk.post(url, {"version": 2}).context["form"].errors
    assert desk.post(url, {"version": 2, "reason": "Wrong client"}).status_code == 302
    assert not NetworkPerson.objects.exists()
    told = desk.get(address("case_corrections", case)).content.decode()
    assert [words in told for words in ("Sanna Sisko", "Wrong client", "050 111")] == [True, True, False]


@pytest.mark.parametrize(
    ("typed", "field"), [({"name": ""}, "name"), ({"role": ""}, "role"), ({"email": "no"}, "email")]
)
def test_a_person_without_name_or_role_is_refused_at_the_field(case, desk, typed, field):
    assert list(desk.post(address("network_add", case), PERSON | typed).context["form"].errors) == [field]


def test_the_second_editor_of_a_person_is_told(case, aino, desk):
    person = a_network_person(case, by=aino)
    url = address("network_edit", case, person.pk)
    desk.post(url, PERSON | {"version": "1"})

    page = desk.post(url, PERSON | {"name": "Other", "version": "1"})

    assert page.context["form"].non_field_errors()
    assert NetworkPerson.objects.get().name == "Sanna Sisko"


def test_target_groups_are_checked_with_day_and_source(case, desk):
    typed = {"version": "1", "young": "on", "young_since": "2026-01-01", "young_source": "kela"}

    desk.post(address("target_groups_edit", case), typed)

    row = TargetGroup.objects.get()
    assert (row.group, row.since, row.source) == ("young", RoughDay(date(2026, 1, 1)), "kela")
    form = desk.get(address("target_groups_edit", case)).context["form"]
    assert (form["young"].value(), form["young_source"].value(), form["version"].value()) == (True, "kela", 2)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"immigrant": "on"}, "immigrant"),
        ({"young": "on", "young_since": "2099-01-01"}, "young_since"),
        ({"young": "on", "young_since": "soon"}, "young_since"),
    ],
)
def test_a_group_that_cannot_be_is_refused_at_its_field(case, desk, typed, field):
    page = desk.post(address("target_groups_edit", case), typed | {"version": "1"})

    assert list(page.context["form"].errors) == [field]
    assert not TargetGroup.objects.exists()


def test_a_protective_order_hides_housing_and_ways_to_reach_the_network(kaavi, aino, daavid, desk):
    case = a_case(by=aino, **ORDER)
    entry = a_fact(case, by=aino, area="housing", text="Lives at the shelter.", period="")
    secret = ("shelter", "040 765 4321", "liisa@terveys.example", "Health centre of Kaavi")
    person = a_network_person(case, by=aino)
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    pages = [
        address("case_situation", case),
        address("mapping_history", case),
        address("mapping_entry", case, entry.pk),
        address("mapping_correct", case, entry.pk),
        address("mapping_remove", case, entry.pk),
        address("network_edit", case, person.pk),
        address("situation_reveal", case),
        address("case_timeline", case),
        address("case", case),
    ]

    for one in (desk, browser_of(daavid)):
        text = "".join(one.get(page).content.decode() for page in pages)
        assert [word for word in secret if word in text] == []


def test_hidden_parts_are_shown_once_for_a_reason_that_is_kept(kaavi, aino, desk):
    case = a_case(by=aino, **ORDER)
    a_fact(case, by=aino, area="housing", text="Lives at the shelter.", period="")
    a_network_person(case, by=aino)

    page = desk.post(address("situation_reveal", case), {"reason": "Invitation to the doctor"}).content.decode()

    assert "Lives at the shelter." in page
    assert "040 765 4321" in page
    assert AccessEntry.objects.get(action="client.revealed").reason == "Invitation to the doctor"
    assert "shelter" not in desk.get(address("situation_reveal", case)).content.decode()


def test_hidden_words_and_contact_data_survive_an_edit_that_does_not_see_them(kaavi, aino, desk):
    case = a_case(by=aino, **ORDER)
    entry = a_fact(case, by=aino, area="housing", text="Lives at the shelter.", period="")
    person = a_network_person(case, by=aino)

    typed = FACT | {"area": "housing", "text": "", "period": "2026", "version": "1"}
    desk.post(address("mapping_correct", case, entry.pk), typed)
    desk.post(address("network_edit", case, person.pk), {"name": "L", "role": "doctor", "safety": "safe", "version": 1})

    (now,) = situation.current_entries(case.client, is_revealed=True)
    assert (now.text, now.period) == ("Lives at the shelter.", "2026")
    assert NetworkPerson.objects.get().phone == "040 765 4321"


def test_the_team_reads_and_does_not_write(case, aino, in_team):
    desk = browser_of(in_team)

    for name, url in all_addresses(case, aino):
        assert (name, desk.get(url).status_code) == (name, 200 if name in FOR_READERS else 403)
    page = desk.get(address("case_situation", case)).content.decode()
    assert "Carpenter on building sites" in page
    assert address("mapping_interview", case) not in page


def test_the_outsider_finds_nothing(case, aino, cecilia, tuusniemi):
    urls = all_addresses(case, aino)

    with in_municipality(tuusniemi):
        desk = browser_of(cecilia)
        assert [(name, desk.get(url).status_code) for name, url in urls] == [(name, 404) for name, _ in urls]


def test_facts_and_people_of_another_client_are_not_found_under_this_case(case, aino, desk):
    other = a_case(by=aino)
    entry, person = a_fact(other, by=aino), a_network_person(other, by=aino)

    for name in ("mapping_entry", "mapping_correct", "mapping_remove"):
        assert desk.get(address(name, case, entry.pk)).status_code == 404
    for name in ("network_edit", "network_remove"):
        assert desk.get(address(name, case, person.pk)).status_code == 404
    desk.post(address("network_remove", case, person.pk))
    assert NetworkPerson.objects.exists()


def test_the_situation_of_a_closed_case_is_read_and_not_changed(case, aino, desk):
    entry = a_fact(case, by=aino)
    cases.close(case=case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    page = desk.get(address("case_situation", case)).content.decode()
    assert "Carpenter on building sites" in page
    assert address("mapping_interview", case) not in page
    assert desk.post(address("mapping_new", case), FACT).context["form"].non_field_errors()
    typed = {"version": 1, "reason": "Wrong client"}
    assert desk.post(address("mapping_remove", case, entry.pk), typed).context["form"].non_field_errors()


def test_the_timeline_names_areas_and_people_and_leads_to_the_fact(case, aino, desk):
    entry = a_fact(case, by=aino)
    a_network_person(case, by=aino)
    in_target_groups(case, "young", by=aino)

    page = desk.get(address("case_timeline", case) + "?show=ability").content.decode()

    for words in ("Work history", "Doctor", "Added: Young person", address("mapping_entry", case, entry.pk)):
        assert words in page
