"""Feedback to who referred the client: only what is ticked, health only with a consent, kept and written down."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from outloud import check

from casework.models import Case, Disclosure, Document, Referral
from casework.services import actions as service_entries
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_consent, taken_back
from tests.casework.endings.making import closed, to
from tests.casework.feedback.making import a_case_was_referred
from tests.conftest import NOON
from tests.papers import read_docx, read_pdf
from tests.people import PortalClient, browser_of, person

TODAY = date(2026, 11, 23)
BUDGET = 15
LAW = "381/2023 15 §"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def aino(kaavi) -> User:
    return person("Aino", Role.COORDINATOR, language="en")


@pytest.fixture
def web(aino, time_is) -> PortalClient:
    time_is(NOON)
    return browser_of(aino)


@pytest.fixture
def case(aino) -> Case:
    return referred(aino)


def referred(aino: User, source: str = "employment", **client: Any) -> Case:
    """A case that began with a referral."""
    case = a_case(by=aino, **client)
    a_case_was_referred(case, source, by=aino)
    return case


def address(name: str, case: Case) -> str:
    return reverse(name, args=[case.number])


def typed(**others: Any) -> dict[str, Any]:
    known = {"recipient": "Leena Koski", "language": "fi", "on": "2026-11-23", "ground": LAW, "parts": ["received"]}
    return known | others


def printed(web: PortalClient, case: Case, **others: Any) -> str:
    answer = web.post(address("feedback_print", case), typed(**others))
    return " ".join(read_pdf(answer.content).text.split())


def sent(web: PortalClient, case: Case, **others: Any) -> Any:
    return web.post(address("feedback_new", case), typed(**others))


def test_it_tells_only_what_is_ticked(web, case, aino):
    for product in ("client_meeting", "doctor_visit"):
        known: dict[str, Any] = {"on": TODAY, "product": product, "minutes": 60, "what": "", "is_billable": True}
        service_entries.log(case=case, **known, by=aino, at=NOON)

    assert "Lähetteenne saapui" in printed(web, case)
    assert "Työkykykoordinaattori on Aino" not in printed(web, case)
    everything = printed(web, case, parts=["received", "taken_on", "done", "direction"], words="Kiitos lähetteestä.")
    assert "Aino" in everything
    assert "Asiakastapaaminen" in everything
    assert "Lääkäri" not in everything
    assert "Jatkosuunta ei ole vielä selvillä" in everything
    assert "Kiitos lähetteestä." in everything


def test_it_is_written_in_the_language_of_the_receiver(web, case, tmp_path):
    answer = web.post(address("feedback_print", case), typed(language="sv", parts=["received", "taken_on"]))

    (tmp_path / "paper.pdf").write_bytes(answer.content)
    assert read_pdf(answer.content).language == "sv"
    assert not [one for one in check(str(tmp_path / "paper.pdf")).findings if one.severity == "error"]
    word = web.post(address("feedback_print", case), typed(language="sv", word="word"))
    assert read_docx(word.content).languages == {"sv-FI"}


def test_sent_it_is_kept_with_its_hash_and_stands_on_the_list_of_what_was_handed_over(web, case):
    assert sent(web, case).status_code == 302

    document, disclosure = Document.objects.get(), Disclosure.objects.get()
    assert (disclosure.document, disclosure.partner, disclosure.basis_note) == (document, "employment", LAW)
    assert (disclosure.recipient, len(document.sha256)) == ("Leena Koski", 64)
    assert "Leena Koski" in web.get(address("case_disclosures", case)).text


def test_health_is_told_only_with_a_consent_that_counts_on_the_day(web, case, aino):
    health = {"health": "Selkä ei kestä nostamista."}
    assert "The client&#x27;s consent is missing" in web.post(address("feedback_print", case), typed(**health)).text
    assert "The client&#x27;s consent is missing" in sent(web, case, **health).text
    assert not Document.objects.exists()

    consent = a_consent(case, "employment", by=aino)

    assert "Selkä ei kestä nostamista." in printed(web, case, **health)
    taken_back(case, consent, on=TODAY, by=aino)
    assert "The client&#x27;s consent is missing" in sent(web, case, **health).text
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    "known",
    [
        {"direction": "pension"},
        {"direction": "rehabilitation"},
        {"outcome": "pension", "closed_on": TODAY},
        {"outcome": "died", "closed_on": TODAY},
    ],
)
def test_a_direction_or_an_end_that_tells_of_health_is_told_as_health_is(web, case, aino, known):
    Case.objects.update(**known, **({"direction_on": TODAY} if "direction" in known else {}))
    missing = "The client&#x27;s consent is missing"

    assert missing in sent(web, case, parts=["direction"]).text
    assert missing in web.post(address("feedback_print", case), typed(parts=["direction"])).text
    assert "Lähetteenne saapui" in printed(web, case)


@pytest.mark.parametrize("tells", [{"health": "Selkä ei kestä nostamista."}, {"parts": ["direction"]}])
def test_what_tells_of_health_goes_on_the_consent_and_is_named_with_it(web, case, aino, tells):
    consent = a_consent(case, "employment", by=aino)
    Case.objects.update(direction="pension", direction_on=TODAY)

    assert "It goes on the ground of the client&#x27;s consent" in sent(web, case, ground=LAW, **tells).text
    assert not Document.objects.exists()

    assert sent(web, case, ground="consent", **tells).status_code == 302
    assert Disclosure.objects.get().consent == consent


@pytest.mark.parametrize("has_ended", [False, True])
@pytest.mark.parametrize("is_without_consent", [True, False])
def test_a_tick_that_tells_of_health_is_named_where_it_is_refused(web, case, aino, is_without_consent, has_ended):
    if not is_without_consent:
        a_consent(case, "employment", by=aino)
    if has_ended:
        closed(case, to(aino), outcome="pension", by=aino)
    else:
        Case.objects.update(direction="pension", direction_on=TODAY)

    form = sent(web, case, ground=LAW, parts=["direction"]).context["form"]

    [said] = form.errors["parts"]
    assert said.startswith("You ticked the direction or how the case ended. Here it tells of health: Pension. ")
    assert ("consent is missing" in said) == is_without_consent
    assert said.endswith("Or take the tick away.")


def test_where_only_words_tell_of_health_no_tick_is_named(web, case, aino):
    Case.objects.update(direction="work", direction_on=TODAY)

    form = sent(web, case, parts=["direction"], health="Selkä.").context["form"]

    assert "parts" not in form.errors
    assert "consent is missing" in form.errors["__all__"][0]


@pytest.mark.parametrize("product", ["ability_description", "application_help", "appeal_help", "doctor_visit"])
def test_a_service_whose_name_tells_of_health_or_benefits_is_not_told(web, case, aino, product):
    known: dict[str, Any] = {"on": TODAY, "product": product, "minutes": 60, "what": "", "is_billable": True}
    service_entries.log(case=case, **known, by=aino, at=NOON)

    assert "Tähän mennessä" not in printed(web, case, parts=["received", "done"])


def test_where_a_protected_client_has_moved_is_told_to_nobody(web, aino):
    case = referred(aino, protective_order_source="client")
    Case.objects.filter(pk=case.pk).update(outcome="moved", closed_on=TODAY)

    text = printed(web, case, parts=["direction"])

    assert "Palvelu päättyi 23.11.2026." in text
    assert "muutti" not in text.lower()


def test_a_consent_that_was_taken_back_is_no_ground(web, case, aino):
    consent = a_consent(case, "employment", by=aino)
    taken_back(case, consent, on=TODAY, by=aino)

    page = sent(web, case, ground="consent").text

    assert "The client&#x27;s consent is missing" in page
    assert "?partner=employment&amp;purpose=hand_over" in page
    assert not Document.objects.exists()


def test_an_earlier_day_prints_nothing_on_a_consent_that_was_taken_back(web, case, aino):
    asked = {"health": "Selkä ei kestä nostamista.", "on": "2026-11-20"}
    consent = a_consent(case, "employment", by=aino)
    assert "Selkä ei kestä nostamista." in printed(web, case, **asked)

    taken_back(case, consent, on=TODAY, by=aino)

    assert "The client&#x27;s consent is missing" in web.post(address("feedback_print", case), typed(**asked)).text


def test_the_case_is_locked_before_the_consent_is_looked_at(web, case, aino):
    a_consent(case, "employment", by=aino)

    with CaptureQueriesContext(connection) as asked:
        assert sent(web, case, ground="consent", health="Selkä ei kestä nostamista.").status_code == 302

    said = [query["sql"] for query in asked]
    locked = next(at for at, sql in enumerate(said) if "FOR UPDATE" in sql and 'FROM "casework_case"' in sql)
    assert any('FROM "casework_consent"' in sql for sql in said[locked:])


def test_nothing_said_is_no_letter(web, case):
    assert "Nothing is ticked and nothing is written." in sent(web, case, parts=[]).text


def test_without_a_referral_there_is_nobody_to_write_to(web, aino):
    for case in (a_case(by=aino), referred(aino, "client", last_name="Toinen")):
        answer = web.get(address("feedback_new", case))
        assert answer.status_code == 409
        assert "there is nobody to write to" in answer.text
    assert Referral.objects.exists()


def test_after_the_end_it_says_how_the_case_ended(web, case):
    Case.objects.filter(pk=case.pk).update(closed_on=TODAY, outcome="work")

    assert "Palvelu päättyi 23.11.2026: Työmarkkinat" in printed(web, case, parts=["direction"])
    assert sent(web, case, parts=["direction"]).status_code == 302
    assert Disclosure.objects.exists()


def test_a_protective_order_is_said_and_names_no_place(web, aino):
    case = referred(aino, protective_order_source="client")

    text = printed(web, case, parts=["received", "taken_on", "done", "direction"])

    assert "turvakielto" in text
    assert "Kaavi" not in text
    assert "Kaavi" in printed(web, referred(aino, last_name="Toinen"))


def test_the_pages_are_for_who_works_with_the_case(web, case, daavid, bertta, cecilia):
    for name, ask in (("feedback_new", "get"), ("feedback_print", "post")):
        here = address(name, case)
        assert getattr(web, ask)(here).status_code == 200
        assert getattr(browser_of(daavid), ask)(here).status_code == 403
        assert getattr(browser_of(bertta), ask)(here).status_code == 302  # first the reason
        with in_municipality("tuusniemi"):
            assert getattr(browser_of(cecilia), ask)(here).status_code == 404


def test_the_page_stays_within_the_budget(web, case, django_assert_max_num_queries):
    web.get(address("feedback_new", case))

    with django_assert_max_num_queries(BUDGET):
        web.get(address("feedback_new", case))
