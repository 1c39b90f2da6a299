"""The pages of the end of a case: what is open, who has it, the closed case, the client's paper, who may do it."""

from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from casework.cases.open_ends import open_ends
from casework.endings.actions import Fate
from casework.endings.presenters import title, when
from casework.models import Case, OpenEnd
from tenants.accounts.permissions import Role
from tests.casework.applications.making import application_at
from tests.casework.cases.making import a_case
from tests.casework.endings.making import OPEN, TODAY, closed, to, with_open
from tests.conftest import NOON
from tests.people import PortalClient, browser_of, person

Kind, Holder = OpenEnd.Kind, OpenEnd.Holder


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES = tmp_path


@pytest.fixture
def aino(kaavi):
    return person("Aino", Role.COORDINATOR, language="en")


@pytest.fixture
def erkki(kaavi):
    return person("Erkki", Role.COORDINATOR)


@pytest.fixture
def web(aino, time_is) -> PortalClient:
    time_is(NOON)
    return browser_of(aino)


def address(name: str, case: Case, *more: object) -> str:
    return reverse(name, args=[case.number, *more])


def typed(case: Case, to: object, why: str = "", **more: Any) -> dict[str, Any]:
    """What is sent to close a case: the same of everything that is open."""
    said: dict[str, Any] = {"outcome": "moved", "closed_on": "2026-11-23", "version": case.version}
    for end in open_ends(case, on=TODAY):
        said |= {f"to_{end.about}": str(to), f"why_{end.about}": why}
    return said | more


def text_of(answer: Any) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def everything_open(aino) -> Case:
    case = a_case(by=aino, language="en")
    for make in OPEN.values():
        make(case, aino)
    return Case.objects.get(pk=case.pk)


def test_the_closing_page_names_everything_that_is_open_with_its_day(web, aino):
    case = everything_open(aino)

    page = web.get(address("case_close", case)).text

    for words in (
        "14 things are still open.",
        "Appeal against the decision of 16.11.2026: disability pension",
        "last day 28.12.2026",
        "Check of the decision of 16.11.2026",
        "(sent, the ruling is awaited)",
        "Application for removal of the decision of 3.3.2025, in preparation: disability pension",
        "Application under way: disability pension",
        "Rehabilitation subsidy (fixed-term disability pension) ends: its continuation (receiver: Keva)",
        "Sickness allowance ends: registration as a jobseeker",
        "Referral to a rehabilitation assessment clinic, under way",
        "Agenda of the meeting of 24.11.2026",
        "Task: Soita Kelaan (Aino)",
        "Description of work and functional ability, in preparation",
        "what is won may belong to it. Ask the decider: nobody has verified this.",
        "the decider and the last days stay the same",
    ):
        assert words in page, words


@pytest.mark.parametrize("kind", [Kind.VISIT, Kind.AGENDA])
def test_a_visit_and_a_meeting_say_their_day_in_their_title_only(aino, kind):
    [end] = open_ends(with_open(kind, by=aino), on=TODAY)

    assert "11.2026" in title(end)
    assert when(end) == ""


def test_a_case_is_closed_by_one_form_and_the_closed_case_says_who_has_what(web, aino, erkki):
    case = with_open(Kind.CLOCK, by=aino)

    answer = web.post(address("case_close", case), typed(case, erkki.pk))

    assert answer.headers["Location"] == address("case_basics", case)
    page = web.get(address("case_basics", case)).text
    assert "What was open at the end" in page
    assert "Erkki" in page


def test_what_ends_asks_why_and_the_dead_get_nothing(web, aino):
    case = with_open(Kind.CLOCK, by=aino)

    page = web.post(address("case_close", case), typed(case, "nobody")).text
    assert "Say why it ends." in page
    page = web.post(address("case_close", case), typed(case, "client", outcome="died")).text
    assert "The client has died. Hand it to the estate" in page
    assert Case.objects.get(pk=case.pk).is_open


def test_a_withdrawal_hands_a_clock_to_a_colleague_when_the_client_wants_that(web, aino, erkki):
    case = with_open(Kind.CLOCK, by=aino)
    [end] = open_ends(case, on=TODAY)
    said = {"on": "2026-11-23", "version": case.version, f"to_{end.about}": str(erkki.pk), f"why_{end.about}": ""}

    assert web.post(address("case_withdraw", case), said).status_code == 302

    assert case.ends.get().keeper == erkki


@pytest.mark.parametrize("kind", OPEN)
def test_a_withdrawal_says_of_every_kind_who_has_it_or_why_it_ends(web, aino, kind):
    case = with_open(kind, by=aino)
    form = web.get(address("case_withdraw", case)).context["form"]
    said = {bound.html_name: bound.value() or "" for bound in form}

    assert web.post(address("case_withdraw", case), said).status_code == 302

    end = case.ends.get(kind=kind)
    of_benefits = (Kind.APPLICATION, Kind.CONTINUATION, Kind.JOBSEEKER)
    own = kind in (Kind.CLOCK, Kind.CHECK, Kind.APPEAL, Kind.REMOVAL, Kind.CARE, *of_benefits)
    assert end.holder == (Holder.CLIENT if own else Holder.NOBODY)
    assert bool(end.reason) != own


def test_an_end_is_handed_on_later_and_its_history_says_who_had_it(web, aino, erkki):
    case = closed(with_open(Kind.CLOCK, by=aino), to(aino), by=aino)
    end = case.ends.get()

    page = web.get(address("end_change", case, end.pk)).text
    assert "Now: Aino" in page
    web.post(address("end_change", case, end.pk), {"to": str(erkki.pk), "reason": "", "version": end.version})

    assert case.ends.get().keeper == erkki
    assert case.corrections.count() == 1


def test_an_end_does_not_end_with_the_words_that_said_to_whom_it_went(web, aino):
    case = closed(with_open(Kind.CLOCK, by=aino), Fate(holder="estate", reason="Tytär hoitaa asioita."), by=aino)
    end = case.ends.get()
    url = address("end_change", case, end.pk)

    kept = {"to": "nobody", "reason": "Tytär hoitaa asioita.", "version": end.version}
    assert "Say why it ends." in web.post(url, kept).text
    assert web.post(url, kept | {"reason": "Kuolinpesä ei hae muutosta."}).status_code == 302

    assert (case.ends.get().holder, case.ends.get().reason) == (Holder.NOBODY, "Kuolinpesä ei hae muutosta.")


def test_who_may_change_an_end(aino, erkki, tuusniemi, cecilia, time_is):
    time_is(NOON)
    case = closed(with_open(Kind.CLOCK, by=aino), to(aino), by=aino)
    url = address("end_change", case, case.ends.get().pk)
    daavid = person("Daavid", Role.TEAM_MEMBER)

    assert browser_of(daavid).get(url).status_code == 403
    assert "/reason/" in browser_of(erkki).get(url).headers["Location"]


def test_the_clients_paper_of_a_closed_case_says_what_the_client_has_and_what_others_follow(web, aino, erkki):
    case = a_case(by=aino, language="en")
    for kind in (Kind.CLOCK, Kind.APPLICATION):
        OPEN[kind](case, aino)
    case = Case.objects.get(pk=case.pk)
    said = typed(case, "client")
    [kept] = [end for end in open_ends(case, on=TODAY) if end.kind == Kind.APPLICATION]
    web.post(address("case_close", case), said | {f"to_{kept.about}": str(erkki.pk)})

    words = text_of(web.get(address("withdrawal_paper", case)))

    for word in ("Your service ends", "28.12.2026", "What somebody follows for you", "Erkki"):
        assert word in words, word
    assert "goes on handling the application" not in words


# --- a client who has died ------------------------------------------------------------------------------------------


@pytest.fixture
def died(aino) -> Case:
    application_at("filed", by=aino)
    return closed(Case.objects.get(), Fate(holder=Holder.ESTATE), outcome="died", by=aino)


def test_nothing_is_printed_for_a_client_who_has_died(died, web):
    for name in ("case_map", "case_map_pdf", "withdrawal_paper"):
        answer = web.get(address(name, died))
        assert answer.status_code == 409, name
        assert "The client has died: nothing is printed for them" in answer.text
    assert address("case_map", died) not in web.get(died.get_absolute_url()).text


# --- how many questions ---------------------------------------------------------------------------------------------


def test_the_pages_ask_as_many_questions_for_many_open_ends_as_for_one_of_each(
    web, aino, django_assert_max_num_queries
):
    case = everything_open(aino)
    for name, most in (("case_close", 15), ("case_withdraw", 16)):  # three of them keep the session alive
        for _ in range(2):  # the second look writes into the session that this page was seen
            web.get(address(name, case))
        with django_assert_max_num_queries(most) as few:
            web.get(address(name, case))
        for kind in (Kind.CLOCK, Kind.APPLICATION, Kind.VISIT, Kind.TASK, Kind.STATEMENT, Kind.CARE):
            for _ in range(3):
                OPEN[kind](case, aino)
        with django_assert_max_num_queries(len(few)) as many:
            web.get(address(name, case))
        assert len(few) == len(many)
