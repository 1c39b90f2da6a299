"""An application: begun, filed, returned for more, supplied, withdrawn, examined anew; and its evidence."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from casework.applications import actions as applications
from casework.applications import annexes, claims, evidence
from casework.cases.clocks import running_decisions
from casework.decisions import actions as decisions
from casework.decisions import further
from casework.law import workflow
from casework.law.benefits import NoRule
from casework.law.errors import BeforeBirth, CaseIsClosed, DayOrderWrong, InTheFuture
from casework.law.origins import UNKNOWN, Certainty
from casework.law.workflow import APPLICATION, ApplicationState, StepNotAllowed
from casework.models import Application, Event, Evidence
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from tenants.versions import EditedMeanwhile
from tests.asking import asked
from tests.casework.applications.making import FILED, a_decision, an_illness, application_at, evidence_of, in_db
from tests.casework.cases.making import BORN, a_case
from tests.casework.figures.making import own_figure
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)


def take(step, application, *, by):
    """Take a step of the table through its action, on a day that is well for it."""
    common = {"application": application, "version": application.version, "by": by, "at": NOON}
    if step == "file":
        return applications.file(filed_on=FILED, statement_follows=True, **common)
    if step == "ask_for_more":
        return applications.ask_for_more(asked_on=TODAY, due_on=TOMORROW, **common)
    if step in ("decide", "decide_further"):
        record = decisions.record if step == "decide" else further.record_further
        return record(decided_on=TODAY, result="granted", channel="post", notice_on=TODAY, **common)
    day = {"supply": "supplied_on", "re_examine": "asked_on", "withdraw": "withdrawn_on"}[step]
    return getattr(applications, step)(**{day: TODAY}, **common)


# `withdraw_request` is the same action for a matter that was decided before: see below. `annul` is a ruling's, and
# `decide_anew` a removal's.
ELSEWHERE = {"withdraw_request", "annul", "decide_anew"}


@pytest.mark.parametrize("step", dict.fromkeys(found.step for found in APPLICATION if found.step not in ELSEWHERE))
@pytest.mark.parametrize("state", [state.value for state in ApplicationState])
def test_every_action_follows_the_table_from_every_state(kaavi, aino, state, step):
    application = application_at(state, by=aino)
    allowed = workflow.transition(APPLICATION, state, step)

    if allowed is None:
        with pytest.raises(StepNotAllowed):
            take(step, application, by=aino)
    else:
        take(step, application, by=aino)

    assert in_db(application).state == (allowed.target if allowed else state)


def test_a_draft_has_benefit_and_decider_and_is_on_the_timeline(kaavi, aino):
    application = application_at("draft", benefit="KT", decider="kela", by=aino)

    assert (application.benefit.code, application.decider.code, application.drafted_on) == ("KT", "kela", TODAY)
    event = Event.objects.get(kind="application.drafted")
    assert (event.about_id, event.facts) == (
        application.pk,
        {"benefit": "KT", "decider": "kela", "begun_on": "2026-11-23"},
    )


@pytest.mark.parametrize(
    ("benefit", "decider", "refusal"),
    [
        ("TKE-T", "kela", claims.NotDecidedThere),
        ("TKE-K", "keva", claims.NotDecidedThere),
        ("TMT", "kela", claims.HadEnded),  # on 30.4.2026
        ("XXX", "kela", NoRule),
        ("KT", "nobody", NoRule),
    ],
)
def test_a_draft_asks_of_a_benefit_that_has_ended_and_a_decider_that_decides_on_others(
    kaavi, aino, benefit, decider, refusal
):
    with asked(refusal):
        application_at("draft", benefit=benefit, decider=decider, by=aino)

    assert not Application.objects.exists()


def test_no_application_is_begun_in_a_closed_case(kaavi, aino):
    from casework.cases import actions as cases

    case = a_case(by=aino)
    cases.close(case=case, outcome="work", closed_on=TODAY, version=case.version, by=aino, at=NOON)

    with pytest.raises(CaseIsClosed):
        application_at("draft", case=case, by=aino)


def test_filing_begins_the_waiting_with_the_usual_time_of_the_rule(kaavi, aino):
    application = application_at("filed", by=aino)

    assert (application.state, application.waiting_since, application.usual_days) == ("filed", FILED, 39)
    assert application.expected_by == FILED + timedelta(days=39)
    assert application.is_overdue(TODAY)
    assert application.days_waited(TODAY) == 83


def test_the_municipality_s_own_figure_comes_before_the_shipped_one(kaavi, aino):
    own_figure("usual.TKE-T.pension_insurer.new", "100", source="own median", valid_from=date(2026, 1, 1))

    application = application_at("filed", by=aino)

    assert application.expected_by == FILED + timedelta(days=100)
    assert not application.is_overdue(TODAY)
    assert application.usual_origin is not None
    assert application.usual_origin.certainty is Certainty.OWN
    assert application.usual_origin.source == "own median"


def test_an_application_keeps_where_its_usual_time_came_from(kaavi, aino):
    application = application_at("filed", by=aino)

    assert application.usual_origin is not None
    assert (application.usual_origin.source, application.usual_origin.certainty) == (
        "ETK 30.1.2026",
        Certainty.OFFICIAL_PAGE,
    )


def test_of_a_time_from_before_that_was_kept_the_shipped_rule_answers_when_it_says_the_same(kaavi, aino):
    application = application_at("filed", by=aino)
    application.usual_source = application.usual_confidence = ""
    assert application.usual_origin is not None
    assert application.usual_origin.source == "ETK 30.1.2026"

    application.usual_days = 62

    assert application.usual_origin == UNKNOWN


def test_a_continuation_has_its_own_usual_time(kaavi, aino):
    application = applications.draft(
        case=a_case(by=aino), benefit_code="KT", decider_code="kela", matter="continuation", by=aino, at=NOON
    )
    evidence_of(application, by=aino)

    filed = applications.file(application=application, filed_on=FILED, version=1, by=aino, at=NOON)

    assert filed.usual_days == 49


def test_filing_is_refused_when_the_statement_is_missing(kaavi, aino):
    application = application_at("draft", by=aino)

    with pytest.raises(annexes.AnnexMissing) as refusal:
        applications.file(application=application, filed_on=FILED, version=1, by=aino, at=NOON)

    assert "B-lausunto" in str(refusal.value.user_message)
    assert in_db(application).state == "draft"


def test_filing_without_the_statement_is_well_when_it_is_said_to_follow(kaavi, aino):
    application = application_at("draft", by=aino)

    filed = applications.file(
        application=application, filed_on=FILED, statement_follows=True, version=1, by=aino, at=NOON
    )

    assert filed.state == "filed"


def test_a_statement_of_another_kind_is_not_the_one_that_is_needed(kaavi, aino):
    application = application_at("draft", benefit="VT", decider="kela", by=aino)
    evidence_of(application, kind="B", by=aino)

    with pytest.raises(annexes.AnnexMissing):
        applications.file(application=application, filed_on=FILED, version=1, by=aino, at=NOON)


@pytest.mark.parametrize(
    ("filed_on", "refusal"),
    [
        (TOMORROW, InTheFuture),
        (BORN - timedelta(days=1), BeforeBirth),
        (date(2026, 5, 31), claims.FiledBeforeCase),
    ],
)
def test_filing_on_an_impossible_or_odd_day_is_said_at_its_field(kaavi, aino, filed_on, refusal):
    application = application_at("draft", by=aino)

    with asked(refusal) as refused:
        applications.file(
            application=application, filed_on=filed_on, statement_follows=True, version=1, by=aino, at=NOON
        )

    assert refused.value.field == "filed_on"
    assert in_db(application).state == "draft"


def test_filing_over_somebody_else_s_change_is_refused(kaavi, aino):
    application = application_at("draft", by=aino)
    applications.withdraw(application=application, withdrawn_on=TODAY, version=1, by=aino, at=NOON)
    other = application_at("filed", by=aino)

    with pytest.raises(StepNotAllowed):
        applications.file(application=application, filed_on=FILED, version=1, by=aino, at=NOON)
    with pytest.raises(EditedMeanwhile):
        applications.withdraw(application=other, withdrawn_on=TODAY, version=1, by=aino, at=NOON)


def test_a_team_member_cannot_take_a_step_even_when_a_view_forgot_to_ask(kaavi, aino, daavid):
    application = application_at("draft", by=aino)

    with pytest.raises(PermissionDenied):
        applications.withdraw(application=application, withdrawn_on=TODAY, version=1, by=daavid, at=NOON)


def test_what_is_attached_to_a_draft_is_sent_when_it_is_filed(kaavi, aino):
    application = application_at("draft", by=aino)
    statement = evidence_of(application, by=aino)
    assert statement.sent_on is None

    applications.file(application=application, filed_on=FILED, version=1, by=aino, at=NOON)

    assert Evidence.objects.get(pk=statement.pk).sent_on == FILED


def test_asking_for_more_waits_for_us_by_a_day_and_supplying_gives_it_back(kaavi, aino):
    application = application_at("filed", by=aino)

    returned = applications.ask_for_more(
        application=application,
        asked_on=date(2026, 11, 13),
        due_on=date(2026, 11, 30),
        what="Working history",
        version=application.version,
        by=aino,
        at=NOON,
    )
    assert (returned.state, returned.more_due_on, in_db(returned).more_asked) == (
        "returned",
        date(2026, 11, 30),
        "Working history",
    )
    assert not returned.is_overdue(TODAY)

    supplied = applications.supply(application=returned, supplied_on=TODAY, version=returned.version, by=aino, at=NOON)
    assert (supplied.state, supplied.supplied_on, supplied.waiting_since) == ("filed", TODAY, FILED)


@pytest.mark.parametrize(
    ("asked_on", "due_on", "field"),
    [(FILED - timedelta(days=1), TOMORROW, "asked_on"), (TODAY, TODAY - timedelta(days=1), "due_on")],
)
def test_more_is_not_asked_before_filing_nor_due_before_it_was_asked(kaavi, aino, asked_on, due_on, field):
    application = application_at("filed", by=aino)

    with asked(DayOrderWrong) as refusal:
        applications.ask_for_more(
            application=application, asked_on=asked_on, due_on=due_on, version=application.version, by=aino, at=NOON
        )

    assert refusal.value.field == field


def test_a_decided_matter_is_examined_anew_at_any_time_and_waits_for_a_second_decision(kaavi, aino):
    application = in_db(a_decision(by=aino).application)

    again = applications.re_examine(
        application=application, asked_on=TODAY, version=application.version, by=aino, at=NOON
    )
    assert (again.state, again.waiting_since, again.filed_on) == ("filed", TODAY, FILED)

    a_decision("granted", application=again, decided_on=TODAY, notice_on=TODAY, by=aino)
    assert in_db(application).decisions.count() == 2


def test_a_second_decision_older_than_the_question_is_asked_of(kaavi, aino):
    application = in_db(a_decision(by=aino).application)
    again = applications.re_examine(
        application=application, asked_on=TODAY, version=application.version, by=aino, at=NOON
    )

    with asked(decisions.DecidedBeforeFiling):
        a_decision("granted", application=again, by=aino)


def test_evidence_speaks_about_the_illnesses_of_this_client_only(kaavi, aino):
    application = application_at("draft", by=aino)
    other = an_illness(a_case(by=aino), by=aino)

    with pytest.raises(evidence.NotOfThisClient):
        evidence_of(application, other, by=aino)

    assert not Evidence.objects.exists()


def test_corrected_evidence_keeps_what_it_said_with_its_illnesses(kaavi, aino):
    draft = application_at("draft", by=aino)
    back, mind = an_illness(draft.case, "Selkä", by=aino), an_illness(draft.case, "Masennus", by=aino)
    statement = evidence_of(draft, back, by=aino)

    right: dict[str, Any] = {"kind": "C", "title": "Statement", "dated_on": date(2026, 8, 20), "illnesses": [mind]}
    evidence.correct(evidence=statement, **right, reason="Väärä sairaus", version=1, by=aino, at=NOON)

    [earlier] = corrections.of_row(statement)
    assert [str(old.said) for old in earlier.olds] == ["B-lausunto", "Selkä"]
    assert list(draft.evidence.get().illnesses.all()) == [mind]


@pytest.mark.parametrize("state", ["draft", "filed"])
def test_evidence_is_taken_back_and_stays_in_the_history(kaavi, aino, state):
    application = application_at(state, by=aino)
    statement = application.evidence.first() or evidence_of(application, by=aino)

    evidence.take_back(evidence=statement, reason="Väärä hakemus", version=1, by=aino, at=NOON)

    assert not application.evidence.exists()
    assert Evidence.everything.get(pk=statement.pk).removed_reason == "Väärä hakemus"
    with pytest.raises(TakenBack):
        evidence.take_back(evidence=statement, reason="x", version=2, by=aino, at=NOON)


def test_an_open_check_follows_evidence_that_is_taken_back(kaavi, aino):
    application = application_at("filed", by=aino)
    back = an_illness(application.case, by=aino)
    decision = a_decision(application=application, by=aino)
    statement = evidence_of(application, back, sent_on=FILED, by=aino)
    assert decision.coverage_check.rows.get().had_evidence

    evidence.take_back(evidence=statement, reason="Ei lähetetty", version=1, by=aino, at=NOON)

    assert not decision.coverage_check.rows.get().had_evidence


@pytest.mark.parametrize("is_returned", [False, True])
def test_withdrawing_a_request_for_a_re_examination_leaves_the_earlier_decision_as_it_was(kaavi, aino, is_returned):
    decision = a_decision(by=aino)
    before = in_db(decision.application)
    common: dict[str, Any] = {"by": aino, "at": NOON}
    asked = applications.re_examine(application=before, asked_on=TODAY, version=before.version, **common)
    if is_returned:
        asked = applications.ask_for_more(
            application=asked, asked_on=TODAY, due_on=TOMORROW, version=asked.version, **common
        )

    applications.withdraw(application=asked, withdrawn_on=TODAY, reason="Tired", version=asked.version, **common)

    found = in_db(decision.application)
    assert (found.state, found.decided_on, found.waiting_since) == ("decided", before.decided_on, before.waiting_since)
    assert (found.more_due_on, found.withdrawn_reason) == (None, "Tired")
    assert list(running_decisions(TODAY)) == [decision]  # its clock runs on
    again = applications.re_examine(application=found, asked_on=TODAY, version=found.version, **common)
    assert (again.state, again.withdrawn_on, again.withdrawn_reason) == ("filed", None, "")


def test_where_the_usual_time_is_counted_from_another_day_nobody_says_by_when_the_decision_comes(kaavi, aino):
    """Rehabilitation allowance: three weeks from the decision on the rehabilitation, which may come much later."""
    application = application_at("filed", benefit="KR", decider="kela", by=aino)

    assert (application.expected_by, application.usual_days) == (None, None)
