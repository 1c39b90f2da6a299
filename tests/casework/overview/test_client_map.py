"""The client's own map: plain words, one page, and nothing that is not the client's to carry about."""

import io
import re
from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from casework.appeals import correcting as appeal_corrections
from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases import notes
from casework.clients import network
from casework.clients.network import NetworkDetails
from casework.meetings import actions as meetings
from casework.meetings import agenda
from casework.meetings.actions import MeetingDetails
from casework.models import Case
from casework.overview.client_map import road_of
from casework.overview.client_map_presenters import client_map
from casework.statements import actions as statements
from casework.statements.actions import StatementDetails
from casework.visits import actions as appointments
from casework.visits.actions import AppointmentDetails
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.audit.models import AccessEntry
from tenants.display import HELSINKI
from tenants.printing import report_pdf
from tenants.rough_days import parse
from tenants.scope import in_municipality
from tests.casework.applications.making import a_decision, an_illness, appeal_at, application_at
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
LAW = "381/2023 15 §"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino, first_name="Matti", last_name="Meikäläinen")


@pytest.fixture
def english(aino, time_is):
    time_is(NOON)
    browser = browser_of(aino)
    browser.cookies[LANGUAGE_COOKIE] = "en"
    return browser


def a_visit(case: Case, by, *, on: date = date(2026, 11, 26), **others):
    details = {"kind": "doctor", "on": on, "begins": time(9), "ends": time(9, 45), "worker": by} | others
    return appointments.agree(case=case, details=AppointmentDetails(**details), by=by, at=NOON)


def a_helper(case: Case, name: str, safety: str, by, **others):
    details = {"name": name, "role": "social_worker", "safety": safety} | others
    return network.add(case=case, details=NetworkDetails(**details), by=by, at=NOON)


def words(case: Case, language: str = "en") -> str:
    """Everything the map says, one line a point."""
    paper = client_map(road_of(case, now=NOON), language=language)
    points = [point for section in paper.sections for point in section.points]
    return "\n".join(
        [paper.title, paper.author, paper.subtitle, *(str(section.heading) for section in paper.sections), *points]
    )


def address(case: Case, name: str = "case_map", query: str = "") -> str:
    return reverse(name, args=[case.number]) + query


def test_it_tells_what_waits_and_since_when(case, aino):
    application_at("draft", case=case, benefit="SPR", decider="kela", by=aino)
    application_at("filed", case=case, by=aino)
    application_at("filed", case=case, benefit="TAK", decider="kela", filed_on=date(2026, 11, 16), by=aino)
    application_at("returned", case=case, benefit="AK-T", by=aino)

    text = words(case)

    assert re.search(
        r"Disability pension.*: the application has waited .* since 1\.9\.2026 \(Keva\), longer than usual", text
    )
    assert re.search(r"Guarantee pension: .* since 16\.11\.2026 \(Kela\)\. A decision usually comes by \d", text)
    assert "Sickness allowance: we are preparing the application together." in text
    assert re.search(r"Keva wants to know more, by 30\.11\.2026", text)
    assert "By 30.11.2026: send more information – " in text


def test_it_tells_of_appeals_and_their_last_day(case, aino):
    appeal_at("draft", decision=a_decision(application=application_at("filed", case=case, by=aino), by=aino), by=aino)
    a_decision(application=application_at("filed", case=case, benefit="AK-T", by=aino), by=aino)

    text = words(case)

    assert "we are writing an appeal" in text
    assert text.count("28.12.2026: the appeal period ends – ") == 2


def test_the_last_day_is_told_again_when_an_appeal_that_was_begun_by_mistake_is_taken_back(case, aino):
    decision = a_decision(application=application_at("filed", case=case, by=aino), by=aino)
    appeal = appeal_at("draft", decision=decision, by=aino)

    appeal_corrections.take_back(appeal=appeal, reason="Toinen asiakas", version=appeal.version, by=aino, at=NOON)

    assert "28.12.2026: the appeal period ends – " in words(case)
    assert "we are writing an appeal" not in words(case)


def test_a_decision_whose_last_day_nobody_knows_is_not_left_out(case, aino):
    filed = application_at("filed", case=case, benefit="PAL", decider="employment_area", by=aino)
    decision = a_decision(application=filed, by=aino)
    assert "until when the employer may appeal is not known yet" in words(case)

    appeal_at("draft", decision=decision, by=aino)

    assert "not known yet" not in words(case)  # the appeal that is begun is told of


@pytest.mark.parametrize("result", ["granted_until", "partly"])
def test_it_tells_of_what_was_granted_for_a_time_and_of_statements(case, aino, result):
    filed = application_at("filed", case=case, by=aino)
    a_decision(result, application=filed, granted_until=date(2027, 5, 31), by=aino)
    asked = StatementDetails(kind="B", asked_of="Doctor Deer", purpose="CANARY", asked_on=date(2026, 11, 2))
    statements.ask(case=case, details=asked, by=aino, at=NOON)

    text = words(case)

    assert "granted until 31.5.2027." in text
    assert "Medical statement B: asked for on 2.11.2026." in text
    assert "Deer" not in text


def test_what_comes_next_is_in_the_order_of_days(case, aino, bertta):
    application_at("returned", case=case, by=aino)
    a_visit(case, aino, place="Health centre, room 3", is_accompanied=True)
    a_visit(case, aino, on=date(2026, 12, 4), kind="phone")
    starts = datetime(2026, 12, 1, 9, tzinfo=HELSINKI)
    team = MeetingDetails(starts_at=starts, ends_at=starts + timedelta(hours=1), chair=bertta)
    meeting = meetings.plan(details=team, by=aino, at=NOON)
    agenda.add(meeting=meeting, case=case, basis="law", law=LAW, by=aino, at=NOON)

    lines = words(case).splitlines()

    found = [line for line in lines if re.match(r"(By )?\d+\.\d+\.2026", line)]
    assert [line.split(":")[0].removeprefix("By ") for line in found] == [
        "26.11.2026 at\N{NO-BREAK SPACE}9",
        "30.11.2026",
        "1.12.2026 at\N{NO-BREAK SPACE}9",
        "4.12.2026 at\N{NO-BREAK SPACE}9",
    ]
    assert found[0].endswith("Doctor's visit, Health centre, room 3. Your coordinator comes along.")
    assert "Team meeting, where your matters are discussed" in found[2]


def test_who_helps_are_the_coordinator_and_those_who_are_safe_to_contact(case, aino):
    a_helper(case, "Sanna Sosiaali", "safe", aino)
    a_helper(case, "Vaara Vanha", "not_safe", aino)
    a_helper(case, "Eero Eitiedetä", "unknown", aino)
    a_helper(case, "Lasse Lähtenyt", "safe", aino, ended_on=parse("10/2026"))

    text = words(case)

    assert "Sanna Sosiaali, social worker" in text
    assert "Aino, your coordinator, aino@kaavi.example" in text
    for name in ("Vaara", "Eero", "Lasse"):
        assert name not in text


def test_a_role_after_a_name_is_one_word_and_keeps_its_own_capital(case, aino):
    a_helper(case, "Kalle", "safe", aino, role="kela_expert")
    a_helper(case, "Olli", "safe", aino, role="teacher")
    a_helper(case, "Muuan", "safe", aino, role="other")

    finnish, swedish = words(case, "fi").splitlines(), words(case, "sv").splitlines()

    assert {"Kalle, Kelan asiantuntija", "Olli, oppilaitoksen yhteyshenkilö", "Muuan"} <= set(finnish)
    assert {"Kalle, FPA:s expert", "Olli, läroanstaltens kontaktperson", "Muuan"} <= set(swedish)


def test_somebody_of_a_list_is_named_as_a_sentence_names_them(case, aino):
    application_at("returned", case=case, decider="other_pension_insurer", by=aino)

    assert "Another" not in words(case)
    assert ": työeläkelaitos pyytää lisätietoja" in words(case, "fi")
    assert "Muu työeläkelaitos" not in words(case, "fi")


def test_a_referral_to_care_is_no_application_and_waits_for_no_decision(case, aino):
    application_at("draft", case=case, benefit="KTP", decider="wellbeing_county", by=aino)
    application_at("filed", case=case, benefit="KTP", decider="wellbeing_county", by=aino)

    text = words(case)

    assert "Rehabilitation assessment clinic: we are preparing the referral together." in text
    assert "Rehabilitation assessment clinic: the referral was sent on 1.9.2026. The clinic contacts you." in text
    assert not re.search(r"(?i)clinic: .*(application|decision)", text)


def test_that_a_decision_was_opened_late_gives_no_more_time(case):
    assert "A decision counts as received a few days after it was sent, even if you have not opened it." in words(case)


def test_savings_notes_tasks_and_illnesses_are_not_on_it(case, aino):
    an_illness(case, "CANARY illness", by=aino)
    notes.write(case=case, kind="note", text="CANARY note", on=TODAY, by=aino, at=NOON)
    tasks.add(case=case, title="CANARY task", due_on=TODAY, assignee=aino, by=aino, at=NOON)
    a_helper(case, "Sanna", "safe", aino, note="CANARY of a helper")
    other = a_case(by=aino, first_name="CANARY", last_name="Laine")
    a_visit(other, aino, place="CANARY place")
    visit = a_visit(case, aino, with_whom="CANARY doctor")
    sheet = appointments.Preparation(wants_to_say="CANARY words")
    appointments.prepare(appointment=visit, preparation=sheet, version=1, by=aino, at=NOON)

    for language in ("fi", "sv", "en"):
        assert "CANARY" not in words(case, language)


def test_under_a_protective_order_it_names_no_place(kaavi, aino):
    case = a_case(by=aino, protective_order_source="Shown", city="Kaavi", street="Koivukuja 3")
    a_visit(case, aino, place="Health centre in Kaavi")
    a_helper(case, "Sanna", "safe", aino, organisation="Kaavi social work")

    text = words(case)

    assert "Doctor's visit" in text
    for canary in ("Kaavi", "kaavi", "Koivukuja", "Health centre"):
        assert canary not in text


def test_it_says_which_municipality_and_which_service_it_is_from(case):
    assert "Kaavi, work-ability coordination" in words(case).splitlines()
    assert "Kaavi, työkykykoordinointi" in words(case, "fi").splitlines()


def test_with_nothing_going_on_it_is_still_kind(case):
    text = words(case)

    assert "Nothing that waits for an answer is recorded in the service right now." in text
    assert "No agreed time is recorded in the service. Your coordinator gets in touch." in text
    assert "A rejection is not your fault." in text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_even_a_full_map_is_one_page(case, aino, language):
    for benefit in ("SPR", "TKE-T", "AK-T", "VT", "HVK"):
        application_at(
            "filed", case=case, benefit=benefit, decider="keva" if benefit.endswith("-T") else "kela", by=aino
        )
    for number in range(5):
        a_visit(case, aino, on=TODAY + timedelta(days=number + 1), place="Siilinjärven terveysasema, odotustila 2")
        a_helper(case, f"Maija-Liisa Meikäläinen-Virtanen {number}", "safe", aino, role="pension_expert")
        asked = StatementDetails(kind="physiotherapist", asked_of="x", asked_on=date(2026, 11, 2))
        statements.ask(case=case, details=asked, by=aino, at=NOON)
        a_decision("granted_until", application=application_at("filed", case=case, by=aino), by=aino)

    pdf = report_pdf(client_map(road_of(case, now=NOON), language=language))

    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert PdfReader(io.BytesIO(pdf)).root_object["/Lang"] == language


@pytest.mark.parametrize(
    ("own", "asked", "shown"), [("sv", "", "sv"), ("ar", "", "fi"), ("fi", "en", "en"), ("sv", "xx", "sv")]
)
def test_it_speaks_the_clients_language_or_the_one_that_is_asked_for(kaavi, aino, english, own, asked, shown):
    case = a_case(by=aino, language=own)

    page = english.get(address(case, query=f"?language={asked}"))

    assert page.context["map"].language == shown
    assert f'<div lang="{shown}">' in page.content.decode()


def test_the_page_and_the_pdf_say_the_same_and_are_logged(case, aino, english):
    application_at("filed", case=case, by=aino)

    page = english.get(address(case, query="?language=en"))
    pdf = english.get(address(case, "case_map_pdf", "?language=en"))

    text = re.sub(r"\s+", " ", PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text())
    for said in ("since 1.9.2026 (Keva)", "Keep the letter and its envelope.", "Matti Meikäläinen"):
        assert said in page.content.decode()
        assert said in text
    assert pdf.headers["Content-Disposition"] == f'attachment; filename="{case.number}-map-2026-11-23.pdf"'
    assert pdf.headers["Cache-Control"] == "no-store"
    assert AccessEntry.objects.filter(action="client_map.seen", subject=case.number).count() == 1
    assert AccessEntry.objects.filter(action="client_map.printed", subject=case.number).count() == 1


def test_the_menu_of_the_case_leads_to_it(case, english):
    assert address(case) in english.get(reverse("case", args=[case.number])).content.decode()


@pytest.mark.parametrize("name", ["case_map", "case_map_pdf"])
def test_it_is_nobody_elses(case, aino, bertta, daavid, cecilia, tuusniemi, name):
    assert browser_of(daavid).get(address(case, name)).status_code == 404
    assert "/reason/" in browser_of(bertta).get(address(case, name)).headers["Location"]
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    assert browser_of(daavid).get(address(case, name)).status_code == 200
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(address(case, name)).status_code == 404


def test_a_closed_case_still_has_its_map(case, aino, english):
    cases.close(case=case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    assert english.get(address(case)).status_code == 200


def test_it_asks_few_questions(case, aino, english, django_assert_max_num_queries):
    for benefit in ("TKE-T", "AK-T"):
        application_at("filed", case=case, benefit=benefit, by=aino)
        a_decision(application=application_at("filed", case=case, benefit=benefit, by=aino), by=aino)
        a_visit(case, aino)

    english.get(address(case))  # what is remembered for a moment is not asked again
    with django_assert_max_num_queries(15):
        assert english.get(address(case)).status_code == 200
