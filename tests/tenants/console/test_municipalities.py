"""The console's pages about municipalities."""

import pytest
from django.urls import reverse

from tenants import provisioning
from tenants.audit.models import AccessEntry
from tenants.models import Municipality
from tests.people import browser_of

CONSOLE = "deploy.urls_console"
JUUKA = {
    "name": "Juuka",
    "business_id": "0172718-0",
    "schema_name": "juuka",
    "domain": "juuka.localhost",
    "admin_email": "jaana@juuka.example",
}


@pytest.fixture
def oiva_browser(console, oiva):
    return browser_of(oiva)


def address(name: str, *args: object) -> str:
    return reverse(name, args=args, urlconf=CONSOLE)


def test_the_list_shows_every_municipality_with_its_state(oiva_browser):
    page = oiva_browser.get(address("municipality_list")).content.decode()

    for name in ("Varkaus", "Kaavi", "Tuusniemi", "Rautavaara"):
        assert name in page


def test_adding_writes_a_request_and_shows_its_progress(oiva_browser):
    answer = oiva_browser.post(address("municipality_add"), JUUKA, follow=True)

    assert Municipality.objects.get(schema_name="juuka").state == Municipality.State.REQUESTED
    assert "hx-trigger" in answer.content.decode()
    assert AccessEntry.objects.get().action == "municipality.requested"


@pytest.mark.parametrize(
    ("field", "value"),
    [("schema_name", "Ei Näin"), ("business_id", "0172718-1"), ("admin_email", "jaana"), ("name", "")],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_written(oiva_browser, field, value):
    answer = oiva_browser.post(address("municipality_add"), {**JUUKA, field: value})

    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Municipality.objects.filter(name="Juuka").exists()


def test_a_municipality_that_is_here_already_is_refused(oiva_browser):
    answer = oiva_browser.post(address("municipality_add"), {**JUUKA, "name": "Kaavi"})

    assert "error-summary" in answer.content.decode()
    assert Municipality.objects.filter(name="Kaavi").count() == 1


def test_a_failed_set_up_can_be_tried_again_or_withdrawn(oiva_browser):
    juuka = provisioning.request(**JUUKA)
    Municipality.objects.filter(pk=juuka.pk).update(state=Municipality.State.FAILED, failure="OperationalError")
    assert "OperationalError" in oiva_browser.get(address("municipality", "juuka")).content.decode()

    oiva_browser.post(address("municipality_retry", "juuka"))
    juuka.refresh_from_db()
    assert juuka.state == Municipality.State.REQUESTED

    oiva_browser.post(address("municipality_withdraw", "juuka"))
    assert not Municipality.objects.filter(schema_name="juuka").exists()


def test_a_municipality_in_use_cannot_be_withdrawn(oiva_browser):
    oiva_browser.post(address("municipality_withdraw", "kaavi"))

    assert Municipality.objects.filter(schema_name="kaavi").exists()
    assert Municipality.objects.get(schema_name="kaavi").domains.exists()


@pytest.mark.parametrize("name", ["municipality_list", "municipality_add"])
def test_finance_may_not_open_them(console, fiona, name):
    assert browser_of(fiona).get(address(name)).status_code == 403


def test_a_coordinators_session_is_nothing_on_the_console(kaavi, aino):
    answer = browser_of(aino).get(address("municipality_list"), headers={"host": "console.localhost"})

    assert answer.status_code == 302


def test_the_list_asks_the_same_number_of_queries_however_many_there_are(oiva_browser, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        oiva_browser.get(address("municipality_list"))
