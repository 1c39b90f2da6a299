"""The list of what goes with an application: its states, one click, what is not needed, and filing by the same rows."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from casework.applications import actions as applications
from casework.applications import annex_answers, annexes, queries
from casework.applications.annex_list import Item, State, annex_list
from casework.applications.papers import Paper
from casework.law.origins import Certainty
from casework.models import AnnexAnswer, Application, Evidence
from casework.statements.actions import Arrival
from tenants.rough_days import RoughDay
from tests.asking import asked
from tests.casework.applications.making import FILED, an_illness, application_at, evidence_of, not_needed
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_paper
from tests.casework.descriptions.making import a_description
from tests.casework.figures.making import own_annex
from tests.casework.statements.making import DUE, WRITTEN, a_statement
from tests.conftest import NOON

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.FILES = tmp_path


def items_of(application: Application, on: date = TODAY) -> dict[str, Item]:
    found = queries.in_case(application)
    listed = annex_list(application, found, application.annex_answers.all(), on=on)
    return {item.annex.code: item for item in listed.items}


def offered_to(application: Application) -> list[Paper]:
    return queries.in_case(application).offered_to(application)


# --- the states -------------------------------------------------------------------------------------------------


def test_what_is_needed_and_not_there_is_not_yet_and_leads_to_the_statement(kaavi, aino):
    application = application_at("draft", by=aino)

    item = items_of(application)["statement"]

    assert (item.state, str(item.words), item.tone) == (State.OPEN, "Ei vielä", "warning")
    [link] = item.links
    assert link.url.endswith(f"/statements/new/?application={application.pk}&kind=B")


def test_of_what_was_filed_long_ago_nothing_recorded_is_not_missing(kaavi, aino):
    filed = applications.file(
        application=application_at("draft", by=aino),
        filed_on=FILED,
        statement_follows=True,
        version=1,
        by=aino,
        at=NOON,
    )

    item = items_of(filed)["statement"]

    assert (item.state, str(item.words), item.tone) == (State.OPEN, "Täällä ei ole merkintää", "neutral")


def test_what_nobody_knows_to_be_needed_is_not_shown_as_missing(kaavi, aino):
    items = items_of(application_at("draft", by=aino))

    assert [items[code].tone for code in ("abroad", "employer")] == ["neutral", "neutral"]
    assert str(items["abroad"].words) != str(items["employer"].words) != "Ei vielä"


def test_what_is_attached_says_its_day_and_when_it_is_too_old(kaavi, aino):
    application = application_at("draft", by=aino)
    evidence_of(application, dated_on=date(2026, 5, 22), by=aino)

    assert (items_of(application)["statement"].state, items_of(application)["statement"].is_old) == (
        State.ATTACHED,
        True,
    )
    assert not items_of(application, on=date(2026, 11, 22))["statement"].is_old


def test_a_newer_statement_makes_up_for_an_old_one(kaavi, aino):
    application = application_at("draft", by=aino)
    evidence_of(application, dated_on=date(2025, 1, 2), by=aino)
    evidence_of(application, dated_on=date(2026, 11, 2), by=aino)

    assert not items_of(application)["statement"].is_old


def test_a_statement_without_a_day_is_not_called_old(kaavi, aino):
    application = application_at("draft", by=aino)
    evidence_of(application, dated_on=None, by=aino)

    item = items_of(application)["statement"]
    assert (item.state, item.is_old) == (State.ATTACHED, False)


def test_a_statement_that_is_under_way_is_awaited_by_its_day(kaavi, aino):
    application = application_at("draft", by=aino)
    a_statement(case=application.case, application=application, by=aino)

    item = items_of(application)["statement"]

    assert item.state == State.AWAITED
    assert item.awaited is not None
    assert item.awaited.due_on == DUE


def test_a_statement_that_came_is_in_the_case(kaavi, aino):
    application = application_at("draft", by=aino)
    a_statement("received", case=application.case, application=application, by=aino)

    item = items_of(application)["statement"]

    assert item.state == State.IN_CASE
    assert item.paper is not None
    assert item.paper.dated_on == RoughDay(WRITTEN)


def test_a_newer_one_in_the_case_is_offered_beside_an_old_one(kaavi, aino):
    application = application_at("draft", by=aino)
    evidence_of(application, dated_on=date(2026, 1, 2), by=aino)
    a_statement("received", case=application.case, by=aino)

    item = items_of(application)["statement"]

    assert (item.state, item.is_old, item.paper is not None) == (State.ATTACHED, True, True)


def test_an_accident_s_form_is_met_only_by_evidence_that_says_so(kaavi, aino):
    application = application_at("draft", benefit="SPR", decider="kela", by=aino)
    evidence_of(application, kind="other", by=aino)
    assert items_of(application)["accident"].state == State.OPEN

    evidence_of(application, kind="other", annex="accident", by=aino)

    assert items_of(application)["accident"].state == State.ATTACHED


def test_a_benefit_of_which_nothing_is_known_has_no_list(kaavi, aino):
    assert items_of(application_at("draft", benefit="TTO", decider="kela", by=aino)) == {}


# --- one click --------------------------------------------------------------------------------------------------


def test_one_click_carries_over_kind_title_day_document_and_illnesses(kaavi, aino):
    case = a_case(by=aino)
    back = an_illness(case, "Selkäkipu", by=aino)
    paper = a_paper(case, by=aino)
    first = application_at("draft", case=case, by=aino)
    day = RoughDay(date(2026, 10, 1))
    evidence_of(first, back, title="Salo, Siilinjärvi", dated_on=day, document=paper, by=aino)
    second = application_at("draft", benefit="TKE-K", decider="kela", case=case, by=aino)
    found = items_of(second)["statement"].paper
    assert found is not None

    piece = annex_answers.attach_paper(application=second, paper=found, by=aino, at=NOON)

    assert (piece.kind, piece.title, piece.dated_on, piece.document) == ("B", "Salo, Siilinjärvi", day, paper)
    assert list(piece.illnesses.all()) == [back]
    assert items_of(second)["statement"].state == State.ATTACHED


def test_a_statement_that_came_brings_its_writer_its_day_and_its_paper(kaavi, aino):
    application = application_at("draft", by=aino)
    paper = a_paper(application.case, by=aino)
    arrival = Arrival(received_on=TODAY, written_on=WRITTEN, document=paper)
    request = a_statement("received", case=application.case, arrival=arrival, by=aino)
    [found] = [one for one in offered_to(application) if one.key == request.pk]

    piece = annex_answers.attach_paper(application=application, paper=found, by=aino, at=NOON)

    assert (piece.kind, piece.title, piece.document) == ("B", request.asked_of, paper)
    assert piece.dated_on == RoughDay(WRITTEN)
    assert request.pk not in {one.key for one in offered_to(application)}


def test_a_signed_description_is_offered_once(kaavi, aino):
    application = application_at("draft", by=aino)
    description = a_description("signed", case=application.case, by=aino, health="Jaksaa istua tunnin.")

    assert [(one.kind, one.document) for one in offered_to(application)] == [("description", description.document)]


def test_a_paper_that_is_attached_is_not_offered_again(kaavi, aino):
    case = a_case(by=aino)
    for benefit, decider in (("TKE-T", "keva"), ("TKE-K", "kela")):
        evidence_of(application_at("draft", benefit=benefit, decider=decider, case=case, by=aino), by=aino)

    assert [offered_to(application) for application in case.applications.all()] == [[], []]


def test_papers_of_another_case_are_never_offered(kaavi, aino):
    a_statement("received", by=aino)

    assert offered_to(application_at("draft", by=aino)) == []


# --- what is not needed -----------------------------------------------------------------------------------------


def test_what_is_not_needed_is_said_with_a_reason_and_can_be_taken_back(kaavi, aino):
    application = application_at("draft", by=aino)

    answer = not_needed(application, "statement", why="Keva on saanut lausunnon sairaalasta.", by=aino)

    item = items_of(application)["statement"]
    assert (item.state, item.answer) == (State.NOT_NEEDED, answer)
    annex_answers.take_back(answer=answer, reason="Väärä hakemus", version=1, by=aino, at=NOON)
    assert items_of(application)["statement"].state == State.OPEN


def test_it_is_said_once(kaavi, aino):
    application = application_at("draft", by=aino)
    not_needed(application, by=aino)

    with pytest.raises(annex_answers.SaidBefore):
        not_needed(application, by=aino)
    assert AnnexAnswer.objects.count() == 1


# --- filing reads the same rows ---------------------------------------------------------------------------------


def file(application: Application, by, filed_on: date = FILED, **said) -> Application:
    return applications.file(
        application=application, filed_on=filed_on, version=application.version, **said, by=by, at=NOON
    )


def test_filing_names_what_is_missing_and_goes_on_when_it_is_said_not_to_be_needed(kaavi, aino):
    application = application_at("draft", benefit="KT", decider="kela", by=aino)
    evidence_of(application, by=aino)
    with pytest.raises(annexes.AnnexMissing) as refusal:
        file(application, aino)
    assert "kuntoutussuunnitelma" in str(refusal.value.user_message)
    assert "B-lausunto" not in str(refusal.value.user_message)

    not_needed(application, "plan", why="Suunnitelma on B-lausunnossa.", by=aino)

    assert file(application, aino).state == "filed"


def test_filing_with_a_statement_that_is_too_old_is_asked_once_and_is_no_wall(kaavi, aino):
    application = application_at("draft", by=aino)
    evidence_of(application, dated_on=date(2026, 2, 27), by=aino)

    with asked(annexes.AnnexTooOld) as doubt:
        file(application, aino)
    assert "27.2.2026" in str(doubt.value.user_message)

    assert file(application, aino).state == "filed"


def test_filing_asks_nothing_of_a_benefit_of_which_nothing_is_known(kaavi, aino):
    application = application_at("draft", benefit="TTO", decider="kela", by=aino)

    assert file(application, aino).state == "filed"


# --- the municipality's own rows --------------------------------------------------------------------------------


def test_an_own_row_is_on_the_list_with_its_source_and_filing_asks_for_it(kaavi, aino, bertta):
    own_annex("TTO", by=bertta)
    application = application_at("draft", benefit="TTO", decider="kela", by=aino)

    [item] = items_of(application).values()
    assert (item.name, item.annex.source, item.annex.certainty) == (
        "Palkkatodistus",
        "Kelan kirje 12.10.2026",
        Certainty.OWN,
    )
    with pytest.raises(annexes.AnnexMissing):
        file(application, aino)
    evidence_of(application, kind="other", annex=item.annex.code, by=aino)
    assert file(application, aino).state == "filed"


def test_an_own_age_of_a_statement_is_used_wherever_its_age_is_told(kaavi, aino, bertta):
    own_annex("TKE-T", "statement", name="B-lausunto", kind="B", months=3, by=bertta)
    application = application_at("draft", by=aino)
    evidence_of(application, dated_on=date(2026, 8, 20), by=aino)
    arrival = Arrival(received_on=TODAY, written_on=date(2026, 8, 20))
    request = a_statement("received", case=application.case, application=application, arrival=arrival, by=aino)

    assert items_of(application)["statement"].is_old
    assert request.old_on == date(2026, 11, 20)
    assert request.age_origin is not None
    assert request.age_origin.certainty is Certainty.OWN


def test_a_team_member_attaches_nothing_even_when_a_view_forgot_to_ask(kaavi, aino, daavid):
    application = application_at("draft", by=aino)

    with pytest.raises(PermissionDenied):
        file(application, daavid, statement_follows=True)
    assert not Evidence.objects.exists()
