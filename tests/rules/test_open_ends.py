"""Nothing that can be open is silenced when a case ends: `open_ends` knows every model around a case and its states."""

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from casework.cases.open_ends import MODELS, NOT_OPEN, States
from casework.models import Appeal, Application, Case, Client, Decision

ROOT = Path(__file__).parents[2]
AROUND = {Case, Client, Application, Decision, Appeal}
# The two doors out of a case.
DOORS = {"casework/endings/actions.py", "casework/withdrawals/actions.py"}


def around_a_case() -> dict[str, type[models.Model]]:
    """The models with a foreign key to a case, its client, an application, a decision or an appeal."""
    return around(apps.get_app_config("casework").get_models())


def around(found: Iterable[type[models.Model]]) -> dict[str, type[models.Model]]:
    """Those of some models that point to something of a case."""
    return {
        model.__name__: model
        for model in found
        if AROUND & {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    }


def unknown(found: dict[str, type[models.Model]]) -> set[str]:
    return found.keys() - {model.__name__ for model in MODELS} - NOT_OPEN.keys()


def states_of(model: type[models.Model]) -> set[str]:
    """All states of a model; none where it has no state."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return {str(value) for value, _label in fields["state"].flatchoices} if "state" in fields else set()


def test_every_model_around_a_case_is_named_as_open_or_with_the_reason_why_it_never_is():
    assert unknown(around_a_case()) == set()
    assert NOT_OPEN.keys() <= around_a_case().keys()
    assert not {model.__name__ for model in MODELS} & NOT_OPEN.keys()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_state_of_what_can_be_open_is_open_or_over(model):
    states: States = MODELS[model]

    assert {str(one) for one in states.open | states.over} == states_of(model)
    assert not states.open & states.over


@isolate_apps()  # with the app it would be made ready once more, and the navigation be there twice
def test_a_new_model_around_a_case_would_be_found():
    class Promise(models.Model):
        case = models.ForeignKey(Case, models.CASCADE, related_name="+")

        class Meta:
            app_label = "casework"

        def __str__(self) -> str:
            return "promise"

    assert around([Promise]) == {"Promise": Promise}
    assert unknown({**around_a_case(), **around([Promise])}) == {"Promise"}


def test_a_case_ends_by_the_doors_that_ask_what_is_open():
    found = set()
    for floor in ("casework", "billing", "tasks", "deploy", "tenants"):
        for path in (ROOT / floor).rglob("*.py"):
            if any(_closes_a_case(node) for node in ast.walk(ast.parse(path.read_text()))):
                found.add(str(path.relative_to(ROOT)))

    assert found == DOORS


def _closes_a_case(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in {"cases.close", "cases.actions.close"}
