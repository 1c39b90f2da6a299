"""Pages about consents, handing documents over and a client's withdrawal, as people use them and as they may not."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.consents import urls as urls_consents
from casework.models import AgendaItem, Case, Consent, Disclosure, Document, Task
from casework.models.consent import Partner, Purpose
from casework.withdrawals import urls as urls_withdrawals
from tenants.accounts.permissions import Permission, Role
from tenants.scope import in_municipality
from tests.casework.applications.making import a_decision, application_at
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_consent, a_paper, handed_over, taken_back
from tests.casework.consents.test_actions import on_the_agenda
from tests.casework.withdrawals.test_actions import a_visit
from tests.conftest import NOON
from tests.people import PortalClient, browser_of, person

TODAY = date(2026, 11, 23)
BUDGET = 15
ROUTES: dict[str, Any] = {
    str(pattern.name): pattern for pattern in (*urls_consents.urlpatterns, *urls_withdrawals.urlpatterns)
}
FOR_SEEING = {"case_disclosures"}
PLACE = "Salainen talo 5"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES = tmp_path


@pytest.fixture
def aino(kaavi):
    return person("Aino", Role.COORDINATOR, language="en")


@pytest.fixture
def web(aino, time_is) -> PortalClient:
    time_is(NOON)
    return browser_of(aino)


@pytest.fixture
def case(aino) -> Case:
    return a_case(by=aino)


@pytest.fixture
def keys(case, aino) -> dict[str, Any]:
    document, consent = a_paper(case, by=aino), a_consent(case, by=aino)
    return {
        "case_number": case.number,
        "document_id": document.pk,
        "consent_id": consent.pk,
        "disclosure_id": handed_over(document, by=aino).pk,
    }


def url(name: str, keys: dict[str, Any]) -> str:
    return reverse(name, kwargs={key: keys[key] for key in ROUTES[name].pattern.converters})


def basics(web: PortalClient, case: Case) -> str:
    return web.get(reverse("case_basics", args=[case.number])).content.decode()


# Consents


def test_a_consent_is_added_and_shown_in_the_panel_and_in_the_head(case, web):
    typed = {"partner": "employer", "partner_name": "Rakennus Oy", "purpose": "hand_over", "way": "written"}
    days = {"given_on": "2026-11-01", "valid_until": "2026-12-01"}

    answer = web.post(reverse("consent_add", args=[case.number]), typed | days)

    assert answer.headers["Location"] == reverse("case_basics", args=[case.number])
    page = basics(web, case)
    for words in ("Employer – Hand over documents about me", "Rakennus Oy", "Ends soon", "Employer until 1.12.2026"):
        assert words in page
    assert "1 valid" in web.get(reverse("case", args=[case.number])).content.decode()


def test_the_head_of_a_case_without_consents_says_so(case, web, aino):
    assert "None" in basics(web, case)
    taken_back(case, a_consent(case, by=aino), by=aino)
    a_consent(case, Partner.TEAM, by=aino, valid_until=TODAY - timedelta(1))

    page = basics(web, case)

    assert "valid</" not in page
    for words in ("Ended", "Taken back"):
        assert words in page


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(case, web):
    address = reverse("consent_add", args=[case.number])
    typed = {"partner": "employer", "purpose": "hand_over", "way": "spoken", "given_on": "2026-11-01"}

    page = web.post(address, typed).content.decode()
    asked = "How it was given: For this partner the law asks for a consent in writing"
    assert f"{asked} (380/2023 118 §, checked in the statute 22.11.2026)." in page
    page = web.post(address, typed | {"way": "written"}).content.decode()
    assert "Who exactly: Say who exactly" in page
    page = web.post(address, typed | {"partner": "kela", "given_on": "2026-11-24"}).content.decode()
    assert "Given on: The day is in the future. Give today or an earlier day." in page
    page = web.post(address, {"partner": "x", "purpose": "y", "way": "z", "given_on": "soon"}).content.decode()
    assert page.count("ds-validation-message") >= 4
    assert not Consent.objects.exists()


def test_a_paper_of_another_case_signs_nothing(case, web, aino):
    other = a_paper(a_case(by=aino), Document.Kind.CONSENT, by=aino)
    typed = {"partner": "kela", "purpose": "discuss", "way": "written", "given_on": "2026-11-01"}

    answer = web.post(reverse("consent_add", args=[case.number]), typed | {"document": other.pk})

    assert answer.status_code == 200
    assert not Consent.objects.exists()


def test_before_a_consent_is_taken_back_the_page_says_what_that_stops(case, web, aino, bertta):
    consent = a_consent(case, Partner.TEAM, Purpose.DISCUSS, by=aino)
    item = on_the_agenda(case, chair=bertta)
    address = reverse("consent_withdraw", args=[case.number, consent.pk])

    asked = web.get(address).content.decode()
    assert "24.11.2026" in asked
    assert "Bertta" in asked
    answer = web.post(address, {"on": "2026-11-23", "version": 1})

    assert answer.headers["Location"] == reverse("case_basics", args=[case.number])
    assert AgendaItem.objects.get(pk=item.pk).is_withdrawn
    assert Task.objects.filter(assignee=bertta).count() == 1


def test_two_who_edit_one_consent_are_told(case, web, aino):
    consent = a_consent(case, by=aino)
    Consent.objects.update(version=2)

    page = web.post(
        reverse("consent_withdraw", args=[case.number, consent.pk]), {"on": "2026-11-23", "version": 1}
    ).content.decode()

    assert "Somebody else changed this" in page
    assert Consent.objects.get().withdrawn_on is None


def test_a_power_of_attorney_stands_in_the_panel_with_its_last_day(case, web, aino):
    a_paper(case, Document.Kind.POWER_OF_ATTORNEY, by=aino, valid_until=date(2026, 12, 10))

    page = basics(web, case)

    assert "Power of attorney" in page
    assert "until 10.12.2026" in page
    assert "Ends soon" in page


# Handing over


def test_without_consent_the_form_says_how_to_mend_it(case, web, aino):
    document = a_paper(case, by=aino)
    address = reverse("disclosure_new", args=[case.number, document.pk])
    typed = {"partner": "kela", "recipient": "Kela, Kuopio", "on": "2026-11-23", "ground": "consent"}

    page = web.post(address, typed).content.decode()

    assert "To whom: The client&#x27;s consent is missing: Kela – Hand over documents about me." in page
    assert f"{reverse('consent_add', args=[case.number])}?purpose=hand_over" in page
    assert not Disclosure.objects.exists()


def test_what_is_handed_over_is_on_the_list_and_on_the_timeline_without_the_receivers_name(case, web, aino):
    document = a_paper(case, by=aino)
    a_consent(case, by=aino)
    typed = {"partner": "kela", "recipient": "Pirkko, Kela", "on": "2026-11-23", "ground": "consent"}

    answer = web.post(reverse("disclosure_new", args=[case.number, document.pk]), typed)

    listed = web.get(answer.headers["Location"]).content.decode()
    for words in ("Pirkko, Kela", "23.11.2026", "Consent given 1.9.2026", "Aino", "B statement"):
        assert words in listed
    told = web.get(reverse("case_timeline", args=[case.number])).content.decode()
    assert "Document handed over" in told
    assert "Kela. Ground:" in told
    assert "Pirkko" not in told


def test_a_provision_of_law_that_does_not_reach_the_receiver_is_refused_at_the_field(case, web, aino):
    address = reverse("disclosure_new", args=[case.number, a_paper(case, by=aino).pk])
    typed = {"partner": "employer", "recipient": "Rakennus Oy", "on": "2026-11-23", "ground": "381/2023 15 §"}

    page = web.post(address, typed).content.decode()

    assert "On which ground: Necessary exchange" in page
    assert web.post(address, typed | {"partner": "health_care"}).status_code == 302


def test_an_infected_file_is_not_handed_over(case, web, aino):
    document = a_paper(case, by=aino)
    a_consent(case, by=aino)
    Document.objects.update(scan_state=Document.ScanState.INFECTED)
    address = reverse("disclosure_new", args=[case.number, document.pk])
    typed = {"partner": "kela", "recipient": "Kela", "on": "2026-11-23", "ground": "consent"}

    assert "This file is not handed over to anybody." in web.get(address).content.decode()
    assert web.post(address, typed).status_code == 200
    assert not Disclosure.objects.exists()


def test_the_list_of_documents_leads_to_handing_over(case, web, aino):
    document = a_paper(case, by=aino)

    page = web.get(reverse("case_documents", args=[case.number])).content.decode()

    assert reverse("disclosure_new", args=[case.number, document.pk]) in page


# Withdrawal


def text_of(answer: Any) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def test_under_a_protective_order_neither_page_nor_paper_tells_where(aino, web):
    hidden: dict[str, Any] = {"street": PLACE, "city": "Piilola", "phone": "040 999 8888"}
    case = a_case(by=aino, language="en", protective_order_source="The client", **hidden)
    a_visit(case, by=aino)
    document, consent = a_paper(case, by=aino), a_consent(case, by=aino)
    keys = {
        "case_number": case.number,
        "document_id": document.pk,
        "consent_id": consent.pk,
        "disclosure_id": handed_over(document, by=aino).pk,
    }

    answers = {name: web.get(url(name, keys)) for name in ROUTES}

    papers = [text_of(answers.pop(name)) for name in ("withdrawal_paper", "consent_paper")]
    for secret in ("Salainen", "Piilola", "040 999", "Kaavi", "Old school", "kaavi.example"):
        assert not any(secret in paper for paper in papers)
    for name, answer in answers.items():
        assert "Protective order" in answer.content.decode(), name
        assert not any(secret in answer.content.decode() for secret in ("Salainen", "Piilola", "040 999", "Old school"))


# Doors


def test_every_route_is_only_for_work_but_the_list():
    for name, pattern in ROUTES.items():
        wanted = Permission.SEE_CASE if name in FOR_SEEING else Permission.WORK_CASE
        assert wanted in pattern.callback.permissions


def test_the_outsider_finds_nothing(keys, cecilia, tuusniemi, subtests):
    with in_municipality(tuusniemi):
        browser = browser_of(cecilia)

    for name in sorted(ROUTES):
        with subtests.test(name):
            assert {ask(url(name, keys)).status_code for ask in (browser.get, browser.post)} <= {404, 405}


def test_who_has_another_role_is_refused(keys, paula, daavid, subtests):
    for browser in (browser_of(paula), browser_of(daavid)):
        for name in sorted(ROUTES):
            with subtests.test(name):
                assert {ask(url(name, keys)).status_code for ask in (browser.get, browser.post)} <= {403, 404, 405}


def test_somebody_elses_case_asks_for_a_reason(keys, bertta, subtests):
    browser = browser_of(bertta)

    for name in sorted(ROUTES):
        with subtests.test(name):
            asked = browser.get(url(name, keys)).headers["Location"]
            assert asked.startswith(reverse("case_reason", args=[keys["case_number"]]))


def test_a_member_of_the_team_reads_and_gets_no_buttons(case, keys, daavid, aino):
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    browser = browser_of(daavid)

    page = basics(browser, case)

    assert browser.get(url("case_disclosures", keys)).status_code == 200
    for name in ("consent_add", "consent_withdraw", "case_withdraw"):
        assert url(name, keys) not in page


@pytest.mark.parametrize("name", ["consent_withdraw", "disclosure_new"])
def test_what_belongs_to_another_case_is_not_found_here(keys, web, aino, name):
    other = a_case(by=aino)

    assert web.get(url(name, keys | {"case_number": other.number})).status_code == 404


@pytest.mark.parametrize("name", ["case_basics", *sorted(ROUTES)])
def test_a_page_asks_few_questions_however_much_there_is(
    case, keys, web, aino, bertta, django_assert_max_num_queries, name
):
    a_consent(case, Partner.TEAM, Purpose.DISCUSS, by=aino)
    for number in range(6):
        a_consent(case, Partner.RELATIVE, partner_name=str(number), by=aino)
        on_the_agenda(case, chair=bertta)
        a_visit(case, by=aino)
        tasks.add(case=case, title=str(number), due_on=TODAY, assignee=aino, by=aino, at=NOON)
        handed_over(Document.objects.get(pk=keys["document_id"]), recipient=str(number), by=aino)
    for _ in range(3):
        a_decision(application=application_at("filed", case=case, by=aino), by=aino)
    address = reverse(name, args=[case.number]) if name == "case_basics" else url(name, keys)

    web.get(address)  # renews the session
    more = {"case_withdraw": 1, "withdrawal_paper": 2}  # what is open of nine kinds, and what became of it
    with django_assert_max_num_queries(BUDGET + more.get(name, 0)):
        assert web.get(address).status_code == 200
