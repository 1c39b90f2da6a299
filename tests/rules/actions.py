"""Every action of the house: a function that is told who (`by`) and when (`at`), with the rows and words it takes."""

import ast
import inspect
import pkgutil
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module
from itertools import takewhile
from typing import Any, cast, get_type_hints

from django.db import models

PACKAGES = ("casework", "billing")
TOLD = {"by", "at", "version"}


@dataclass(frozen=True)
class Action:
    """A verb of a module, as callers write it: `notes.write`."""

    name: str
    function: Callable[..., Any]
    takes: dict[str, Any]
    returns: Any

    @property
    def rows(self) -> dict[str, type[models.Model]]:
        return {name: kind for name, kind in self.takes.items() if _is_model(kind)}

    @property
    def row(self) -> type[models.Model] | None:
        """The model of the row it is about: the one it hands out, else the last of those it begins with."""
        if self.returns in self.rows.values():
            return cast("type[models.Model]", self.returns)
        first = list(takewhile(_is_model, (kind for name, kind in self.takes.items() if name not in TOLD)))
        return first[-1] if first else None

    @property
    def words(self) -> set[str]:
        """What a person types or chooses, besides the row and its case."""
        return {name for name, kind in self.takes.items() if kind is not self.row} - TOLD - {"case"}

    @property
    def typed(self) -> set[str]:
        """The same word by word: a record of details is what its fields are."""
        records = [self.takes[name] for name in self.words if is_dataclass(self.takes[name])]
        return self.words | {field.name for record in records for field in fields(record)}

    @property
    def is_edit(self) -> bool:
        """Whether it writes what was typed over a row that is there: it hands out the same kind, or nothing."""
        return self.row is not None and bool(self.words) and self.returns in (self.row, type(None))


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, models.Model)


def actions() -> Iterator[Action]:
    for package in PACKAGES:
        root = import_module(package)
        for found in pkgutil.walk_packages(root.__path__, f"{package}."):
            if "migrations" not in found.name and "management" not in found.name:
                yield from _of(import_module(found.name))


def _of(module: Any) -> Iterator[Action]:
    for name, function in vars(module).items():
        if not inspect.isfunction(function) or function.__module__ != module.__name__ or name.startswith("_"):
            continue
        parameters = inspect.signature(function).parameters
        if {"by", "at"} <= parameters.keys() and hasattr(function, "__wrapped__"):  # `atomic` is around it
            hints = get_type_hints(inspect.unwrap(function))
            returns = hints.pop("return", None)
            short = f"{module.__name__.removeprefix('casework.')}.{name}"
            yield Action(short, function, {key: hints[key] for key in parameters}, returns)


def reaches(function: Callable[..., Any], given: str, check: str) -> bool:
    """Tell whether what a function is given as `given` is handed to a call of that name, here or in what it calls."""
    function = inspect.unwrap(function)
    return any(
        _last(call.func) == check or (inspect.isfunction(called) and reaches(called, place, check))
        for call in _calls_in(function)
        for called, place in _handed_on(function, call, given)
    )


def calls(function: Callable[..., Any], known: tuple[Any, ...] = ()) -> Iterator[str]:
    """Name what a function calls, and what those of our own functions call."""
    function = inspect.unwrap(function)
    for call in _calls_in(function):
        yield ast.unparse(call.func)
        called = _called(function, call.func)
        if inspect.isfunction(called) and called.__module__.startswith(PACKAGES) and called not in known:
            yield from calls(called, (*known, called))


def _calls_in(function: Callable[..., Any]) -> Iterator[ast.Call]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _handed_on(function: Callable[..., Any], call: ast.Call, given: str) -> Iterator[tuple[Callable[..., Any], str]]:
    """Where a call hands on what was given: the called function, and what it calls that."""
    called = _called(function, call.func)
    own = list(inspect.signature(called).parameters) if inspect.isfunction(called) else []
    places = [(value, own[place] if place < len(own) else "") for place, value in enumerate(call.args)]
    places += [(keyword.value, keyword.arg or "") for keyword in call.keywords]
    for value, name in places:
        if isinstance(value, ast.Name) and value.id == given:
            yield called, name


def _called(function: Callable[..., Any], name: ast.expr) -> Any:
    known = function.__globals__
    if isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name):
        return getattr(known.get(name.value.id), name.attr, None)
    return known.get(_last(name))


def _last(name: ast.expr) -> str:
    return name.attr if isinstance(name, ast.Attribute) else name.id if isinstance(name, ast.Name) else ""
