"""The pages of statement requests: who sees and does what, bad input, and what is kept secret."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from casework.cases import actions as cases
from casework.models import Document, StatementRequest
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.audit.models import AccessEntry
from tests.casework.applications.making import application_at
from tests.casework.cases.making import a_case
from tests.casework.documents.paper import a_pdf
from tests.casework.statements.making import WRITTEN, a_statement
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
STEPS = ("remind", "send_back", "receive", "newer", "cancel")


@pytest.fixture(autouse=True)
def monday_noon(time_is, settings, tmp_path):
    time_is(NOON)
    settings.FILES = tmp_path


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


@pytest.fixture
def request_of(case, aino):
    return a_statement(case=case, by=aino)


@pytest.fixture
def portal(aino):
    found = browser_of(aino)
    found.cookies[LANGUAGE_COOKIE] = "en"
    return found


def path(request, name=""):
    return reverse(f"statement_{name}" if name else "statement", args=[request.case.number, request.pk])


def ask(portal, case, **others):
    form = {"kind": "B", "asked_of": "Dr Koski", "purpose": "All illnesses", "asked_on": "2026-11-23"} | others
    return portal.post(reverse("statement_new", args=[case.number]), form)


def visits(portal, case):
    return portal.get(reverse("case_visits", args=[case.number]))


# --- asking and the panel ---------------------------------------------------------------------------------------


def test_a_statement_is_asked_for_and_stands_on_the_visits_tab(case, portal):
    answer = ask(portal, case)

    assert answer["Location"] == reverse("case_visits", args=[case.number])
    page = visits(portal, case).text
    assert "Dr Koski" in page
    assert "23.12.2026" in page  # 30 days for a B statement


def test_without_requests_the_panel_says_what_it_is_for(case, portal):
    assert "No request for a statement is recorded here." in visits(portal, case).text


@pytest.mark.parametrize(
    ("others", "field"),
    [
        ({"kind": "Z"}, "kind"),
        ({"asked_of": ""}, "asked_of"),
        ({"asked_on": "2026-11-24"}, "asked_on"),
        ({"asked_on": "soon"}, "asked_on"),
        ({"application": "00000000-0000-4000-8000-000000000000"}, "application"),
    ],
)
def test_bad_input_is_told_at_its_field_and_what_was_typed_stays(case, portal, others, field):
    answer = ask(portal, case, **others)

    assert list(answer.context["form"].errors) == [field]
    assert "All illnesses" in answer.text
    assert not StatementRequest.objects.exists()


def test_a_day_before_the_asking_is_asked_of_at_its_field(case, portal):
    answer = ask(portal, case, due_on="2026-11-01")

    assert answer.context["form"].in_doubt.field == "due_on"
    assert not StatementRequest.objects.exists()


def test_only_applications_of_this_case_that_are_under_way_are_offered(case, aino, portal):
    mine = application_at("draft", case=case, by=aino)
    application_at("withdrawn", case=case, by=aino)
    application_at("draft", by=aino)

    form = portal.get(f"{reverse('statement_new', args=[case.number])}?application={mine.pk}").context["form"]

    assert list(form.fields["application"].queryset) == [mine]
    assert form["application"].value() == str(mine.pk)


def test_the_page_of_an_application_shows_its_statements(case, aino, portal):
    application = application_at("draft", case=case, by=aino)
    a_statement(case=case, application=application, by=aino)

    assert "Dr Koski, Kaavi health centre" in portal.get(application.get_absolute_url()).text


# --- the steps --------------------------------------------------------------------------------------------------


def test_the_page_shows_what_was_asked_and_by_when(request_of, portal):
    page = portal.get(path(request_of)).text

    assert "All illnesses, and what cannot be done because of them." in page
    assert "3 days late" in page
    assert AccessEntry.objects.filter(action="case.seen", subject=request_of.case.number).exists()


@pytest.mark.parametrize(
    ("name", "form", "state"),
    [
        ("remind", {"reminded_on": "2026-11-23"}, "asked"),
        ("send_back", {"returned_on": "2026-11-23", "reason": "The back is missing"}, "returned"),
        ("receive", {"received_on": "2026-11-23", "written_on": "2026-11-17"}, "received"),
        ("cancel", {"x": ""}, "cancelled"),
    ],
)
def test_each_step_is_taken_on_its_page(request_of, portal, name, form, state):
    assert portal.get(path(request_of, name)).status_code == 200

    answer = portal.post(path(request_of, name), form | {"version": 1})

    assert answer["Location"] == path(request_of)
    assert StatementRequest.objects.get().state == state
    assert portal.get(path(request_of)).status_code == 200


def test_the_paper_is_added_with_the_answer_and_can_be_fetched(request_of, portal):
    form = {"received_on": "2026-11-23", "written_on": "2026-11-17", "file": a_pdf(), "version": 1}
    portal.post(path(request_of, "receive"), form)

    document = Document.objects.get()
    assert reverse("document", args=[request_of.case.number, document.pk]) in portal.get(path(request_of)).text


def test_a_file_and_a_document_at_once_are_one_too_many(request_of, aino, portal):
    earlier = {"received_on": "2026-11-23", "written_on": "2026-11-17", "file": a_pdf(), "version": 1}
    portal.post(path(a_statement(case=request_of.case, by=aino), "receive"), earlier)

    form = earlier | {"file": a_pdf(), "document": Document.objects.get().pk}
    answer = portal.post(path(request_of, "receive"), form)

    assert list(answer.context["form"].errors) == ["document"]
    assert Document.objects.count() == 1


def test_a_wrong_file_is_refused_and_nothing_is_received(request_of, portal):
    form = {"received_on": "2026-11-23", "written_on": "2026-11-17", "version": 1}
    answer = portal.post(path(request_of, "receive"), form | {"file": a_pdf(content=b"MZ\x90")})

    assert list(answer.context["form"].errors) == ["file"]
    assert StatementRequest.objects.get().state == "asked"


def test_a_statement_that_arrives_twice_is_told_kindly_and_a_newer_paper_kept_as_a_new_version(request_of, portal):
    form = {"received_on": "2026-11-23", "written_on": "2026-11-17", "version": 1}
    portal.post(path(request_of, "receive"), form | {"file": a_pdf()})

    answer = portal.post(path(request_of, "receive"), form | {"file": a_pdf()}, follow=True)

    assert "nothing was doubled" in answer.text
    assert Document.objects.count() == 1
    same = portal.post(path(request_of, "newer"), {"file": a_pdf(), "written_on": "2026-11-17", "version": 2})
    assert list(same.context["form"].errors) == ["file"]
    newer = a_pdf(content=a_pdf().read().replace(b"(paper)", b"(newer)"))
    portal.post(path(request_of, "newer"), {"file": newer, "written_on": "2026-11-20", "version": 2})
    assert StatementRequest.objects.get(document__replaces__isnull=False)


def test_the_second_of_two_people_keeps_what_they_typed(request_of, portal):
    portal.post(path(request_of, "remind"), {"reminded_on": "2026-11-23", "version": 1})

    typed = {"returned_on": "2026-11-23", "reason": "The back is missing", "version": 1}
    answer = portal.post(path(request_of, "send_back"), typed)

    assert "Somebody else changed this" in answer.text
    assert "The back is missing" in answer.text
    assert answer.context["form"]["version"].value() == "2"


# --- age --------------------------------------------------------------------------------------------------------


def test_the_panel_says_when_a_b_statement_becomes_old_and_when_it_is(case, aino, portal, time_is):
    request = a_statement("received", case=case, by=aino)
    assert "becomes old on 17.5.2027" in visits(portal, case).text

    time_is(NOON + timedelta(days=200))
    later = browser_of(aino)
    later.cookies[LANGUAGE_COOKIE] = "en"
    assert "too old since 17.5.2027" in visits(later, case).text
    assert "An application can be filed with it" in later.get(path(request)).text


def test_the_timeline_tells_of_every_step(case, aino, portal):
    a_statement("received", case=case, by=aino)

    page = portal.get(reverse("case_timeline", args=[case.number])).text

    assert "Statement received" in page
    assert f"dated {WRITTEN.day}.{WRITTEN.month}.{WRITTEN.year}" in page
    assert "expected by 20.11.2026" in page


# --- who --------------------------------------------------------------------------------------------------------


def test_the_neighbour_finds_nothing(request_of, cecilia, tuusniemi):
    from tenants.scope import in_municipality

    with in_municipality(tuusniemi):
        outsider = browser_of(cecilia)

    for name in ("", *STEPS):
        assert outsider.get(path(request_of, name)).status_code == 404
        assert outsider.post(path(request_of, name), {}).status_code in {404, 405}


def test_a_team_member_reads_and_changes_nothing(request_of, aino, daavid):
    cases.add_participant(case=request_of.case, user=daavid, since=TODAY, by=aino, at=NOON)
    portal = browser_of(daavid)

    page = portal.get(path(request_of))

    assert page.status_code == 200
    assert path(request_of, "remind") not in page.text
    assert [portal.post(path(request_of, name), {}).status_code for name in STEPS] == [403] * len(STEPS)
    assert reverse("statement_new", args=[request_of.case.number]) not in visits(portal, request_of.case).text


def test_a_coordinator_of_another_case_is_asked_for_a_reason_first(request_of, bertta):
    answer = browser_of(bertta).get(path(request_of))

    assert answer["Location"].startswith(reverse("case_reason", args=[request_of.case.number]))


def test_a_request_of_another_case_is_not_found_under_this_one(request_of, aino, portal):
    other = a_case(by=aino)

    assert portal.get(reverse("statement", args=[other.number, request_of.pk])).status_code == 404


def test_a_closed_case_shows_its_requests_and_offers_no_step(request_of, aino, portal):
    cases.close(case=request_of.case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    assert path(request_of, "remind") not in portal.get(path(request_of)).text
    answer = portal.post(path(request_of, "remind"), {"reminded_on": "2026-11-23", "version": 1})
    assert "The case is closed." in answer.text


def test_under_a_protective_order_the_forms_warn_and_no_page_shows_the_address(kaavi, aino, portal):
    case = a_case(by=aino, protective_order_source="DVV", street="Salakuja 1", phone="0401234567")
    request = a_statement(case=case, by=aino)

    for name in ("", *STEPS):
        page = portal.get(path(request, name)).text
        assert "Salakuja" not in page
        assert "0401234567" not in page
    assert "Do not write here where the client lives" in portal.get(path(request, "remind")).text


def test_no_page_asks_the_database_more_than_15_times(case, aino, portal, django_assert_max_num_queries):
    application = application_at("draft", case=case, by=aino)
    requests = [a_statement(case=case, application=application, by=aino) for _number in range(12)]

    for address in (path(requests[0]), path(requests[0], "receive"), reverse("statement_new", args=[case.number])):
        portal.get(address)
        with django_assert_max_num_queries(15):
            portal.get(address)
