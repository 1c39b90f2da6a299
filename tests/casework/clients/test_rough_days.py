"""Since when somebody is ill is known roughly: pages, papers and the history say the year, and no day in it."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from casework.clients import illnesses
from casework.clients.illnesses import IllnessDetails
from casework.law.errors import BeforeBirth, InTheFuture
from casework.models import Decision, Evidence, Illness, NetworkPerson, OtherBenefit, TargetGroup
from casework.timeline import corrections
from tenants.rough_columns import RoughDayField
from tenants.rough_days import Precision, RoughDay, parse
from tests.casework.cases.making import BORN, a_case
from tests.conftest import NOON

YEAR = parse("2015")
migration = import_module("casework.migrations.0041_rough_days")


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


def ill(case, since, *, by) -> Illness:
    return illnesses.add(case=case, details=IllnessDetails(name="Iskias", since=since), by=by, at=NOON)


@pytest.mark.parametrize("typed", ["2015", "5/2015", "1.5.2015"])
def test_an_illness_keeps_how_exactly_its_beginning_is_known(case, aino, typed):
    ill(case, parse(typed), by=aino)

    assert Illness.objects.get().since == parse(typed)


def test_saving_the_day_alone_saves_how_exactly_it_is_known(case, aino):
    illness = ill(case, parse("1.5.2015"), by=aino)

    illness.since = YEAR
    illness.save_version("since")

    assert Illness.objects.get().since == YEAR


def test_a_year_may_be_that_of_birth_and_this_one(case, aino):
    assert ill(case, parse(str(BORN.year)), by=aino).since
    assert ill(case, parse("2026"), by=aino).since
    with pytest.raises(BeforeBirth):
        ill(case, parse(str(BORN.year - 1)), by=aino)
    with pytest.raises(InTheFuture):
        ill(case, parse("12/2026"), by=aino)


def test_the_history_tells_a_year_as_a_year(case, aino):
    illness = ill(case, YEAR, by=aino)
    exact = IllnessDetails(name="Iskias", since=parse("1.1.2015"))

    illnesses.change(case=case, illness=illness, details=exact, version=1, by=aino, at=NOON)

    [earlier] = corrections.of_row(illness)
    assert [(old.label, old.said) for old in earlier.olds] == [("Alkaen", "2015")]
    assert ("Alkaen", "1.1.2015") in [(old.label, old.said) for old in corrections.standing(Illness.objects.get())]


def test_the_form_takes_a_year_and_the_page_shows_it(case, aino, aino_browser):
    address = reverse("illness_add", args=[case.number])

    refused = aino_browser.post(address, {"name": "Iskias", "since": "joskus 2015"})
    aino_browser.post(address, {"name": "Iskias", "since": "2015"})

    assert list(refused.context["form"].errors) == ["since"]
    page = aino_browser.get(reverse("case_basics", args=[case.number])).text
    assert "vuodesta 2015" in page
    assert "1.1.2015" not in page
    assert (
        'value="2015"' in aino_browser.get(reverse("illness_edit", args=[case.number, Illness.objects.get().pk])).text
    )


# --- in the database ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "precision"),
    [
        (date(2015, 5, 1), "year"),
        (date(2015, 1, 2), "year"),
        (date(2015, 5, 2), "month"),
        (date(2015, 2, 1), "unclear"),
        (date(2015, 5, 1), "about"),
        (None, "year"),
    ],
)
def test_the_database_takes_only_the_first_day_of_what_is_known(case, aino, first, precision):
    ill(case, parse("1.1.2015"), by=aino)

    with pytest.raises(IntegrityError), transaction.atomic():
        Illness.objects.update(since=first, since_precision=precision)


def test_every_rough_day_has_its_precision_and_its_rule():
    rough = {
        (model, field.name)
        for model in apps.get_app_config("casework").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, RoughDayField)
    }

    assert rough == {
        (Illness, "since"),
        (TargetGroup, "since"),
        (NetworkPerson, "ended_on"),
        (Evidence, "dated_on"),
        (Decision, "granted_from"),
        (OtherBenefit, "paid_from"),
        (OtherBenefit, "paid_until"),
    }
    for model, name in rough:
        assert model._meta.get_field(f"{name}_precision")
        assert any(f"{name}_precision" in str(rule) for rule in model._meta.constraints)


# --- what was written before --------------------------------------------------------------------------------------


@pytest.fixture
def from_before(case, aino):
    """Two illnesses as code from before wrote them: their days, without how exactly they are known."""
    ill(case, parse("1.1.2015"), by=aino)
    ill(case, parse("1.5.2015"), by=aino)
    with connection.schema_editor() as editor:
        migration.ask_of_firsts_of_january(apps, editor)
    return case


def test_of_a_first_of_january_from_before_only_the_year_is_told(from_before):
    exactly = {illness.since.first: illness.since.precision for illness in Illness.objects.all()}

    assert exactly == {date(2015, 1, 1): Precision.UNCLEAR, date(2015, 5, 1): Precision.DAY}


def test_the_page_asks_what_it_means_until_somebody_says(from_before, aino, aino_browser):
    page = reverse("case_basics", args=[from_before.number])
    assert "1.1.2015 vai vain vuosi?" in aino_browser.get(page).text

    unclear = next(illness for illness in Illness.objects.all() if illness.since.is_unclear)
    answer = {"name": unclear.name, "since": "1.1.2015", "version": unclear.version}
    aino_browser.post(reverse("illness_edit", args=[from_before.number, unclear.pk]), answer)

    assert Illness.objects.get(pk=unclear.pk).since == RoughDay(date(2015, 1, 1))
    assert "vai vain vuosi?" not in aino_browser.get(page).text
