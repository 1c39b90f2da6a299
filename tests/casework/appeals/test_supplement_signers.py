"""Who signs a letter that follows an appeal: as the appeal itself names them, with their power of attorney."""

from datetime import date
from typing import Any

import pytest

from casework.appeals import actions as appeals
from casework.appeals import filing
from casework.appeals import supplement_letter as letters
from casework.models import Appeal, AppealSupplement, Case
from tenants.printing import report_pdf
from tests.casework.appeals.making import a_supplement, an_appeal_of
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_paper
from tests.casework.representatives.making import a_representation
from tests.conftest import NOON
from tests.papers import pdf_text

TODAY = date(2026, 11, 23)
POWER = "power_of_attorney"
KINDS = [("evidence", "decider"), ("comment", "body")]
WORDS = {
    "fi": ("Asko Auttaja valtakirjalla, muutoksenhakija: {client}", "Valtakirja, 3.11.2026"),
    "sv": ("Asko Auttaja med fullmakt, för {client}", "Valtakirja, 3.11.2026"),
}


@pytest.fixture(autouse=True)
def monday_noon(time_is, settings, tmp_path):
    settings.FILES = tmp_path
    time_is(NOON)


def signed_for(case: Case, *, by: Any, **letter: Any) -> Appeal:
    """An appeal that was filed, signed by Asko for the client."""
    appeal = an_appeal_of(case, by=by)
    filing.enclose(appeal=appeal, attachments=[], signed_by="Asko Auttaja", version=1, by=by, at=NOON, **letter)
    return appeals.file(appeal=appeal, filed_on=TODAY, version=appeal.version, by=by, at=NOON)


def text_of(supplement: AppealSupplement) -> str:
    return " ".join(pdf_text(report_pdf(letters.paper(supplement, on=TODAY))).split())


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize(("kind", "receiver"), KINDS)
def test_who_signed_the_appeal_by_power_of_attorney_signs_what_follows(kaavi, aino, language, kind, receiver):
    case = a_case(by=aino, language=language)
    power = a_paper(case, POWER, title="Valtakirja", dated_on=date(2026, 11, 3), by=aino)
    appeal = signed_for(case, power_of_attorney=power, by=aino)

    text = text_of(a_supplement(case, appeal=appeal, kind=kind, receiver=receiver, by=aino))

    for words in WORDS[language]:
        assert words.format(client=case.client.name) in text


def test_without_a_power_of_attorney_the_name_stands_and_none_is_claimed(kaavi, aino):
    case = a_case(by=aino)

    text = text_of(a_supplement(case, appeal=signed_for(case, by=aino), by=aino))

    assert "Asko Auttaja" in text
    assert "valtakirja" not in text.lower()


@pytest.mark.parametrize(("kind", "receiver"), KINDS)
def test_the_paper_by_which_a_guardian_acts_goes_with_what_they_sign(kaavi, aino, kind, receiver):
    case = a_case(by=aino)
    order = a_paper(case, title="Edunvalvontamääräys", dated_on=date(2026, 1, 7), by=aino)
    guardian = a_representation(case, document=order, by=aino)
    appeal = signed_for(case, by=aino)

    text = text_of(a_supplement(case, appeal=appeal, kind=kind, receiver=receiver, representation=guardian, by=aino))

    assert "Tuula Turva" in text
    assert "Edunvalvontamääräys, 7.1.2026" in text
    assert "Asko Auttaja" not in text


def test_a_client_who_signs_themselves_signs_alone(kaavi, aino):
    case = a_case(by=aino)

    paper = letters.paper(a_supplement(case, by=aino), on=TODAY)

    assert paper.signature[-1] == case.client.name
    assert not [section for section in paper.sections if section.points]


def test_by_a_power_of_attorney_of_who_has_died_nobody_signs(kaavi, aino):
    case = a_case(by=aino)
    power = a_paper(case, POWER, title="Valtakirja", dated_on=date(2026, 11, 3), by=aino)
    supplement = a_supplement(case, appeal=signed_for(case, power_of_attorney=power, by=aino), by=aino)
    Case.objects.update(outcome="died", closed_on=TODAY)

    text = text_of(supplement)

    assert "Asko Auttaja" not in text
    assert "(kuolinpesä)" in text
