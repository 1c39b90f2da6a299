"""Views fetch through queries: no view builds a query of its own, so what may be seen is decided in one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

from deploy.local.embedded import ROOT
from tests.rules.routes import all_routes

OF_THE_DATABASE = {
    "objects", "filter", "exclude", "annotate", "aggregate", "select_related", "prefetch_related", "order_by", "values",
    "values_list", "defer", "only", "select_for_update", "bulk_create", "get_object_or_404", "get_list_or_404",
}  # fmt: skip


def modules_of_views() -> set[Path]:
    """The files in which the views of every address lie."""
    names = {route.view.__module__ for route in all_routes() if not route.is_of_allauth}
    return {ROOT / f"{name.replace('.', '/')}.py" for name in names}


def queries_in(source: str) -> Iterator[str]:
    """Name what a module asks of the database by itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in OF_THE_DATABASE and not _is_of_a_dict(node):
            yield f"{node.lineno}: .{node.attr}"
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models"):
            yield from (f"{node.lineno}: {alias.name}" for alias in node.names if alias.name != "QuerySet")
        if isinstance(node, ast.Name) and node.id in {"get_object_or_404", "get_list_or_404"}:
            yield f"{node.lineno}: {node.id}"


def _is_of_a_dict(node: ast.Attribute) -> bool:
    """`form.values` and `dict.values()` are no queries; `.objects.values(…)` is found by its `objects`."""
    return node.attr == "values"


def test_no_view_builds_a_query():
    files = modules_of_views()
    found = {str(path.relative_to(ROOT)): rows for path in files if (rows := list(queries_in(path.read_text())))}

    assert len(files) > 30
    assert found == {}


def test_the_rule_sees_a_query():
    assert list(queries_in("page = Case.objects.filter(pk=1)"))
    assert list(queries_in("from django.db.models import Q"))
    assert list(queries_in("found = get_object_or_404(Case, pk=1)"))
