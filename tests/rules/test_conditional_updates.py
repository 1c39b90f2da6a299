"""Whoever moves a row because of what they read says which version they read, or holds its lock.

`filter(pk=…, state=…).update(…)` compares the state. But a state can come back: made due, sent and unclear once more,
it looks as it did when it was read, and what follows from the old reading is done to the new one.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

FLOORS = ("tenants", "casework", "billing", "tasks")
OF_THE_ROW = {"pk", "pk__in", "id", "id__in"}
VERSIONS = {"version", "lease_until"}
# What compares no state that could come back.
OTHERWISE = {
    "casework/timeline/ledger.py snooze": "the channel of an entry never changes",
    "tenants/accounts/second_factor_secrets.py reseal": "the whole ciphertext is compared, and no two are alike",
}


class Update:
    """An `….update(…)` of rows that are named by their keys, and what else it asks of them."""

    def __init__(self, source: str, name: str, conditions: set[str], calls: set[str]) -> None:
        self.source, self.name = source, f"{source} {name}"
        self.conditions, self.calls = conditions - OF_THE_ROW, calls
        self.is_of_rows = bool(conditions & OF_THE_ROW)

    @property
    def is_conditional(self) -> bool:
        return self.is_of_rows and bool(self.conditions)

    @property
    def is_safe(self) -> bool:
        return bool(self.conditions & VERSIONS) or "select_for_update" in self.calls


def updates_in(source: str, text: str) -> Iterator[Update]:
    tree = ast.parse(text)
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for name, function in functions.items():
        names = {
            target.id: node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
                conditions, calls = set[str](), set[str]()
                _follow(node.func.value, names, functions, conditions, calls)
                yield Update(source, name, conditions, calls)


def _follow(
    node: ast.expr,
    names: dict[str, ast.expr],
    functions: dict[str, ast.FunctionDef],
    conditions: set[str],
    calls: set[str],
) -> None:
    """Walk back along a chain of calls, through the names and the functions of its module that it begins with."""
    if isinstance(node, ast.Name) and node.id in names:
        rest = {name: value for name, value in names.items() if name != node.id}
        _follow(names[node.id], rest, functions, conditions, calls)
    elif isinstance(node, ast.Attribute):
        _follow(node.value, names, functions, conditions, calls)
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):
            calls.add(node.func.attr)
            if node.func.attr in {"filter", "exclude"}:
                conditions |= {word.arg for word in node.keywords if word.arg}
        elif isinstance(node.func, ast.Name) and node.func.id in functions:
            for answer in ast.walk(functions[node.func.id]):
                if isinstance(answer, ast.Return) and answer.value:
                    _follow(answer.value, {}, {}, conditions, calls)
        _follow(node.func, names, functions, conditions, calls)


def updates() -> list[Update]:
    sources = [path for floor in FLOORS for path in sorted(Path(floor).rglob("*.py")) if "migrations" not in path.parts]
    return [update for path in sources for update in updates_in(str(path), path.read_text())]


CONDITIONAL = [update for update in updates() if update.is_conditional]


def test_they_are_found():
    assert {"tenants/mail/delivery.py _move", "tenants/provisioning.py _put_into_use"} <= {
        each.name for each in CONDITIONAL
    }


@pytest.mark.parametrize("update", CONDITIONAL, ids=lambda update: update.name)
def test_a_conditional_update_says_which_version_it_read_or_holds_the_lock(update):
    assert update.is_safe or update.name in OTHERWISE


def test_the_exceptions_are_conditional_updates():
    assert OTHERWISE.keys() <= {update.name for update in CONDITIONAL}


@pytest.mark.parametrize(
    "statement",
    [
        "Mail.objects.filter(pk=mail.pk, state='unknown').update(state='pending')",
        "Mail.objects.filter(pk__in=keys).filter(state='unknown').update(state='pending')",
        "unclear = Mail.objects.filter(pk=mail.pk).exclude(state='sent')\n    unclear.update(state='pending')",
        "_unknown(keys).update(state='pending')",
    ],
)
def test_one_without_a_version_is_found(statement):
    helper = "def _unknown(keys):\n    return Mail.objects.filter(pk__in=keys, state='unknown')\n\n"
    found = [
        update for update in updates_in("x.py", f"{helper}def move():\n    {statement}\n") if update.is_conditional
    ]

    assert [update.is_safe for update in found] == [False]
