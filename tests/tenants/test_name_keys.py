"""The columns beside a name: written with it, in Finnish order in the database, whatever locale the server knows."""

import random

import pytest
from django.db import models

from casework.models import Client
from tenants import derived
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.derived import SortKeyField
from tenants.models import Municipality
from tenants.scope import in_console
from tests.casework.cases.making import a_case
from tests.people import person
from tests.tenants.test_names import IN_FINNISH_ORDER


def test_people_stand_in_finnish_order_in_every_choice(kaavi):
    for name in random.Random(5).sample(IN_FINNISH_ORDER, len(IN_FINNISH_ORDER)):
        User(name=name, email=f"{IN_FINNISH_ORDER.index(name)}@kaavi.example").save()

    assert [user.name for user in User.objects.all()] == IN_FINNISH_ORDER


def test_clients_stand_in_finnish_order_in_the_list(aino, aino_browser):
    for name in random.Random(7).sample(IN_FINNISH_ORDER, len(IN_FINNISH_ORDER)):
        a_case(by=aino, first_name="Kaisa", last_name=name)

    page = aino_browser.get("/clients/").content.decode()

    places = [page.index(f"{name} Kaisa") for name in IN_FINNISH_ORDER]
    assert places == sorted(places)


def test_municipalities_stand_in_finnish_order(db):
    with in_console():
        for place, name in enumerate(["Äänekoski", "Åland", "Ylöjärvi"]):
            Municipality(name=name, schema_name=f"place_{place}", business_id=f"000000{place}-0").save()
        names = [municipality.name for municipality in Municipality.objects.all()]

    assert names == ["Kaavi", "Rautavaara", "Tuusniemi", "Varkaus", "Ylöjärvi", "Åland", "Äänekoski"]


def test_a_new_name_has_new_keys_also_when_only_the_name_is_saved(aino):
    client = a_case(by=aino, first_name="Maija", last_name="Åberg").client
    client.last_name = "Mäki"

    client.save(update_fields=["last_name"])

    saved = Client.objects.get(pk=client.pk)
    assert (saved.search_key, saved.sort_key) == ("maija maki", "m|ki\tmaija")


def test_keys_of_rows_from_before_are_filled(kaavi):
    for name in ("Aino", "Öhman"):
        person(name, Role.COORDINATOR)
    User.objects.update(sort_key="")

    derived.fill(User)

    assert list(User.objects.values_list("sort_key", flat=True)) == ["aino", "}hman"]


def test_a_key_on_a_model_that_would_not_keep_it_is_an_error():
    class Careless(models.Model):
        name = models.CharField(max_length=10)
        key = SortKeyField(of=["name"])

        class Meta:
            app_label = "casework"
            managed = False

    try:
        assert [found.id for found in Careless._meta.get_field("key").check()] == ["suunta.E012"]
    finally:
        del Careless._meta.apps.all_models["casework"]["careless"]
        Careless._meta.apps.clear_cache()


@pytest.mark.parametrize(
    "asked",
    [
        "mäki",
        "MAKI",
        "Ma\u0308ki",
        "maki niemi",
        "Niemi, Anna",
        "anna-maija",
        "annamaija",
        "mäki–niemi",
        "nïemi",
        "mäk nie",
    ],
)
def test_a_client_is_found_by_what_one_sees(aino, aino_browser, asked):
    a_case(by=aino, first_name="Anna-Maija", last_name="Mäki-Niemi")
    a_case(by=aino, first_name="Liisa", last_name="Laine")

    page = aino_browser.post("/clients/search/", {"q": asked}).content.decode()

    assert ("Mäki-Niemi" in page) == (asked != "annamaija")
    assert "Laine" not in page


@pytest.mark.parametrize("asked", ["-", "'", "\u200b", " ", "´"])
def test_a_search_for_no_letter_finds_nobody(aino, aino_browser, asked):
    a_case(by=aino, last_name="Mäki-Niemi")

    assert "Mäki-Niemi" not in aino_browser.post("/clients/search/", {"q": asked}).content.decode()
