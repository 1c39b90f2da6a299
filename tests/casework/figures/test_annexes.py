"""A municipality's own rows of what goes with an application: put, corrected, withdrawn, with source and history."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from casework.figures import annexes
from casework.law.errors import InTheFuture
from casework.law.origins import Certainty
from casework.models import OwnAnnex, OwnFigure
from casework.models.own_annex import forget_own_annexes
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.casework.figures.making import TODAY, own_annex
from tests.people import browser_of, person

LIST = "/figures/annexes/"


def rows_of(benefit: str) -> dict[str, str]:
    listed = {found.code: rows for found, rows in annexes.listed(TODAY)}
    return {row.code: row.name for row in listed[benefit]}


@pytest.fixture
def bertta_browser(bertta):
    return browser_of(bertta)


def test_a_row_is_added_where_nothing_was_known(kaavi, bertta):
    own = own_annex("TTO", by=bertta)

    assert rows_of("TTO") == {own.code: "palkkatodistus"}
    assert own.as_rule().certainty is Certainty.OWN


def test_the_newest_row_of_a_code_is_in_use_and_all_stay(kaavi, bertta):
    own = own_annex("TTO", by=bertta)
    own_annex("TTO", own.code, name="palkkatodistus, 3 kuukautta", by=bertta)

    assert rows_of("TTO") == {own.code: "palkkatodistus, 3 kuukautta"}
    benefit = annexes.benefit_or_404("TTO", on=TODAY)
    assert [row.name for row in annexes.history_of(benefit, own.code)] == [
        "palkkatodistus, 3 kuukautta",
        "palkkatodistus",
    ]


def test_a_withdrawn_row_gives_way_to_the_shipped_one(kaavi, bertta):
    own_annex("TKE-T", "employer", name="työtodistus", by=bertta)
    assert rows_of("TKE-T")["employer"] == "työtodistus"

    own_annex("TKE-T", "employer", is_withdrawn=True, by=bertta)

    assert rows_of("TKE-T")["employer"] == "työnantajan kuvaus"


def test_what_is_not_asked_for_here_stays_on_the_page_that_can_correct_it(kaavi, bertta):
    own_annex("TKE-T", "employer", need="not_here", by=bertta)

    assert "employer" in rows_of("TKE-T")


def test_rows_of_one_municipality_are_not_those_of_another(kaavi, bertta, tuusniemi):
    own_annex("TTO", by=bertta)

    with in_municipality("tuusniemi"):
        assert rows_of("TTO") == {}


def test_nobody_has_checked_it_tomorrow(kaavi, bertta):
    with pytest.raises(InTheFuture):
        own_annex("TTO", checked_on=TODAY + timedelta(days=1), by=bertta)


def test_a_coordinator_puts_no_row(kaavi, aino):
    with pytest.raises(PermissionDenied):
        own_annex("TTO", by=aino)


def test_what_was_read_in_a_statute_is_not_found_for_correcting(kaavi):
    benefit = annexes.benefit_or_404("KT", on=TODAY)

    with pytest.raises(Http404):
        annexes.annex_or_404(benefit, "plan", on=TODAY)


def test_what_was_written_in_words_before_becomes_a_row_whose_need_is_not_verified(kaavi, bertta):
    known = {"valid_from": date(2026, 1, 1), "source": "oma", "checked_on": TODAY, "written_by": bertta}
    OwnFigure.objects.create(figure="annex.TAK", value="A-lausunto", **known)
    OwnFigure.objects.create(figure="annex.TAK", value="eläkepäätös", **known)
    OwnFigure.objects.create(figure="annex.KR", value="", **known)

    import_module("casework.migrations.0050_annexes").move_own_annexes(apps, None)

    forget_own_annexes()
    assert list(rows_of("TAK").values()) == ["eläkepäätös"]
    assert [(row.benefit_code, row.need, row.source) for row in OwnAnnex.objects.all()] == [("TAK", "unknown", "oma")]


# --- the pages --------------------------------------------------------------------------------------------------


def test_a_supervisor_corrects_a_row_and_the_page_shows_whose_it_is(kaavi, bertta, bertta_browser):
    url = reverse("figure_annex", args=["TKE-T", "statement"])
    form = bertta_browser.get(url).context["form"]
    assert (form["name"].value(), form["kind"].value(), form["months"].value()) == ("B-lausunto", "B", 6)

    typed = {"name": "B-lausunto", "kind": "B", "need": "needed", "months": "3", "source": "Kevan kirje"}
    page = bertta_browser.post(url, typed | {"checked_on": "2026-11-20"}, follow=True)

    assert "Kevan kirje" in page.text
    assert "kunnan oma" in page.text
    assert (OwnAnnex.objects.get().months, OwnAnnex.objects.get().written_by) == (3, bertta)
    assert "Kevan kirje" in bertta_browser.get(url).text  # the history below the form


def test_a_row_needs_its_source_and_its_day(kaavi, bertta_browser):
    url = reverse("figure_annex_new", args=["TTO"])

    page = bertta_browser.post(url, {"name": "palkkatodistus", "need": "needed"})

    assert sorted(page.context["form"].errors) == ["checked_on", "source"]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.PORTAL_ADMIN])
def test_supervisors_and_administrators_open_it(kaavi, role):
    assert browser_of(person("Pirkko", role)).get(LIST).status_code == 200


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TEAM_MEMBER, Role.PRIVACY_OFFICER])
def test_others_do_not(kaavi, role):
    browser = browser_of(person("Somebody", role))

    for url in (LIST, reverse("figure_annex_new", args=["TTO"]), reverse("figure_annex", args=["TKE-T", "statement"])):
        assert browser.get(url).status_code == 403


def test_a_benefit_or_a_row_that_nobody_knows_has_no_page(kaavi, bertta_browser):
    for keys in (["XXX", "statement"], ["TKE-T", "plan"], ["KT", "plan"]):
        assert bertta_browser.get(reverse("figure_annex", args=keys)).status_code == 404


def test_the_list_asks_few_questions(kaavi, bertta, bertta_browser, django_assert_max_num_queries):
    for _row in range(3):
        own_annex("TTO", by=bertta)

    with django_assert_max_num_queries(8):
        assert bertta_browser.get(LIST).text.count("ei ole varmistanut") == 6  # seven without TTO
