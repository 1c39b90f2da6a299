"""Statement requests: asked, reminded, sent back, received (also twice), no longer needed; and how old they may be."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework.applications import actions as applications
from casework.cases import actions as cases
from casework.law import statements as statement_rules
from casework.law.benefits import NoRule
from casework.law.calendar import OutsideCalendar
from casework.law.errors import BeforeBirth, CaseIsClosed, DayOrderWrong, InTheFuture
from casework.law.origins import Certainty
from casework.law.workflow import StepNotAllowed
from casework.models import Document, StatementRequest, Task
from casework.reminders.sweep import sweep
from casework.statements import actions as statements
from casework.statements.actions import Arrival, CameBefore, NotHereYet, NotOfThisCase, SamePaper
from casework.statements.queries import aging, dated_statements
from tenants import files
from tenants.versions import EditedMeanwhile
from tests.asking import asked
from tests.casework.applications.making import application_at, evidence_of
from tests.casework.cases.making import BORN
from tests.casework.documents.paper import PDF, a_pdf
from tests.casework.statements.making import ASKED, DUE, WRITTEN, a_statement
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
HERE = Arrival(received_on=TODAY, written_on=WRITTEN)
NEWER_PDF = PDF.replace(b"(paper)", b"(newer)")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES = tmp_path


def paper(content=PDF):
    return files.check_upload(a_pdf(content=content), "statement.pdf")


def step(name, request, *, by, at=NOON, **details):
    return getattr(statements, name)(request=request, version=request.version, by=by, at=at, **details)


def in_db(request):
    return StatementRequest.objects.get(pk=request.pk)


# --- asking -----------------------------------------------------------------------------------------------------


def test_a_request_is_written_down_with_what_the_statement_must_say(kaavi, aino):
    request = in_db(a_statement(by=aino))

    assert (request.kind, request.state, request.asked_by) == ("B", "asked", aino)
    assert request.purpose == "All illnesses, and what cannot be done because of them."
    event = request.case.events.get(kind="statement.asked")
    assert (event.on, event.facts) == (ASKED, {"kind": "B", "due_on": DUE.isoformat()})


@pytest.mark.parametrize("kind", StatementRequest.Kind)
def test_without_a_day_it_is_expected_as_usual_for_its_kind(kaavi, aino, kind):
    request = a_statement(by=aino, kind=kind, due_on=None)

    usual = statement_rules.answer_time(kind, asked_on=ASKED)
    assert request.due_on == ASKED + timedelta(days=usual.days) > ASKED


def test_before_all_rules_a_day_must_be_given(kaavi, aino):
    with pytest.raises(NoRule):
        a_statement(by=aino, asked_on=date(2001, 1, 1), due_on=None)


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        ({"asked_on": BORN - timedelta(1)}, BeforeBirth),
        ({"asked_on": TODAY + timedelta(1)}, InTheFuture),
        ({"due_on": ASKED - timedelta(1)}, DayOrderWrong),
        ({"due_on": date(9999, 1, 1)}, OutsideCalendar),
    ],
)
def test_days_that_cannot_be_are_refused(kaavi, aino, days, refusal):
    with asked(refusal):
        a_statement(by=aino, **days)


def test_an_application_of_somebody_else_is_refused(kaavi, aino):
    with pytest.raises(NotOfThisCase):
        a_statement(by=aino, application=application_at("draft", by=aino))


def test_a_team_member_takes_no_step(kaavi, aino, daavid):
    request = a_statement(by=aino)

    with pytest.raises(PermissionDenied):
        step("remind", request, reminded_on=TODAY, by=daavid)
    with pytest.raises(PermissionDenied):
        statements.cancel(request=request, by=daavid, at=NOON)


# --- reminding, sending back, cancelling ------------------------------------------------------------------------


def test_to_remind_moves_the_day_counts_and_stays_asked(kaavi, aino):
    request = step("remind", a_statement(by=aino), reminded_on=TODAY, by=aino)
    request = in_db(step("remind", request, reminded_on=TODAY, due_on=TODAY + timedelta(7), by=aino))

    assert (request.state, request.reminder_count, request.reminded_on) == ("asked", 2, TODAY)
    assert request.due_on == TODAY + timedelta(7)
    assert request.case.events.filter(kind="statement.reminded").count() == 2


def test_what_is_insufficient_goes_back_and_is_awaited_again(kaavi, aino):
    request = a_statement("received", by=aino, arrival=Arrival(received_on=TODAY, written_on=WRITTEN, file=paper()))

    request = in_db(step("send_back", request, returned_on=TODAY, reason="No word of the back.", by=aino))

    assert (request.state, request.return_reason, request.is_awaited) == ("returned", "No word of the back.", True)
    assert (request.received_on, request.written_on, request.document) == (None, None, None)
    assert request.due_on == TODAY + timedelta(30)
    assert Document.objects.count() == 1  # the paper stays among the documents


def test_cancelled_twice_is_well_and_what_is_here_cannot_be_cancelled(kaavi, aino):
    request = statements.cancel(request=a_statement("cancelled", by=aino), by=aino, at=NOON)

    assert request.case.events.filter(kind="statement.cancelled").count() == 1
    with pytest.raises(StepNotAllowed):
        statements.cancel(request=a_statement("received", by=aino), by=aino, at=NOON)


@pytest.mark.parametrize("state", ["received", "cancelled"])
def test_nobody_is_reminded_of_what_is_not_awaited(kaavi, aino, state):
    with pytest.raises(StepNotAllowed):
        step("remind", a_statement(state, by=aino), reminded_on=TODAY, by=aino)


@pytest.mark.parametrize(
    ("name", "details"),
    [
        ("remind", {"reminded_on": ASKED - timedelta(1)}),
        ("remind", {"reminded_on": TODAY, "due_on": TODAY - timedelta(1)}),
        ("send_back", {"returned_on": ASKED - timedelta(1), "reason": "x"}),
        ("receive", {"arrival": Arrival(received_on=ASKED - timedelta(1), written_on=ASKED - timedelta(2))}),
        ("receive", {"arrival": Arrival(received_on=ASKED, written_on=WRITTEN)}),
    ],
)
def test_steps_before_what_they_follow_are_asked_of(kaavi, aino, name, details):
    request = a_statement(by=aino)
    with asked(DayOrderWrong):
        step(name, request, by=aino, **details)


# --- receiving, and receiving twice -----------------------------------------------------------------------------


def test_a_statement_comes_with_its_paper(kaavi, aino):
    arrival = Arrival(received_on=TODAY, written_on=WRITTEN, file=paper())

    request = in_db(step("receive", a_statement(by=aino), arrival=arrival, by=aino))

    assert (request.state, request.received_on, request.written_on) == ("received", TODAY, WRITTEN)
    assert (request.document.kind, request.document.dated_on) == ("statement_b", WRITTEN)
    assert not request.is_awaited


def test_a_statement_may_be_a_document_that_is_here_already_but_only_of_this_case(kaavi, aino):
    request = a_statement("received", by=aino, arrival=Arrival(received_on=TODAY, written_on=WRITTEN, file=paper()))
    again = a_statement(case=request.case, by=aino)
    theirs = a_statement(by=aino)

    again = step("receive", again, arrival=Arrival(**vars(HERE) | {"document": request.document}), by=aino)

    assert again.document == request.document
    with pytest.raises(NotOfThisCase):
        step("receive", theirs, arrival=Arrival(**vars(HERE) | {"document": request.document}), by=aino)


def test_a_statement_that_arrives_twice_is_told_and_nothing_is_doubled(kaavi, aino):
    request = a_statement(by=aino)
    arrival = Arrival(received_on=TODAY, written_on=WRITTEN, file=paper())
    step("receive", request, arrival=arrival, by=aino)

    with pytest.raises(CameBefore) as told:
        step("receive", request, arrival=arrival, by=aino)

    assert "23.11.2026" in str(told.value.user_message)
    assert Document.objects.count() == 1
    assert request.case.events.filter(kind="statement.received").count() == 1


def test_a_newer_paper_of_it_becomes_a_new_version(kaavi, aino):
    request = a_statement("received", by=aino, arrival=Arrival(received_on=TODAY, written_on=WRITTEN, file=paper()))
    first = request.document

    request = in_db(step("keep_newer", request, file=paper(NEWER_PDF), written_on=TODAY, by=aino))

    assert request.document.replaces == first
    assert (request.state, request.written_on) == ("received", TODAY)
    with pytest.raises(SamePaper):
        step("keep_newer", request, file=paper(NEWER_PDF), written_on=TODAY, by=aino)


def test_a_newer_paper_follows_the_newest_version_or_is_the_first_paper(kaavi, aino):
    request = a_statement("received", by=aino)
    request = step("keep_newer", request, file=paper(), written_on=WRITTEN, by=aino)
    assert request.document.replaces is None

    first = request.document
    request = step("keep_newer", request, file=paper(NEWER_PDF), written_on=WRITTEN, by=aino)
    StatementRequest.objects.filter(pk=request.pk).update(document=first)  # as if replaced on the page of documents

    third = step("keep_newer", in_db(request), file=paper(NEWER_PDF + b"\n"), written_on=WRITTEN, by=aino).document
    assert third.replaces == request.document


def test_nothing_newer_is_kept_of_what_never_came(kaavi, aino):
    with pytest.raises(NotHereYet):
        step("keep_newer", a_statement(by=aino), file=paper(), written_on=WRITTEN, by=aino)


@pytest.mark.parametrize(
    ("name", "details"), [("receive", {"arrival": HERE}), ("send_back", {"returned_on": TODAY, "reason": "x"})]
)
def test_an_answer_ends_the_task_about_the_missing_one(kaavi, aino, name, details):
    request = a_statement(by=aino)
    sweep(on=TODAY, at=NOON)

    step(name, request, by=aino, **details)

    assert Task.objects.get().is_done


# --- two people, closed cases -----------------------------------------------------------------------------------


def test_the_second_of_two_people_is_told(kaavi, aino, bertta):
    request = a_statement(by=aino)
    step("remind", request, reminded_on=TODAY, by=bertta)

    with pytest.raises(EditedMeanwhile):
        step("receive", request, arrival=HERE, by=aino)


def test_a_closed_case_is_not_changed(kaavi, aino):
    request = a_statement(by=aino)
    cases.close(case=request.case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    for act in (
        lambda: a_statement(case=request.case, by=aino),
        lambda: step("remind", request, reminded_on=TODAY, by=aino),
        lambda: step("receive", request, arrival=HERE, by=aino),
    ):
        with pytest.raises(CaseIsClosed):
            act()


def test_what_nobody_waits_for_any_more_ends_also_in_a_closed_case(kaavi, aino):
    request = a_statement(by=aino)
    cases.close(case=request.case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    assert statements.cancel(request=request, by=aino, at=NOON).state == "cancelled"


# --- age --------------------------------------------------------------------------------------------------------


def test_every_kind_has_a_usual_time_from_experience():
    tables = statement_rules.tables()

    assert {row.kind for row in tables.answers} == set(StatementRequest.Kind)
    assert {row.kind for row in tables.ages} == {"B"}
    assert {row.certainty for row in tables.answers} == {Certainty.UNVERIFIED}
    assert {row.certainty for row in tables.ages} == {Certainty.OFFICIAL_PAGE}


def test_a_b_statement_is_old_after_six_months_and_others_are_not_watched():
    assert statement_rules.old_on("B", written_on=date(2026, 10, 3)) == date(2027, 4, 3)
    assert statement_rules.old_on("B", written_on=date(2026, 8, 31)) == date(2027, 2, 28)
    assert statement_rules.old_on("A", written_on=WRITTEN) is None


def test_a_statement_knows_its_age_only_when_it_is_here(kaavi, aino):
    assert a_statement(by=aino).old_on is None
    assert a_statement("received", by=aino).old_on == date(2027, 5, 17)


def aging_days(by, until):
    return [found.old_on for found in aging(dated_statements(by.cases.values("pk")), until=until)]


def test_an_application_in_preparation_is_watched_by_its_newest_statement(kaavi, aino):
    application = application_at("draft", by=aino)
    evidence_of(application, by=aino, dated_on=date(2026, 5, 10))
    a_statement(
        "received",
        case=application.case,
        application=application,
        by=aino,
        arrival=Arrival(received_on=TODAY, written_on=date(2026, 6, 1)),
    )

    assert aging_days(aino, date(2026, 11, 30)) == []
    assert aging_days(aino, date(2026, 12, 1)) == [date(2026, 12, 1)]


def test_what_is_filed_or_asks_for_no_such_statement_is_not_watched(kaavi, aino):
    application = application_at("draft", by=aino)
    evidence_of(application, by=aino, dated_on=date(2026, 1, 10))
    evidence_of(application_at("draft", by=aino), kind="other", by=aino, dated_on=date(2026, 1, 10))
    evidence_of(application_at("draft", benefit="SPR", decider="kela", by=aino), by=aino, dated_on=date(2026, 10, 1))
    assert len(aging_days(aino, TODAY)) == 1

    applications.file(application=application, filed_on=TODAY, version=1, by=aino, at=NOON)

    assert aging_days(aino, TODAY) == []


def test_a_statement_that_nobody_waited_for_any_more_comes_after_all(kaavi, aino):
    request = a_statement("cancelled", by=aino)
    arrival = Arrival(received_on=TODAY, written_on=WRITTEN)

    request = in_db(step("receive", request, arrival=arrival, by=aino))

    assert (request.state, request.received_on, request.is_awaited) == ("received", TODAY, False)
