"""Views fetch through queries: no view builds a query of its own, so what may be seen is decided in one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.embedded import ROOT
from tests.rules.routes import all_routes

OF_THE_DATABASE = {
    "objects", "everything", "_base_manager", "_default_manager", "all", "filter", "exclude", "annotate", "aggregate",
    "select_related", "prefetch_related", "order_by", "values", "values_list", "defer", "only", "select_for_update",
    "first", "last", "earliest", "latest", "exists", "in_bulk", "iterator", "raw", "save", "delete", "refresh_from_db",
    "get_or_create", "update_or_create", "bulk_create", "bulk_update", "get_object_or_404", "get_list_or_404",
}  # fmt: skip


def modules_of_views() -> set[Path]:
    """The files in which the views of every address lie."""
    names = {route.view.__module__ for route in all_routes() if not route.is_of_allauth}
    return {ROOT / f"{name.replace('.', '/')}.py" for name in names}


def queries_in(source: str) -> Iterator[str]:
    """Name what a module asks of the database by itself."""
    tree = ast.parse(source)
    imported = [alias for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    modules = {alias.asname or alias.name for alias in imported if alias.name.islower()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in OF_THE_DATABASE and not _is_no_query(node, modules):
            yield f"{node.lineno}: .{node.attr}"
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models"):
            yield from (f"{node.lineno}: {alias.name}" for alias in node.names if alias.name != "QuerySet")
        if isinstance(node, ast.Name) and node.id in {"get_object_or_404", "get_list_or_404"}:
            yield f"{node.lineno}: {node.id}"


def _is_no_query(node: ast.Attribute, modules: set[str]) -> bool:
    """`drafts.save(…)` is an action of a module, `form.values` and `dict.values()` are of no table."""
    return node.attr == "values" or (isinstance(node.value, ast.Name) and node.value.id in modules)


def test_no_view_builds_a_query():
    files = modules_of_views()
    found = {str(path.relative_to(ROOT)): rows for path in files if (rows := list(queries_in(path.read_text())))}

    assert len(files) > 30
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "page = Case.objects.filter(pk=1)",
        "found = Note.everything.get(pk=1)",
        "newest = case.notes.all()[0]",
        "newest = case.notes.first()",
        "note.save()",
        "from django.db.models import Q",
        "found = get_object_or_404(Case, pk=1)",
    ],
)
def test_a_planted_query_is_found(line):
    assert list(queries_in(line))
