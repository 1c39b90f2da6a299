"""The workflow tables: every step from every state of applications, appeals and statement requests; their diagrams."""

import re
from pathlib import Path

import pytest

from casework.law import workflow
from casework.law.workflow import (
    APPEAL,
    APPLICATION,
    STATEMENT,
    AppealState,
    ApplicationState,
    StatementState,
    StepNotAllowed,
)
from tenants.accounts.permissions import Permission

TABLES = {
    "application": (APPLICATION, ApplicationState, workflow.APPLICATION_STATE_LABELS),
    "appeal": (APPEAL, AppealState, workflow.APPEAL_STATE_LABELS),
    "statement": (STATEMENT, StatementState, workflow.STATEMENT_STATE_LABELS),
}
STARTS = {"application": "draft", "appeal": "draft", "statement": "asked"}
# What is said to people about applications and appeals: from each state, each step leads there, and nowhere else.
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
        ("decided", "re_examine"): "filed",
    },
    "appeal": {
        ("draft", "file"): "filed",
        ("draft", "withdraw"): "withdrawn",
        ("filed", "decide"): "decided",
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
    assert {found.permission for found in table} == {Permission.WORK_CASE}


@pytest.mark.parametrize("name", TABLES)
def test_the_diagram_in_the_documentation_is_the_one_the_table_draws(name):
    table, _states, _labels = TABLES[name]
    drawn = re.findall(r"```mermaid\n(.*?)\n```", DIAGRAMS.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert workflow.diagram(table, start=STARTS[name]) in drawn


def test_a_decided_application_ends_and_can_begin_again_only_by_re_examination():
    assert workflow.steps_from(APPLICATION, "decided") == ("re_examine",)
    assert workflow.steps_from(APPLICATION, "withdrawn") == ()
