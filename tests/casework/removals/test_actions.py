"""An application for removal: written, filed, answered, withdrawn; a removed decision is decided anew."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from casework.appeals.filing import TwoSigners
from casework.applications.evidence import NotOfThisClient
from casework.applications.presenters import last_word
from casework.endings.actions import Fate
from casework.law.errors import CaseIsClosed, InTheFuture
from casework.law.workflow import StepNotAllowed
from casework.models import Application, Correction, Document, OpenEnd, Removal, Round
from casework.removals import actions as removals
from casework.removals.actions import LateReasonNeeded, RemovalDetails, RemovalExists
from tenants import files
from tenants.accounts.models import User
from tests.casework.applications.making import a_decision, in_db
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_paper
from tests.casework.endings.making import closed
from tests.casework.removals.making import a_final_decision, a_removal, answered, filed, removal_in_db, withdrawn
from tests.casework.representatives.making import a_representation
from tests.conftest import NOON
from tests.papers import pdf_text

TODAY = date(2026, 11, 23)
LONG_AGO: dict[str, Any] = {
    "filed_on": date(2020, 9, 1),
    "decided_on": date(2020, 11, 2),
    "notice_on": date(2020, 11, 3),
}


@pytest.fixture(autouse=True)
def monday_noon(time_is, settings, tmp_path):
    settings.FILES = tmp_path
    time_is(NOON)


def rounds_of(removal: Removal) -> list[tuple[str, date, bool]]:
    found = Round.objects.filter(application__decisions=removal.decision_id).order_by("number")
    return [(one.kind, one.begun_on, one.is_open) for one in found]


def application_of(removal: Removal) -> Application:
    return in_db(removal.decision.application)


def test_it_is_written_filed_with_its_proof_and_answered(kaavi, aino):
    removal = a_removal(by=aino)

    went = filed(removal, sent_by="post", sent_time=time(9, 30), receipt="RR 1", by=aino)
    done = answered(went, answer_words="Ei aihetta.", by=aino)

    found = removal_in_db(done)
    assert (found.state, found.filed_on, found.sent_by, found.receipt) == ("answered", TODAY, "post", "RR 1")
    assert (found.answer, found.answered_on, found.answer_words) == ("not_removed", TODAY, "Ei aihetta.")


def test_of_a_decision_one_is_under_way_at_a_time(kaavi, aino):
    decision = a_final_decision(by=aino)
    first = a_removal(decision=decision, by=aino)

    with pytest.raises(RemovalExists):
        a_removal(decision=decision, by=aino)
    withdrawn(first, by=aino)
    a_removal(decision=decision, by=aino)

    assert decision.removals.count() == 2


def test_it_may_be_asked_of_a_decision_that_is_not_final_yet(kaavi, aino):
    assert filed(a_removal(decision=a_decision(by=aino), by=aino), by=aino).is_filed


def test_when_the_decision_is_removed_its_application_waits_for_a_new_one_in_a_round_of_its_own(kaavi, aino):
    removal = answered(a_removal("filed", by=aino), "removed", by=aino)

    assert rounds_of(removal) == [("application", date(2025, 1, 7), False), ("removal", TODAY, True)]
    waiting = application_of(removal)
    assert (waiting.state, waiting.waiting_since, waiting.decided_on) == ("filed", TODAY, None)
    new = a_decision("granted", application=waiting, decided_on=TODAY, notice_on=TODAY, by=aino)
    assert new.round == removal_in_db(removal).round
    assert last_word(in_db(waiting)) == new


@pytest.mark.parametrize("answer", ["not_removed", "not_examined"])
def test_when_the_decision_stands_nothing_begins_anew(kaavi, aino, answer):
    removal = answered(a_removal("filed", by=aino), answer, by=aino)

    assert len(rounds_of(removal)) == 1
    assert application_of(removal).state == "decided"


def test_while_a_new_decision_is_awaited_already_no_second_wait_begins(kaavi, aino):
    first = answered(a_removal("filed", by=aino), "removed", by=aino)

    again = answered(a_removal("filed", decision=first.decision, by=aino), "removed", by=aino)

    assert (again.state, again.round, len(rounds_of(again))) == ("answered", None, 2)


def test_late_it_is_asked_why_and_filed_all_the_same(kaavi, aino):
    removal = a_removal(decision=a_final_decision(by=aino, **LONG_AGO), by=aino)

    with pytest.raises(LateReasonNeeded) as refusal:
        filed(removal, by=aino)
    assert "10.12.2025" in str(refusal.value.user_message)
    late = filed(removal, late_reason="Virhe löytyi nyt.", by=aino)

    assert (late.state, removal_in_db(late).late_reason) == ("filed", "Virhe löytyi nyt.")


def test_in_time_no_reason_is_kept(kaavi, aino):
    assert filed(a_removal(by=aino), late_reason="Turhaan", by=aino).late_reason == ""


def test_a_filed_one_is_kept_as_it_stands_among_the_documents(kaavi, aino):
    went = filed(a_removal(grounds="Leikkaus jäi huomiotta.", by=aino), is_as_written=True, by=aino)

    document = Document.objects.get()
    assert went.document == document
    assert "Leikkaus jäi huomiotta." in pdf_text(files.read(document.file_id))


def test_an_edited_text_keeps_what_it_said_before_and_a_filed_one_is_not_edited(kaavi, aino):
    removal = a_removal(grounds="Vanha teksti", by=aino)
    said = RemovalDetails(error="law", grounds="Uusi")

    edited = removals.edit(removal=removal, details=said, version=1, by=aino, at=NOON)

    assert "Vanha teksti" in Correction.objects.get(about_kind="removal").before
    went = filed(edited, by=aino)
    with pytest.raises(StepNotAllowed):
        removals.edit(removal=went, details=said, version=went.version, by=aino, at=NOON)


def test_a_paper_or_a_representative_of_somebody_else_goes_with_nothing(kaavi, aino):
    other = a_case(by=aino)
    power = a_paper(other, "power_of_attorney", by=aino)

    for goes_with in (
        {"attachments": [a_paper(other, by=aino)]},
        {"power_of_attorney": power},
        {"representation": a_representation(other, by=aino)},
    ):
        with pytest.raises(NotOfThisClient):
            a_removal(by=aino, **goes_with)


def test_a_representative_and_another_name_do_not_both_sign(kaavi, aino):
    decision = a_final_decision(by=aino)
    guardian = a_representation(decision.application.case, by=aino)

    with pytest.raises(TwoSigners):
        a_removal(decision=decision, representation=guardian, signed_by="Asko Auttaja", by=aino)


@pytest.mark.parametrize("step", [filed, answered])
def test_what_did_not_happen_yet_is_not_written_down(kaavi, aino, step):
    removal = a_removal("draft" if step is filed else "filed", by=aino)
    day = "filed_on" if step is filed else "answered_on"

    with pytest.raises(InTheFuture):
        step(removal, by=aino, **{day: TODAY + timedelta(days=1)})


def test_in_a_closed_case_none_is_begun(kaavi, aino):
    decision = a_final_decision(by=aino)
    closed(decision.application.case, Fate(holder=OpenEnd.Holder.NOBODY, reason="Asiakas muutti."), by=aino)

    with pytest.raises(CaseIsClosed):
        a_removal(decision=decision, by=aino)


def test_who_may_not_work_on_cases_takes_no_step(kaavi, aino, paula: User):
    with pytest.raises(PermissionDenied):
        filed(a_removal(by=aino), by=paula)
