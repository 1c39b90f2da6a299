"""The pages by which a client leaves: what ends and goes on, the form, the closed case, the paper for the client."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.models import Case, Task
from tenants.accounts.permissions import Role
from tenants.audit.models import AccessEntry
from tests.casework.applications.making import a_decision, appeal_at, application_at
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_consent, withdrawn
from tests.casework.withdrawals.test_actions import a_visit
from tests.conftest import NOON
from tests.people import PortalClient, browser_of, person

TODAY = date(2026, 11, 23)


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


def basics(web: PortalClient, case: Case) -> str:
    return web.get(reverse("case_basics", args=[case.number])).content.decode()


def said_of(row: Any, to: Any, why: str = "") -> dict[str, Any]:
    return {f"to_{row.pk}": str(to), f"why_{row.pk}": why}


def test_the_page_says_what_ends_what_goes_on_and_which_last_days_run(case, web, aino):
    a_consent(case, by=aino)
    a_visit(case, by=aino)
    tasks.add(case=case, title="Call Kela", due_on=TODAY, assignee=aino, by=aino, at=NOON)
    a_decision(application=application_at("filed", case=case, by=aino), by=aino)
    application_at("draft", case=case, benefit="SPR", decider="kela", by=aino)

    page = web.get(reverse("case_withdraw", args=[case.number])).content.decode()

    for words in (
        "Kela – Hand over documents about me",
        "Meeting at the office, 25.11.2026",
        "Task: Call Kela (Aino)",
        "28.12.2026",
        "17.12.2026",
        "Appeal against the decision of 16.11.2026: disability pension",
        "Sickness allowance: the application is not sent yet.",
        "A decision has not been checked together with the client.",
    ):
        assert words in page
    assert "Old school" not in page  # places are not needed here


def test_the_client_leaves_by_one_form_and_the_closed_case_says_what_remains(case, web, aino):
    kept = tasks.add(case=case, title="Tell the last day", due_on=TODAY, assignee=aino, by=aino, at=NOON)
    typed = {"on": "2026-11-23", "reason": "Too tired.", **said_of(kept, aino.pk), "version": case.version}

    answer = web.post(reverse("case_withdraw", args=[case.number]), typed)

    assert answer.headers["Location"] == reverse("case_basics", args=[case.number])
    page = basics(web, case)
    source = "380/2023 122\N{NO-BREAK SPACE}§"
    for words in ("How long the data are kept", "until 23.11.2030", source, "Paper for the client"):
        assert words in page
    assert "How long the data are kept" not in basics(web, a_case(by=aino))
    assert not Task.objects.get(pk=kept.pk).is_done
    told = web.get(reverse("case_timeline", args=[case.number])).content.decode()
    assert "The client does not want to go on" in told
    assert "Too tired." in told


def test_what_was_added_meanwhile_is_asked_about(case, web, aino):
    other = tasks.add(case=a_case(by=aino), title="x", due_on=TODAY, assignee=aino, by=aino, at=NOON)
    tasks.add(case=case, title="y", due_on=TODAY, assignee=aino, by=aino, at=NOON)
    typed = {"on": "2026-11-23", **said_of(other, aino.pk), "version": case.version}

    assert web.post(reverse("case_withdraw", args=[case.number]), typed).status_code == 200
    assert Case.objects.get(pk=case.pk).is_open


def test_two_who_close_one_case_are_told(case, web, aino):
    Case.objects.filter(pk=case.pk).update(version=5)

    page = web.post(reverse("case_withdraw", args=[case.number]), {"on": "2026-11-23", "version": 1})

    assert "Somebody else changed this" in page.content.decode()


def test_a_closed_case_has_no_such_page_any_more(case, web, aino):
    withdrawn(case, by=aino)

    answer = web.get(reverse("case_withdraw", args=[case.number]))

    assert answer.headers["Location"] == reverse("case_basics", args=[case.number])


def text_of(answer: Any) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def unbroken(text: str) -> str:
    """The letters only: a long word breaks in its cell."""
    return re.sub(r"[\N{SOFT HYPHEN}\s-]", "", text)


@pytest.mark.parametrize("is_after", [False, True])
def test_the_clients_paper_tells_the_last_days_in_the_clients_language(aino, web, is_after):
    case = a_case(by=aino, language="en")
    a_decision(application=application_at("filed", case=case, by=aino), by=aino)
    if is_after:
        withdrawn(case, by=aino)

    answer = web.get(reverse("withdrawal_paper", args=[case.number]))

    assert (
        answer.headers["Content-Disposition"] == f'attachment; filename="{case.number}-end-of-service-2026-11-23.pdf"'
    )
    assert answer.headers["Cache-Control"] == "no-store"
    words = text_of(answer)
    for word in ("28.12.2026", "17.12.2026", "until 23.11.2030", "Kaavi", "Your service ends"):
        assert word in words
    assert AccessEntry.objects.filter(action="withdrawal.printed", subject=case.number).exists()


def test_the_clients_paper_names_the_court_and_the_request_as_they_are_for_the_benefit(aino, web):
    case = a_case(by=aino, language="fi")
    social = application_at("filed", case=case, benefit="TTO", decider="kela", by=aino)
    pension = application_at("filed", case=case, by=aino)
    appeal_at("decided", decision=a_decision(application=pension, by=aino), by=aino)
    appeal_at("decided", decision=a_decision(application=social, by=aino), by=aino)
    again = application_at("filed", case=case, benefit="TTO", decider="kela", by=aino)
    a_decision(application=again, by=aino)

    words = unbroken(text_of(web.get(reverse("withdrawal_paper", args=[case.number]))))

    assert unbroken("Valitus (vakuutusoikeus): työeläkelakien mukainen työkyvyttömyyseläke") in words
    assert unbroken("Valitus (hallinto-oikeus): perustoimeentulotuki") in words
    assert unbroken("Oikaisuvaatimus 16.11.2026 annetusta päätöksestä: perustoimeentulotuki") in words


def test_a_case_that_ended_otherwise_has_no_such_paper(case, web, aino):
    cases.close(case=case, outcome="work", closed_on=TODAY, version=1, by=aino, at=NOON)

    assert web.get(reverse("withdrawal_paper", args=[case.number])).status_code == 404
