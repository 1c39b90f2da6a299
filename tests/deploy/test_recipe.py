"""A kept database is made anew when what makes it has changed, and only then."""

import ast
from pathlib import Path

from deploy.local import embedded, recipe

OURS = ("tenants", "casework", "billing", "tasks", "deploy")


def a_house(tmp_path: Path) -> Path:
    migrations = tmp_path / "casework" / "migrations"
    migrations.mkdir(parents=True)
    (migrations / "0001_initial.py").write_text("a table")
    return tmp_path


def test_the_mark_stays_while_nothing_changes(tmp_path):
    house = a_house(tmp_path)
    before = recipe.mark(root=house)
    (house / "casework" / "views.py").write_text("a page")

    assert recipe.mark(root=house) == before


def test_a_changed_migration_changes_the_mark(tmp_path):
    house = a_house(tmp_path)
    before = recipe.mark(root=house)
    (house / "casework" / "migrations" / "0001_initial.py").write_text("another table")

    assert recipe.mark(root=house) != before


def test_a_new_and_a_renamed_migration_change_the_mark(tmp_path):
    house = a_house(tmp_path)
    marks = [recipe.mark(root=house)]
    migrations = house / "casework" / "migrations"
    (migrations / "0002_more.py").write_text("more")
    marks.append(recipe.mark(root=house))
    (migrations / "0002_more.py").rename(migrations / "0002_most.py")
    marks.append(recipe.mark(root=house))

    assert len(set(marks)) == 3


def test_another_master_key_changes_the_mark(tmp_path):
    house, key = a_house(tmp_path), tmp_path / "keys.json"
    marks = [recipe.mark(root=house, also=[key])]
    for text in ("one", "another"):
        key.write_text(text)
        marks.append(recipe.mark(root=house, also=[key]))

    assert len(set(marks)) == 3


def test_a_database_carries_the_mark_it_was_brought_to(own_database, monkeypatch):
    address = embedded.database_url("superuser").rpartition("/")[0] + "/suunta_test_own"
    told = [recipe.is_followed(address)]
    recipe.write_down(address)
    told.append(recipe.is_followed(address))
    monkeypatch.setattr(recipe, "mark", lambda: "of the next version")
    told.append(recipe.is_followed(address))

    assert told == [False, True, False]


def test_every_pattern_of_the_recipe_finds_something():
    assert [pattern for pattern in recipe.INGREDIENTS if not list(recipe.ROOT.glob(pattern))] == []


def test_what_a_migration_imports_of_ours_is_in_the_recipe():
    ingredients = set(recipe.ingredients())
    missing = {
        module
        for path in ingredients
        if path.parent.name == "migrations"
        for module in imported(path)
        if module.startswith(OURS) and not {recipe.ROOT / place for place in places_of(module)} & ingredients
    }

    assert missing == set()


def places_of(module: str) -> list[str]:
    """Where a module or a package may lie."""
    path = module.replace(".", "/")
    return [f"{path}.py", f"{path}/__init__.py"]


def imported(path: Path) -> list[str]:
    """Name the modules that a file imports."""
    names = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return names
