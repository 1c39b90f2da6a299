"""The page of figures: who opens it, what it says of each figure, and correcting one."""

import pytest

from casework.models import OwnFigure
from tenants.accounts.permissions import Role
from tests.casework.applications.making import application_at
from tests.casework.figures.making import own_figure
from tests.people import browser_of, person

LIST = "/figures/"
PSYCHOLOGIST = "/figures/answer.psychologist/"


def typed(**others: str) -> dict[str, str]:
    return {
        "value": "60",
        "valid_from": "2026-01-01",
        "source": "oma kokemus 2025",
        "checked_on": "2026-11-20",
    } | others


@pytest.fixture
def bertta_browser(bertta):
    return browser_of(bertta)


def test_a_supervisor_corrects_a_figure_and_the_page_shows_whose_it_is(bertta, bertta_browser):
    shown = bertta_browser.get(LIST)
    assert "kokemustieto, ei tarkistettu" in shown.text
    titles = [str(panel.title) for panel in shown.context["panels"]]
    assert len(titles) == len(set(titles)) == 6

    page = bertta_browser.post(PSYCHOLOGIST, typed(), follow=True)

    assert "oma kokemus 2025" in page.text
    assert "kunnan oma" in page.text
    row = OwnFigure.objects.get()
    assert (row.figure, row.value, row.written_by) == ("answer.psychologist", "60", bertta)
    assert "oma kokemus 2025" in bertta_browser.get(PSYCHOLOGIST).text  # the history below the form


def test_a_wrong_number_is_said_at_its_field(kaavi, bertta_browser):
    page = bertta_browser.post(PSYCHOLOGIST, typed(value="kuusi viikkoa"))

    assert list(page.context["form"].errors) == ["value"]
    assert not OwnFigure.objects.exists()


def test_a_figure_needs_its_source_and_its_day(kaavi, bertta_browser):
    page = bertta_browser.post(PSYCHOLOGIST, typed(source="", checked_on=""))

    assert sorted(page.context["form"].errors) == ["checked_on", "source"]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.PORTAL_ADMIN])
def test_supervisors_and_administrators_open_it(kaavi, role):
    assert browser_of(person("Pirkko", role)).get(LIST).status_code == 200


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TEAM_MEMBER, Role.PRIVACY_OFFICER])
def test_others_do_not(kaavi, role):
    browser = browser_of(person("Somebody", role))

    assert browser.get(LIST).status_code == browser.post(PSYCHOLOGIST, typed()).status_code == 403


def test_a_figure_that_is_law_has_no_page(kaavi, bertta_browser):
    assert bertta_browser.get("/figures/retention.case/").status_code == 404


def test_the_list_asks_few_questions(kaavi, bertta, bertta_browser, django_assert_max_num_queries):
    for days in ("50", "60", "70"):
        own_figure("answer.B", days, by=bertta)

    with django_assert_max_num_queries(8):
        bertta_browser.get(LIST)


def test_the_page_of_an_application_shows_which_figure_is_the_municipality_s_own(kaavi, aino, bertta, aino_browser):
    own_figure("usual.TKE-T.pension_insurer.new", "100", source="oma mediaani", by=bertta)
    application = application_at("filed", by=aino)

    text = aino_browser.get(application.get_absolute_url()).text

    assert "oma mediaani" in text
    assert "kunnan oma" in text
