"""Consents on one paper: nothing is ticked on it, each box becomes a consent of its own, and all are saved or none."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from casework.consents import actions as consents
from casework.consents import paper as papers
from casework.consents import signed_papers
from casework.consents.signed_papers import SignedPaper, TickedRow
from casework.models import Case, Consent, Document
from casework.models.consent import Partner, Purpose
from tenants import files
from tenants.accounts.permissions import Role
from tenants.printing import report_pdf
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_paper, taken_back
from tests.casework.documents.paper import a_pdf
from tests.conftest import NOON
from tests.papers import pdf_text, read_pdf
from tests.people import PortalClient, browser_of, person

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES = tmp_path


@pytest.fixture
def aino(kaavi):
    return person("Aino", Role.COORDINATOR, language="en")


@pytest.fixture
def case(aino) -> Case:
    return a_case(by=aino)


@pytest.fixture
def web(aino, time_is) -> PortalClient:
    time_is(NOON)
    return browser_of(aino)


def printed(case: Case, language: str = "en") -> str:
    return pdf_text(report_pdf(papers.paper(case, language=language, on=TODAY)))


def record(case: Case, *rows: TickedRow, by: Any, **details: Any) -> list[Consent]:
    return record_of(TODAY, case, *rows, by=by, **details)


def record_of(signed_on: date, case: Case, *rows: TickedRow, by: Any, **details: Any) -> list[Consent]:
    paper = SignedPaper(signed_on=signed_on, rows=rows, **details)
    return signed_papers.record(case=case, paper=paper, by=by, at=NOON)


def test_the_paper_has_a_box_for_every_partner_and_purpose_and_ticks_none(case):
    text = printed(case)

    assert text.count("☐") == len(Partner) * len(Purpose) + 3  # and three of the power of attorney
    for tick in "☑☒✓✔":
        assert tick not in text
    with translation.override("en"):
        assert [partner for partner in Partner if str(partner.label) not in text] == []


def test_the_paper_says_that_the_service_does_not_rest_on_it_and_that_no_costs_nothing(case):
    text = printed(case)

    assert "The service itself does not rest on your consent" in text
    assert "costs you nothing" in text
    assert "You may take back any of them alone, at any time." in text


@pytest.mark.parametrize(("asked", "spoken", "paper"), [("", "sv", "sv"), ("en", "fi", "en"), ("", "ar", "fi")])
def test_the_paper_is_in_the_language_of_the_client_or_the_one_asked_for(kaavi, aino, asked, spoken, paper):
    case = a_case(by=aino, language=spoken)

    found = read_pdf(report_pdf(papers.paper(case, language=papers.language_of(case, asked), on=TODAY)))

    assert found.language == paper
    assert found.pages == 1


def test_under_a_protective_order_the_paper_names_no_municipality(kaavi, aino):
    text = printed(a_case(by=aino, protective_order_source="Shown"))

    assert "Kaavi" not in text
    assert aino.email not in text


def test_every_box_becomes_a_consent_of_its_own_with_the_paper_it_stands_on(case, aino):
    paper = a_paper(case, Document.Kind.CONSENT, by=aino)

    written = record(
        case,
        TickedRow(partner=Partner.KELA, purposes=[Purpose.DISCUSS, Purpose.HAND_OVER]),
        TickedRow(
            partner=Partner.EMPLOYER,
            purposes=[Purpose.DISCUSS],
            partner_name="Kuljetus Oy",
            valid_until=date(2027, 5, 31),
        ),
        TickedRow(partner=Partner.TEAM, purposes=[]),
        document=paper,
        by=aino,
    )

    assert [(one.partner, one.purpose, one.valid_until) for one in written] == [
        ("kela", "discuss", None),
        ("kela", "hand_over", None),
        ("employer", "discuss", date(2027, 5, 31)),
    ]
    assert {(one.document, one.way, one.given_on) for one in written} == {(paper, "written", TODAY)}


def test_one_of_them_is_taken_back_alone(case, aino):
    first, second = record(
        case, TickedRow(partner=Partner.KELA, purposes=[Purpose.DISCUSS, Purpose.HAND_OVER]), by=aino
    )

    taken_back(case, first, by=aino)

    assert list(Consent.objects.filter(withdrawn_on=None)) == [second]


def test_all_are_saved_or_none_and_the_refusal_stands_at_its_row(case, aino):
    with pytest.raises(consents.NameNeeded) as refused:
        record(
            case,
            TickedRow(partner=Partner.KELA, purposes=[Purpose.DISCUSS]),
            TickedRow(partner=Partner.EMPLOYER, purposes=[Purpose.DISCUSS]),
            by=aino,
        )

    assert refused.value.field == "employer_partner_name"
    assert not Consent.objects.exists()


def test_a_paper_on_which_nothing_is_ticked_is_refused(case, aino):
    with pytest.raises(signed_papers.NothingTicked):
        record(case, TickedRow(partner=Partner.KELA, purposes=[]), by=aino)


def test_the_same_paper_written_down_twice_is_one_paper_and_one_consent(case, aino):
    kela = TickedRow(partner=Partner.KELA, purposes=[Purpose.DISCUSS])

    for _ in range(2):
        record(case, kela, file=files.check_upload(a_pdf(), "paper.pdf"), by=aino)

    assert (Consent.objects.count(), Document.objects.count()) == (1, 1)


def test_a_consent_without_its_paper_gets_it_and_is_not_doubled(case, aino):
    kela = TickedRow(partner=Partner.KELA, purposes=[Purpose.DISCUSS])
    record(case, kela, by=aino)
    first, second = (a_paper(case, Document.Kind.CONSENT, by=aino) for _ in range(2))

    for paper in (first, second):
        record(case, kela, document=paper, by=aino)

    assert Consent.objects.get().document == first


@pytest.mark.parametrize("signed_on", [date(2026, 11, 2), date(2026, 10, 1)])
def test_an_old_paper_does_not_bring_back_what_the_client_took_back(case, aino, web, signed_on):
    [consent] = record_of(date(2026, 11, 2), case, TickedRow(partner=Partner.KELA, purposes=[Purpose.DISCUSS]), by=aino)
    taken_back(case, consent, on=date(2026, 11, 20), by=aino)
    typed = {"signed_on": signed_on.isoformat(), "kela_purposes": ["discuss", "hand_over"]}

    answer = web.post(reverse("consent_record", args=[case.number]), typed)

    assert list(answer.context["form"].errors) == ["signed_on"]
    assert "20.11.2026" in answer.text
    assert not Consent.objects.filter(withdrawn_on=None).exists()


def test_after_it_was_taken_back_the_client_may_give_it_anew(case, aino):
    kela = TickedRow(partner=Partner.KELA, purposes=[Purpose.DISCUSS])
    [first] = record_of(date(2026, 11, 2), case, kela, by=aino)
    taken_back(case, first, on=date(2026, 11, 20), by=aino)

    [anew] = record(case, kela, by=aino)

    assert list(Consent.objects.filter(withdrawn_on=None)) == [anew]


def test_what_one_employer_lost_another_may_still_have(case, aino):
    one, other = (
        TickedRow(partner=Partner.EMPLOYER, purposes=[Purpose.DISCUSS], partner_name=name)
        for name in ("Kuljetus Oy", "Siivous Oy")
    )
    [lost] = record_of(date(2026, 11, 2), case, one, by=aino)
    taken_back(case, lost, on=date(2026, 11, 20), by=aino)

    assert len(record_of(date(2026, 11, 2), case, other, by=aino)) == 1


def test_a_power_of_attorney_alone_is_not_said_to_be_no_consents(case, web):
    typed = {"signed_on": "2026-11-23", "file": a_pdf(), "is_power": "on"}

    shown = web.post(reverse("consent_record", args=[case.number]), typed, follow=True).text

    assert "The power of attorney is saved." in shown
    assert "0 consents" not in shown


def test_five_consents_and_the_paper_are_one_form(case, web):
    address = reverse("consent_record", args=[case.number])
    assert not re.findall(r"<input[^>]* checked", web.get(address).text)
    typed = {
        "signed_on": "2026-11-23",
        "file": a_pdf(),
        "kela_purposes": ["discuss", "hand_over"],
        "health_care_purposes": ["discuss", "hand_over", "accompany"],
        "health_care_valid_until": "2027-11-23",
        "is_power": "on",
        "power_until": "2027-11-23",
    }

    shown = web.post(address, typed, follow=True).text

    assert "5 consents are saved." in shown
    assert Consent.objects.count() == 5
    document = Document.objects.get()
    assert (document.kind, document.valid_until) == ("power_of_attorney", date(2027, 11, 23))
    assert set(Consent.objects.values_list("document", flat=True)) == {document.pk}


def test_a_row_that_lacks_something_keeps_what_was_typed(case, web):
    address = reverse("consent_record", args=[case.number])
    typed = {"signed_on": "2026-11-23", "kela_purposes": ["discuss"], "employer_purposes": ["discuss"]}

    answer = web.post(address, typed)

    assert list(answer.context["form"].errors) == ["employer_partner_name"]
    assert len(re.findall(r"<input[^>]* checked", answer.text)) == 2


def test_a_paper_of_tomorrow_is_refused_at_its_day(case, web):
    typed = {"signed_on": "2026-11-24", "file": a_pdf(), "kela_purposes": ["discuss"]}

    answer = web.post(reverse("consent_record", args=[case.number]), typed)

    assert list(answer.context["form"].errors) == ["signed_on"]
    assert not Document.objects.exists()


def test_a_power_of_attorney_needs_its_paper(case, web):
    answer = web.post(reverse("consent_record", args=[case.number]), {"signed_on": "2026-11-23", "is_power": "on"})

    assert list(answer.context["form"].errors) == ["is_power"]


def test_the_paper_is_fetched_from_the_basic_details(case, web):
    address = reverse("consent_paper", args=[case.number])
    assert address in web.get(reverse("case_basics", args=[case.number])).text

    answer = web.get(address, {"language": "sv"})

    assert read_pdf(answer.content).language == "sv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{case.number}-consents-2026-11-23.pdf"'
    assert BytesIO(answer.content).read(4) == b"%PDF"


def test_nothing_is_printed_for_a_client_who_has_died(case, web):
    Case.objects.filter(pk=case.pk).update(outcome="died", closed_on=TODAY)

    assert web.get(reverse("consent_paper", args=[case.number])).status_code == 409
    assert reverse("consent_paper", args=[case.number]) not in web.get(reverse("case_basics", args=[case.number])).text
