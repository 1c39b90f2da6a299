"""The workflow tables: every step from every state of everything that has steps; their diagrams."""

import re
from pathlib import Path

import pytest

from casework.law import workflow
from casework.law.workflow import (
    APPEAL,
    APPLICATION,
    REMOVAL,
    STATEMENT,
    AppealState,
    ApplicationState,
    RemovalState,
    StatementState,
    StepNotAllowed,
)
from tenants.accounts.permissions import Permission

TABLES = {
    "application": (APPLICATION, ApplicationState, workflow.APPLICATION_STATE_LABELS),
    "appeal": (APPEAL, AppealState, workflow.APPEAL_STATE_LABELS),
    "removal": (REMOVAL, RemovalState, workflow.REMOVAL_STATE_LABELS),
    "statement": (STATEMENT, StatementState, workflow.STATEMENT_STATE_LABELS),
    "care_referral": (workflow.CARE_REFERRAL, workflow.CareState, workflow.CARE_STATE_LABELS),
    "appointment": (workflow.APPOINTMENT, workflow.AppointmentState, workflow.APPOINTMENT_STATE_LABELS),
    "meeting": (workflow.MEETING, workflow.MeetingState, workflow.MEETING_STATE_LABELS),
    "minutes": (workflow.MINUTES, workflow.MinutesState, workflow.MINUTES_STATE_LABELS),
    "description": (workflow.DESCRIPTION, workflow.DescriptionState, workflow.DESCRIPTION_STATE_LABELS),
    "referral": (workflow.REFERRAL, workflow.ReferralState, workflow.REFERRAL_STATE_LABELS),
}
STARTS = {
    "application": "draft",
    "appeal": "draft",
    "removal": "draft",
    "statement": "asked",
    "care_referral": "draft",
    "appointment": "planned",
    "meeting": "planned",
    "minutes": "draft",
    "description": "draft",
    "referral": "new",
}
# What is said to people: from each state, each step leads there, and nowhere else.
LEADS = {
    "application": {
        ("draft", "file"): "filed",
        ("draft", "withdraw"): "withdrawn",
        ("filed", "ask_for_more"): "returned",
        ("filed", "decide"): "decided",
        ("filed", "withdraw"): "withdrawn",
        ("returned", "supply"): "filed",
        ("returned", "decide"): "decided",
        ("returned", "withdraw"): "withdrawn",
        ("decided", "decide_further"): "decided",
        ("decided", "re_examine"): "filed",
        ("decided", "decide_anew"): "filed",
        ("decided", "annul"): "filed",
        ("filed", "withdraw_request"): "decided",
        ("returned", "withdraw_request"): "decided",
    },
    "appeal": {
        ("draft", "file"): "filed",
        ("draft", "withdraw"): "withdrawn",
        ("filed", "correct_in_part"): "filed",
        ("filed", "correct_in_full"): "decided",
        ("filed", "forward"): "forwarded",
        ("filed", "ask_comment"): "filed",
        ("filed", "comment"): "filed",
        ("filed", "decide"): "decided",
        ("filed", "withdraw"): "withdrawn",
        ("forwarded", "correct_in_full"): "decided",
        ("forwarded", "ask_comment"): "forwarded",
        ("forwarded", "comment"): "forwarded",
        ("forwarded", "decide"): "decided",
        ("forwarded", "withdraw"): "withdrawn",
    },
    "removal": {
        ("draft", "file"): "filed",
        ("draft", "withdraw"): "withdrawn",
        ("filed", "answer"): "answered",
        ("filed", "withdraw"): "withdrawn",
    },
    "statement": {
        ("asked", "remind"): "asked",
        ("asked", "send_back"): "returned",
        ("asked", "receive"): "received",
        ("asked", "cancel"): "cancelled",
        ("returned", "remind"): "returned",
        ("returned", "send_back"): "returned",
        ("returned", "receive"): "received",
        ("returned", "cancel"): "cancelled",
        ("received", "send_back"): "returned",
        ("cancelled", "receive"): "received",
    },
    "care_referral": {
        ("draft", "send"): "sent",
        ("draft", "withdraw"): "withdrawn",
        ("sent", "ask_for_more"): "returned",
        ("sent", "accept"): "accepted",
        ("sent", "refuse"): "refused",
        ("sent", "withdraw"): "withdrawn",
        ("returned", "supply"): "sent",
        ("returned", "accept"): "accepted",
        ("returned", "refuse"): "refused",
        ("returned", "withdraw"): "withdrawn",
        ("refused", "complain"): "complained",
        ("refused", "accept"): "accepted",
        ("complained", "answer_complaint"): "refused",
        ("complained", "withdraw"): "withdrawn",
        ("accepted", "examine"): "examined",
        ("accepted", "report"): "reported",
        ("accepted", "withdraw"): "withdrawn",
        ("examined", "report"): "reported",
        ("examined", "withdraw"): "withdrawn",
    },
    "appointment": {
        ("planned", "change"): "planned",
        ("planned", "prepare"): "planned",
        ("planned", "cancel"): "cancelled",
        ("planned", "miss"): "missed",
        ("planned", "debrief"): "held",
        ("missed", "debrief"): "held",
        ("held", "debrief"): "held",
    },
    "meeting": {
        ("planned", "change"): "planned",
        ("planned", "cancel"): "cancelled",
        ("planned", "close"): "closed",
    },
    "minutes": {
        ("draft", "write"): "draft",
        ("draft", "finalise"): "final",
        ("final", "reopen"): "draft",
        ("draft", "take_off"): "withdrawn",
    },
    "description": {
        ("draft", "edit"): "draft",
        ("draft", "bring_in"): "draft",
        ("draft", "sign"): "signed",
    },
    "referral": {
        ("new", "supplement"): "new",
        ("new", "return_for_more"): "returned",
        ("new", "accept"): "accepted",
        ("new", "decline"): "declined",
        ("returned", "supplement"): "new",
        ("returned", "return_for_more"): "returned",
        ("returned", "accept"): "accepted",
        ("returned", "decline"): "declined",
        ("declined", "come_again"): "new",
    },
}
PAIRS = [
    (name, state.value, step)
    for name, (table, states, _labels) in TABLES.items()
    for state in states
    for step in dict.fromkeys(found.step for found in table)
]
DIAGRAMS = Path(__file__).parents[3] / "deploy" / "workflows.md"


@pytest.mark.parametrize(("name", "state", "step"), PAIRS)
def test_every_step_from_every_state_leads_where_it_is_said_or_is_refused(name, state, step):
    table, _states, labels = TABLES[name]
    if (state, step) in LEADS[name]:
        assert workflow.required(table, state, step, labels=labels).target == LEADS[name][state, step]
    else:
        with pytest.raises(StepNotAllowed) as refusal:
            workflow.required(table, state, step, labels=labels)
        assert str(labels[state]) in str(refusal.value.user_message)


@pytest.mark.parametrize("name", TABLES)
def test_every_state_has_a_name_and_every_step_asks_for_a_permission(name):
    table, states, labels = TABLES[name]

    assert set(labels) == {state.value for state in states}
    asked = Permission.ACCEPT_REFERRAL if name == "referral" else Permission.WORK_CASE
    assert {found.permission for found in table} == {asked}


def test_a_step_was_taken_where_it_leads_to_and_does_not_start_from():
    table, states, _labels = TABLES["minutes"]
    steps = {found.step for found in table}
    taken = {(state.value, step) for state in states for step in steps if workflow.was_taken(table, state, step)}

    assert taken == {("final", "finalise"), ("draft", "reopen"), ("withdrawn", "take_off")}


def test_the_chair_alone_opens_final_minutes_again():
    assert [found.step for name in TABLES for found in TABLES[name][0] if found.is_chairs] == ["reopen"]


@pytest.mark.parametrize("name", TABLES)
def test_the_diagram_in_the_documentation_is_the_one_the_table_draws(name):
    table, _states, _labels = TABLES[name]
    drawn = re.findall(r"```mermaid\n(.*?)\n```", DIAGRAMS.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert workflow.diagram(table, start=STARTS[name]) in drawn


def test_a_decided_application_ends_and_can_begin_again_only_by_re_examination_removal_or_a_ruling():
    assert workflow.steps_from(APPLICATION, "decided") == ("decide_further", "re_examine", "decide_anew", "annul")
    assert workflow.steps_from(APPLICATION, "withdrawn") == ()
