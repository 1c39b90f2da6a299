"""Finding clients by what is sealed: a phone's last digits, and whole words of the names in the network."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate

from casework.clients import actions as clients
from casework.clients import network
from casework.clients.actions import ClientDetails
from casework.clients.queries import search
from casework.models import Client, NetworkPerson
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.database.current import connection
from tenants.keys import ring
from tenants.keys.models import DataKey
from tenants.migrating import migrate_schema
from tenants.scope import in_municipality
from tests import databases
from tests.casework.cases.making import a_case
from tests.casework.situation.making import a_network_person
from tests.conftest import NOON
from tests.people import person


@pytest.fixture
def matti(aino):
    """Matti Meikäläinen with a phone, and Liisa Lääkäri in his network."""
    case = a_case(by=aino, phone="+358 40 123 4567")
    a_network_person(case, name="Liisa Lääkäri-Åkerlund", phone="050 765 4321", by=aino)
    return case


@pytest.fixture
def somebody_else(aino):
    return a_case(by=aino, first_name="Olli", last_name="Ohi", phone="044 000 0001")


@pytest.mark.parametrize(
    "asked", ["040 123 4567", "+358401234567", "00358 40 1234567", "0401234567", "(040) 123-4567", "4567"]
)
def test_a_client_is_found_by_the_whole_number_or_its_last_four_digits(matti, somebody_else, aino, asked):
    assert list(search(aino, asked)) == [matti]


@pytest.mark.parametrize(
    "asked", ["050 765 4321", "4321", "liisa", "Laakari", "Lääkäri", "åkerlund liisa", "LIISA LÄÄKÄRI"]
)
def test_a_client_is_found_by_somebody_in_the_network(matti, somebody_else, aino, asked):
    assert list(search(aino, asked)) == [matti]


@pytest.mark.parametrize("asked", ["123", "123 4568", "1234", "Lääk", "liisa olli", "040 123 456"])
def test_parts_of_what_is_sealed_find_nobody(matti, somebody_else, aino, asked):
    assert list(search(aino, asked)) == []


def test_the_list_says_who_was_found_by_the_network_only(matti, aino_browser):
    found = aino_browser.post("/clients/search/", {"q": "4321"}).context["rows"]
    own = aino_browser.post("/clients/search/", {"q": "4567"}).context["rows"]

    assert [row.note for row in (*found, *own)] == ["Verkoston henkilö", ""]


def test_who_was_taken_off_the_network_or_has_a_new_number_is_not_found_by_the_old_one(matti, aino):
    client = matti.client
    details = ClientDetails(
        first_name="Matti", last_name="Meikäläinen", identity_code=client.identity_code, phone="045 111 2222"
    )
    clients.change(client=client, details=details, version=client.version, by=aino, at=NOON)
    network.take_back(case=matti, person=client.network.get(), reason="Väärä asiakas", version=1, by=aino, at=NOON)

    assert list(search(aino, "4567")) == list(search(aino, "liisa")) == []
    assert list(search(aino, "045 111 2222")) == [matti]


def test_a_team_member_finds_only_the_cases_they_see(matti, daavid):
    assert list(search(daavid, "4567")) == []


def test_the_hashes_of_one_municipality_are_nothing_in_another(matti, tuusniemi, cecilia):
    with in_municipality(tuusniemi):
        twin = a_case(by=cecilia, phone="+358 40 123 4567").client
        theirs = set(map(bytes, Client.objects.get(pk=twin.pk).phone_hashes))

    assert len(theirs) == 2
    assert not theirs & set(map(bytes, Client.objects.get(pk=matti.client.pk).phone_hashes))


def test_the_key_of_searches_is_not_the_key_of_identity_codes(kaavi):
    assert ring.hash_key(DataKey.Purpose.SEARCH) != ring.hash_key(DataKey.Purpose.INDEX)


# --- a municipality from before ----------------------------------------------------------------------------------


@pytest.fixture
def from_before(own_database) -> Iterator[str]:
    """Kaavi as it was before names had keys and sealed values hashes, with people in it."""
    with in_municipality("kaavi"):
        aino = person("Äiti Aino", Role.COORDINATOR)
        case = a_case(by=aino, first_name="Öljy", last_name="Åberg", phone="040 123 4567")
        a_network_person(case, name="Liisa Lääkäri", by=aino)
    with databases.as_migrator():
        connection.set_schema("kaavi")
        with connection.cursor() as cursor:
            cursor.execute("delete from keys_datakey where purpose = 'search'")
            cursor.execute("delete from audit_accessentry")  # which code from before could not read
        for app in ("casework", "accounts", "keys"):
            call_command(Migrate(), app, "0001_initial", verbosity=0, interactive=False)
        ring.forget("kaavi")
        connection.set_schema_to_public()
        yield "kaavi"
    ring.forget("kaavi")


def test_an_upgrade_derives_the_keys_and_hashes_of_everybody_who_is_there(from_before):
    migrate_schema(from_before)

    with in_municipality(from_before):
        client, known = Client.objects.get(), NetworkPerson.objects.get()
        assert (client.search_key, client.sort_key) == ("oljy aberg", "{berg\t}ljy")
        assert client.phone == "040 123 4567"
        assert User.objects.get().sort_key == "|iti aino"
        aino = User.objects.get()
        for asked in ("aberg", "4567", "lääkäri", "4321"):
            assert [case.client for case in search(aino, asked)] == [known.client]


def test_an_upgrade_may_run_twice(from_before):
    migrate_schema(from_before)
    migrate_schema(from_before)

    with in_municipality(from_before):
        assert DataKey.objects.filter(purpose="search").count() == 1
