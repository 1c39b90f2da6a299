"""Unknown is no *no*: who has not been asked, or has not looked, is never shown, printed or counted as an answer.

The names come from the models: a boolean that may be null. A template that asks for one says what None is, and so does
every function that judges by one.
"""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from deploy.local.embedded import ROOT

FLOORS = ("tenants", "casework", "billing", "tasks", "deploy")
TAG = re.compile(r"{%\s*(?:if|elif)\s+(.*?)%}", re.S)
YESNO = re.compile(r"\.(\w+)\|yesno(?::(?:_\()?\"([^\"]*)\")?")


def may_be_unknown() -> set[str]:
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in FLOORS]
    return {
        field.name
        for model in ours
        for field in model._meta.concrete_fields
        if isinstance(field, models.BooleanField) and field.null
    }


def files(pattern: str) -> list[str]:
    found = [path for floor in FLOORS for path in (ROOT / floor).rglob(pattern)]
    return sorted(str(path.relative_to(ROOT)) for path in found if "migrations" not in path.parts)


# --- templates ----------------------------------------------------------------------------------------------------


def told_as_no_in_a_template(text: str, names: set[str]) -> list[str]:
    """Name what is asked for without a word about None: bare in an `if`, or with two words for `yesno`."""
    found = [name for name, words in YESNO.findall(text) if name in names and words.count(",") < 2]
    for condition in TAG.findall(text):
        tokens = condition.split()
        for place, token in enumerate(tokens):
            name = token.rpartition(".")[2]
            if name in names and tokens[place + 1 : place + 2] not in (["is"], ["=="], ["!="]):
                is_negated = tokens[place - 1 : place] == ["not"]
                says_what_none_is = re.search(rf"\.{name} is (None|False)\b", text)
                found += [name] if is_negated or not says_what_none_is else []
    return found


def test_a_template_says_what_nobody_has_answered():
    names = may_be_unknown()
    texts = {path: (ROOT / path).read_text(encoding="utf-8") for path in files("*.html") + files("*.txt")}

    assert {path: found for path, text in texts.items() if (found := told_as_no_in_a_template(text, names))} == {}


# --- functions ----------------------------------------------------------------------------------------------------


def told_as_no_in_code(source: str, names: set[str]) -> list[str]:
    """Name the functions that judge by such a value, and never ask whether it is None."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return [
        f"{function.name}: {name}"
        for function in functions
        for name in sorted(names & {*_judged(function)} - {*_compared(function)})
    ]


def _judged(function: ast.AST) -> Iterator[str]:
    """The attributes that stand where only true or false counts."""
    for node in ast.walk(function):
        if isinstance(node, ast.If | ast.IfExp | ast.While):
            yield from _attributes([node.test])
        elif isinstance(node, ast.BoolOp):
            yield from _attributes(node.values)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield from _attributes([node.operand])
        elif isinstance(node, ast.comprehension):
            yield from _attributes(node.ifs)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "bool":
            yield from _attributes(node.args)


def _attributes(nodes: list[ast.expr]) -> Iterator[str]:
    yield from (node.attr for node in nodes if isinstance(node, ast.Attribute))


def _compared(function: ast.AST) -> Iterator[str]:
    """The attributes of which it is asked whether they are None, True or False."""
    for node in ast.walk(function):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Is | ast.IsNot):
            yield from _attributes([node.left])


def test_a_function_that_judges_by_an_answer_asks_whether_there_is_one():
    names = may_be_unknown()
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in files("*.py")}

    assert {path: found for path, source in sources.items() if (found := told_as_no_in_code(source, names))} == {}


# --- what it finds ------------------------------------------------------------------------------------------------


def test_it_knows_what_may_be_unknown():
    assert {"is_voluntary", "needs_interpreter", "was_present"} <= may_be_unknown()


@pytest.mark.parametrize(
    "text",
    [
        '{{ client.needs_interpreter|yesno:_("needed,not needed") }}',
        "{{ client.needs_interpreter|yesno }}",
        "{% if client.needs_interpreter %}needed{% else %}not needed{% endif %}",
        "{% if not client.needs_interpreter %}not needed{% elif client.needs_interpreter is None %}?{% endif %}",
    ],
)
def test_it_finds_a_page_that_says_no_of_the_unknown(text):
    assert told_as_no_in_a_template(text, {"needs_interpreter"})


@pytest.mark.parametrize(
    "text",
    [
        '{{ client.needs_interpreter|yesno:_("needed,not needed,not asked") }}',
        "{% if one.was_present %}there{% elif one.was_present is False %}not there{% endif %}",
        "{% if one.was_present is None %}not recorded{% elif one.was_present %}there{% else %}not there{% endif %}",
    ],
)
def test_it_lets_a_page_pass_that_knows_of_it(text):
    assert told_as_no_in_a_template(text, {"needs_interpreter", "was_present"}) == []


def test_it_finds_a_function_that_takes_the_unknown_for_a_no():
    source = 'def said(one):\n    return "yes" if one.was_present else "no"\n'
    right = source.replace("was_present else", "was_present is True else")

    assert told_as_no_in_code(source, {"was_present"}) == ["said: was_present"]
    assert told_as_no_in_code(right, {"was_present"}) == []
