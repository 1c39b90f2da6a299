"""Pages of an application for removal, and where others show it: decision, application, benefits, the client's map."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.cases.open_ends import open_ends
from casework.models import Case, Document, Removal
from casework.overview.client_map import road_of
from casework.overview.client_map_presenters import client_map
from casework.timeline.phase import with_facts
from casework.withdrawals.presenters import goes_on
from casework.withdrawals.queries import what_remains
from tenants.scope import in_municipality
from tests.casework.applications.making import a_decision, application_at
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_paper
from tests.casework.removals.making import a_final_decision, a_removal, answered, filed, removal_in_db, withdrawn
from tests.conftest import NOON
from tests.papers import read_docx, read_pdf
from tests.people import MOST_QUESTIONS, browser_of

TODAY = date(2026, 11, 23)
NAMES = ("edit", "file", "answer", "withdraw", "correct", "step_back", "remove", "pdf", "docx")
BUDGET = 15


@pytest.fixture(autouse=True)
def monday_noon(time_is, settings, tmp_path):
    settings.FILES = tmp_path
    time_is(NOON)


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino)


def page(name: str, removal: Removal) -> str:
    number = removal.decision.application.case.number
    return reverse(f"removal_{name}" if name else "removal", args=[number, removal.pk])


def removal_of(case: Case, state: str = "draft", *, by: Any, **details: Any) -> Removal:
    return a_removal(state, decision=a_final_decision(case, by=by), by=by, **details)


def test_it_is_begun_from_the_decision_printed_filed_and_answered(case, aino, aino_browser):
    decision = a_final_decision(case, by=aino)
    new = reverse("removal_new", args=[case.number, decision.pk])
    assert new in aino_browser.get(decision.get_absolute_url()).text
    typed: dict[str, Any] = {"error": "findings", "grounds": "Leikkaus jäi huomiotta.", "receiver": "board"}

    shown = aino_browser.post(new, typed, follow=True).text

    removal = Removal.objects.get()
    assert page("file", removal) in shown
    assert read_pdf(aino_browser.get(page("pdf", removal)).content).language == "fi"
    assert "Leikkaus jäi huomiotta." in read_docx(aino_browser.get(page("docx", removal)).content).text
    typed = {"filed_on": "2026-11-23", "sent_by": "post", "receipt": "4711", "is_as_written": "on", "version": 1}
    assert "4711" in aino_browser.post(page("file", removal), typed, follow=True).text
    kept = reverse("document", args=[case.number, Document.objects.get().pk])
    assert aino_browser.get(page("pdf", removal)).headers["Location"] == kept
    typed = {"answer": "removed", "answered_on": "2026-11-23", "version": 2}
    assert "poistettu" in aino_browser.post(page("answer", removal), typed, follow=True).text


def test_it_is_edited_and_withdrawn_with_the_reason(case, aino, aino_browser):
    removal = removal_of(case, by=aino)
    typed: dict[str, Any] = {"error": "law", "grounds": "Laki ohitettiin.", "receiver": "decider", "version": 1}
    assert "Laki ohitettiin." in aino_browser.post(page("edit", removal), typed, follow=True).text

    typed = {"withdrawn_on": "2026-11-23", "withdrawn_reason": "Haetaan uudelleen.", "version": 2}
    assert "Haetaan uudelleen." in aino_browser.post(page("withdraw", removal), typed, follow=True).text


def test_a_wrong_day_is_corrected_and_a_step_taken_back(case, aino, aino_browser):
    removal = removal_of(case, "filed", by=aino)
    typed: dict[str, Any] = {
        "error": "findings",
        "grounds": "Leikkaus jäi huomiotta.",
        "filed_on": "2026-11-20",
        "reason": "Luin väärin",
        "version": removal.version,
    }

    assert "20.11.2026" in aino_browser.post(page("correct", removal), typed, follow=True).text
    typed = {"reason": "Ei lähtenyt", "version": removal.version + 1}
    aino_browser.post(page("step_back", removal), typed)
    assert removal_in_db(removal).is_draft


def test_it_says_until_when_from_when_that_is_counted_and_that_nobody_verified_it(case, aino, aino_browser):
    shown = aino_browser.get(page("", removal_of(case, by=aino))).text

    for words in ("10.4.2030", "10.4.2025", "ei tarkistettu"):
        assert words in shown


def test_of_a_decision_that_is_not_final_it_warns_and_forbids_nothing(case, aino, aino_browser):
    decision = a_decision(application=application_at("filed", case=case, by=aino), by=aino)
    new = reverse("removal_new", args=[case.number, decision.pk])
    assert new not in aino_browser.get(decision.get_absolute_url()).text

    assert "ei ole vielä lainvoimainen" in aino_browser.get(new).text
    typed: dict[str, Any] = {"error": "findings", "grounds": "", "receiver": "unknown"}
    assert "ei ole vielä lainvoimainen" in aino_browser.post(new, typed, follow=True).text
    assert Removal.objects.count() == 1


def test_a_late_one_is_warned_of_asked_why_and_filed(case, aino, aino_browser):
    days: dict[str, Any] = {"filed_on": date(2020, 9, 1), "decided_on": date(2020, 11, 2)}
    removal = a_removal(decision=a_final_decision(case, **days, notice_on=date(2020, 11, 3), by=aino), by=aino)
    assert "10.12.2025" in aino_browser.get(page("", removal)).text
    typed: dict[str, Any] = {"filed_on": "2026-11-23", "version": 1}

    answer = aino_browser.post(page("file", removal), typed)

    assert list(answer.context["form"].errors) == ["late_reason"]
    typed["late_reason"] = "Virhe löytyi nyt."
    assert "Virhe löytyi nyt." in aino_browser.post(page("file", removal), typed, follow=True).text


def test_a_second_one_under_way_is_refused_on_the_form(case, aino, aino_browser):
    removal = removal_of(case, by=aino)
    new = reverse("removal_new", args=[case.number, removal.decision_id])
    typed: dict[str, Any] = {"error": "findings", "grounds": "", "receiver": "unknown"}

    answer = aino_browser.post(new, typed)

    assert answer.status_code in {200, 409}
    assert Removal.objects.count() == 1


@pytest.mark.parametrize("name", ["", *NAMES])
def test_the_outsider_finds_nothing(case, aino, cecilia, tuusniemi, name):
    address = page(name, removal_of(case, by=aino))
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(address).status_code == 404


@pytest.mark.parametrize("name", ["", *NAMES])
def test_who_has_another_role_is_refused(case, aino, paula, name):
    assert browser_of(paula).get(page(name, removal_of(case, by=aino))).status_code == 403


@pytest.mark.parametrize("name", ["", *NAMES])
def test_the_colleague_without_a_reason_is_asked_for_one(case, aino, bertta, name):
    answer = browser_of(bertta).get(page(name, removal_of(case, by=aino)))

    assert answer.headers["Location"].startswith(reverse("case_reason", args=[case.number]))


def test_one_of_another_case_is_not_found_here(case, aino, aino_browser):
    removal = removal_of(case, by=aino)

    assert aino_browser.get(reverse("removal", args=[a_case(by=aino).number, removal.pk])).status_code == 404


# --- where others show it -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "words"), [("draft", "valmisteilla"), ("filed", "on haettu 23.11.2026 alkaen")])
def test_the_benefits_tell_what_is_under_way(case, aino, aino_browser, state, words):
    removal = removal_of(case, state, by=aino)

    shown = aino_browser.get(reverse("case_benefits", args=[case.number])).text

    assert words in shown
    assert page("", removal) in shown


def test_the_road_of_the_application_shows_it_and_the_round_that_began_with_it(case, aino, aino_browser):
    removal = answered(removal_of(case, "filed", by=aino), "removed", by=aino)

    shown = aino_browser.get(removal.decision.application.get_absolute_url()).text

    assert page("", removal) in shown
    assert "Ratkaistaan uudelleen poistamisen jälkeen" in shown


def test_it_is_an_open_end_until_it_is_answered_or_withdrawn(case, aino):
    removal = removal_of(case, by=aino)

    def kinds() -> list[str]:
        return [end.kind for end in open_ends(Case.objects.get(pk=case.pk), on=TODAY)]

    assert "removal" in kinds()
    removal = filed(removal, by=aino)
    assert "removal" in kinds()
    answered(removal, by=aino)
    assert "removal" not in kinds()


def test_beside_several_appeals_each_open_end_is_named_once(case, aino, django_assert_num_queries):
    removal = removal_of(case, by=aino)
    removal_of(case, by=aino)
    known = Case.objects.get(pk=case.pk)

    ends = [end for end in open_ends(known, on=TODAY) if end.kind == "removal"]

    assert len(ends) == 2
    with django_assert_num_queries(0):
        assert {end.application.case_id for end in ends if end.application} == {case.pk}
    assert removal.pk in {end.about for end in ends}


@pytest.mark.parametrize(("state", "is_appealing"), [("draft", True), ("filed", True), ("withdrawn", False)])
def test_while_it_is_under_way_the_phase_is_that_of_appeals(case, aino, state, is_appealing):
    removal_of(case, state, by=aino)

    known = with_facts(Case.objects.filter(pk=case.pk)).get()
    assert vars(known)["has_appeal_under_way"] is is_appealing


@pytest.mark.parametrize("state", ["draft", "filed"])
def test_who_leaves_the_service_is_told_of_it_and_the_client_s_map_too(case, aino, state):
    removal_of(case, state, by=aino)
    known = Case.objects.get(pk=case.pk)

    assert any("3.3.2025" in line for line in goes_on(what_remains(known, on=TODAY)))
    sections = client_map(road_of(known, now=NOON), language="fi").sections
    assert any("3.3.2025" in point for section in sections for point in section.points)


@pytest.mark.parametrize("name", ["", "decision", "application", *NAMES])
def test_a_page_asks_few_questions_however_many_there_are(
    case, aino, aino_browser, django_assert_max_num_queries, name
):
    decision = a_final_decision(case, by=aino)
    for _ in range(3):
        withdrawn(a_removal(decision=decision, by=aino), by=aino)
    removal = a_removal(decision=decision, attachments=[a_paper(case, by=aino) for _ in range(3)], by=aino)
    most = MOST_QUESTIONS if name == "application" else BUDGET
    places: dict[str, Any] = {"decision": decision, "application": decision.application}
    address = places[name].get_absolute_url() if name in places else page(name, removal)

    aino_browser.get(address)  # renews the session
    with django_assert_max_num_queries(most):
        assert aino_browser.get(address).status_code in {200, 302}
