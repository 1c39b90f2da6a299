"""The page of a reader opens one draft and nothing else of its case, for the reader and while it lasts only."""

from typing import Any

import pytest
from django.urls import reverse

from casework.appeals import actions as appeals
from casework.cases.door import GIVEN_REASON
from casework.models import Appeal, Case, ReadingRemark, ReadingRequest
from casework.readings import actions as readings
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tests.casework.appeals.making import an_appeal_of
from tests.casework.cases.making import a_case
from tests.casework.descriptions.making import a_description
from tests.casework.readings.making import a_reading
from tests.conftest import NOON
from tests.people import browser_of, person


@pytest.fixture
def case(aino) -> Case:
    return a_case(by=aino)


@pytest.fixture
def ilona(kaavi) -> User:
    return person("Ilona", Role.COORDINATOR)


@pytest.fixture
def appeal(case, aino) -> Appeal:
    begun = an_appeal_of(case, by=aino)
    said: dict[str, Any] = {"demand": "Muutetaan.", "grounds": "Selkä ei kestä.", "version": begun.version}
    return appeals.edit(appeal=begun, **said, by=aino, at=NOON)


@pytest.fixture
def reading(appeal, aino, ilona) -> ReadingRequest:
    return a_reading(appeal, reader=ilona, by=aino, question="Onko tämä selvä?")


def asks_why(answer: Any) -> bool:
    return answer.status_code == 302 and "/reason/" in answer.headers["Location"]


def test_the_reader_reads_that_draft_without_a_reason_and_the_look_is_logged(case, reading, ilona):
    page = browser_of(ilona).get(reading.get_absolute_url())

    assert "Selkä ei kestä." in page.text
    assert "Onko tämä selvä?" in page.text
    assert case.client.last_name not in page.text
    logged = AccessEntry.objects.filter(actor=ilona.pk, action="reading.seen").values_list("subject", flat=True)
    assert list(logged) == [case.number]


def test_the_reading_opens_nothing_else_of_the_case(case, appeal, reading, ilona):
    browser = browser_of(ilona)
    browser.get(reading.get_absolute_url())

    for name in ("case", "case_timeline", "case_basics", "case_applications", "case_documents"):
        assert asks_why(browser.get(reverse(name, args=[case.number]))), name
    assert asks_why(browser.get(appeal.get_absolute_url()))


def test_a_colleague_without_a_reason_is_asked_why_and_one_with_a_reason_is_led_to_the_draft(case, reading, bertta):
    browser = browser_of(bertta)
    assert asks_why(browser.get(reading.get_absolute_url()))
    assert asks_why(browser.post(reverse("reading_take_back", args=[case.number, reading.pk])))

    why = "Aino on lomalla tämän viikon."
    access_log.record(by=bertta, action=GIVEN_REASON, subjects=[Subject("case", case.number)], reason=why)
    answer = browser.get(reading.get_absolute_url())

    assert answer.headers["Location"] == reading.draft_url


def test_who_asked_is_led_to_the_draft(reading, aino_browser):
    assert aino_browser.get(reading.get_absolute_url()).headers["Location"] == reading.draft_url


@pytest.mark.parametrize("role", [Role.PORTAL_ADMIN, Role.PRIVACY_OFFICER])
def test_who_does_no_casework_is_refused(reading, role):
    assert browser_of(person("Somebody", role)).get(reading.get_absolute_url()).status_code == 403


def test_a_doctor_of_no_team_and_the_neighbour_find_nothing(reading, daavid, cecilia, tuusniemi):
    assert browser_of(daavid).get(reading.get_absolute_url()).status_code == 404
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(reading.get_absolute_url()).status_code == 404


def test_after_the_reading_the_reader_is_asked_why_like_any_colleague(case, reading, ilona):
    browser = browser_of(ilona)

    browser.post(reverse("reading_finish", args=[case.number, reading.pk]))

    assert asks_why(browser.get(reading.get_absolute_url()))
    assert asks_why(browser.post(reading.get_absolute_url(), {"field": "demand", "text": "Vielä."}))
    assert not ReadingRemark.objects.exists()


def filed(appeal: Appeal) -> None:
    Appeal.objects.filter(pk=appeal.pk).update(state="filed", filed_on=NOON.date())


def taken_back(appeal: Appeal) -> None:
    Appeal.objects.filter(pk=appeal.pk).update(removed_at=NOON, removed_by=appeal.decision.application.case.coordinator)


def closed(appeal: Appeal) -> None:
    Case.objects.update(closed_on=NOON.date(), outcome="work")


@pytest.mark.parametrize("goes", [filed, taken_back, closed])
def test_a_draft_that_went_by_another_road_is_closed_for_the_reader_although_nobody_ended_the_reading(
    appeal, reading, ilona, goes
):
    goes(appeal)

    answer = browser_of(ilona).get(reading.get_absolute_url())

    assert "Selkä ei kestä." not in answer.text
    assert ReadingRequest.objects.get().is_asked


def test_what_is_taken_back_is_closed_for_the_reader(case, reading, ilona, aino_browser):
    aino_browser.post(reverse("reading_take_back", args=[case.number, reading.pk]))

    assert asks_why(browser_of(ilona).get(reading.get_absolute_url()))


def test_remarks_stand_beside_the_text_and_say_when_it_has_changed(case, appeal, reading, aino, ilona, aino_browser):
    browser_of(ilona).post(reading.get_absolute_url(), {"field": "grounds", "text": "Lisää esimerkki arjesta."})

    page = aino_browser.get(appeal.get_absolute_url())
    assert "Lisää esimerkki arjesta." in page.text
    assert "Tekstiä on muutettu" not in page.text

    appeals.edit(appeal=appeal, demand=appeal.demand, grounds="Uusi teksti.", version=appeal.version, by=aino, at=NOON)
    page = aino_browser.get(appeal.get_absolute_url())
    assert "Tekstiä on muutettu" in page.text
    assert "Selkä ei kestä." in page.text


def test_open_remarks_are_a_hint_before_filing_and_block_nothing(case, appeal, reading, ilona, aino_browser):
    readings.remark(reading=reading, field="demand", text="Liian lyhyt.", by=ilona, at=NOON)
    address = reverse("appeal_file", args=[case.number, appeal.pk])

    assert "Merkitsemättä tehdyksi: 1 työkaverin huomautus." in aino_browser.get(address).text
    typed = {"filed_on": NOON.date(), "version": appeal.version}
    assert aino_browser.post(address, typed).status_code == 302
    assert Appeal.objects.get().is_filed
    assert "Liian lyhyt." in aino_browser.get(appeal.get_absolute_url()).text


def test_a_remark_is_marked_as_done_on_the_page_of_the_draft(case, appeal, reading, ilona, aino_browser):
    remark = readings.remark(reading=reading, field="demand", text="Liian lyhyt.", by=ilona, at=NOON)

    aino_browser.post(reverse("reading_settle", args=[case.number, reading.pk, remark.pk]))

    assert ReadingRemark.objects.get().is_settled
    assert "huomautus" not in aino_browser.get(reverse("appeal_file", args=[case.number, appeal.pk])).text


def test_the_reader_neither_takes_the_reading_back_nor_settles_what_they_remarked(case, reading, ilona):
    remark = readings.remark(reading=reading, field="demand", text="Liian lyhyt.", by=ilona, at=NOON)
    browser, keys = browser_of(ilona), [case.number, reading.pk]

    for name in ("reading_settle", "reading_unsettle"):
        assert asks_why(browser.post(reverse(name, args=[*keys, remark.pk]))), name
    assert asks_why(browser.post(reverse("reading_take_back", args=keys)))

    assert not ReadingRemark.objects.get().is_settled
    assert ReadingRequest.objects.get().is_asked


def test_a_description_is_given_to_a_colleague_on_its_page(case, aino, ilona, aino_browser):
    description = a_description(case=case, by=aino, health="Selkä.")
    address = reverse("reading_of_description", args=[case.number, description.pk])
    assert address in aino_browser.get(description.get_absolute_url()).text

    page = aino_browser.post(address, {"reader": ilona.pk, "due_on": "2026-11-27"}, follow=True)

    assert "Ilona" in page.text
    assert "luettava viimeistään 27.11.2026" in page.text
    assert "Selkä." in browser_of(ilona).get(ReadingRequest.objects.get().get_absolute_url()).text


def test_the_draft_stands_on_the_reader_s_today_with_the_way_to_it(reading, ilona):
    page = browser_of(ilona).get("/")

    assert reading.get_absolute_url() in page.text
    assert "Lue luonnos" in page.text


def test_a_reader_who_has_left_is_named_as_such(appeal, reading, ilona, aino_browser):
    ilona.is_active = False
    ilona.save()

    assert "ei ole enää täällä töissä" in aino_browser.get(appeal.get_absolute_url()).text


def test_what_the_reader_types_is_kept_and_nothing_else_of_the_case(case, appeal, reading, ilona):
    browser = browser_of(ilona)

    def keep(place: str) -> int:
        return int(browser.post(reverse("draft_save"), {"place": place, "content": "text=Lyhyt"}).status_code)

    assert keep(reading.get_absolute_url()) == 200
    assert keep(reverse("appeal_edit", args=[case.number, appeal.pk])) == 409


def test_the_pages_ask_few_questions(case, appeal, reading, ilona, aino_browser, django_assert_max_num_queries):
    for number in range(4):
        readings.remark(reading=reading, field="demand", text=f"Huomautus {number}", by=ilona, at=NOON)

    ilonas = browser_of(ilona)

    with django_assert_max_num_queries(13):
        ilonas.get(reading.get_absolute_url())
    with django_assert_max_num_queries(15):
        aino_browser.get(appeal.get_absolute_url())
