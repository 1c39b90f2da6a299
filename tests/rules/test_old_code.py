"""A migration leaves what the version before works with: its processes run until the new ones are there.

What old code cannot live with waits for the next version (expand, then contract), or says why nobody meets it:
`contracts = "…"` on the migration. Compared are the models before and after it, not the text of its SQL; what a
RunPython does is for the reader.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

FLOORS = {"tenants", "casework", "billing", "tasks", "deploy"}
# The last migration of each app from before this rule.
BEFORE = {
    "accounts": "0003",
    "audit": "0005",
    "billing": "0004",
    "casework": "0033",
    "keys": "0002",
    "mail": "0002",
    "once": "0001",
    "tenants": "0004",
}
OF_A_TYPE = ("max_length", "max_digits", "decimal_places", "to", "size")


type Field = models.Field[Any, Any]


@cache
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def held_to_it() -> list[tuple[str, str]]:
    ours = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in FLOORS}
    return sorted(
        (label, name) for label, name in loader().disk_migrations if label in ours and name[:4] > BEFORE.get(label, "")
    )


def faults_of(label: str, name: str) -> list[str]:
    migration = loader().disk_migrations[label, name]
    before = loader().project_state((label, name), at_end=False)
    after = migration.mutate_state(before, preserve=True)
    return unseen(migration.operations) + faults(before, after)


def unseen(operations: Sequence[Any]) -> list[str]:
    """What changes the database past the models."""
    texts = ["SQL that nobody can compare" for one in operations if isinstance(one, migrations.RunSQL)]
    apart = [one for one in operations if isinstance(one, migrations.SeparateDatabaseAndState)]
    return texts + ["a change past the models" for one in apart if one.database_operations]


def faults(before: ProjectState, after: ProjectState) -> list[str]:
    """What code that knows the tables from before would stumble over."""
    found: list[str] = []
    there = tables(after)
    for table, model in tables(before).items():
        found += faults_of_table(table, model, there[table]) if table in there else [f"{table} is gone"]
    return found


def tables(state: ProjectState) -> dict[str, ModelState]:
    kept = [model for model in state.models.values() if not model.options.get("proxy")]
    return {str(model.options.get("db_table") or f"{model.app_label}_{model.name_lower}"): model for model in kept}


def faults_of_table(table: str, before: ModelState, after: ModelState) -> list[str]:
    old, new = columns(before), columns(after)
    found = [f"{table}.{name} is gone" for name in old.keys() - new.keys()]
    found += [f"{table}.{name} must be filled" for name in new.keys() - old.keys() if must_be_filled(new[name])]
    for name in old.keys() & new.keys():
        if kind(old[name]) != kind(new[name]):
            found.append(f"{table}.{name} is of another type")
        if is_stricter(old[name], new[name]):
            found.append(f"{table}.{name} is stricter")
    return found + [f"{table} has the rule {name}" for name in rules(after) - rules(before)]


def columns(model: ModelState) -> dict[str, Field]:
    return {field.db_column or name: field for name, field in model.fields.items()}


def must_be_filled(field: Field) -> bool:
    if field.many_to_many or isinstance(field, models.GeneratedField):
        return False
    return not field.null and field.db_default is models.NOT_PROVIDED


def is_stricter(old: Field, new: Field) -> bool:
    return (old.null and not new.null) or (not old.unique and new.unique)


def kind(field: Field) -> tuple[str, ...]:
    _name, path, _words, options = field.deconstruct()
    inner = kind(options["base_field"]) if "base_field" in options else ()
    return (path, *(str(options.get(word)).lower() for word in OF_A_TYPE), *inner)


def rules(model: ModelState) -> set[str]:
    together = {str(sorted(names)) for names in model.options.get("unique_together") or ()}
    return together | {constraint.name for constraint in model.options.get("constraints") or ()}


# --- the rule -----------------------------------------------------------------------------------------------------


def test_the_migrations_that_are_held_to_it_are_found():
    assert ("tenants", "0006_schema_versions") in held_to_it()


@pytest.mark.parametrize(("label", "name"), held_to_it())
def test_old_code_lives_with_a_migration_or_it_says_why_nobody_meets_it(label, name):
    why = getattr(loader().disk_migrations[label, name], "contracts", "")

    assert bool(faults_of(label, name)) == bool(why), faults_of(label, name) or "there is nothing to say why of"


# --- what it finds ------------------------------------------------------------------------------------------------


def a_house() -> ProjectState:
    """A table with a column that must be filled and one that need not."""
    fields: list[tuple[str, Field]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=20)),
        ("note", models.TextField(null=True)),
    ]
    state = ProjectState()
    state.add_model(ModelState("casework", "House", fields))
    return state


def found_after(*operations: Any) -> list[str]:
    after = a_house()
    for operation in operations:
        operation.state_forwards("casework", after)
    return unseen(operations) + faults(a_house(), after)


LONGER = models.CharField(max_length=40)
CHECK = models.CheckConstraint(condition=~models.Q(name=""), name="has_a_name")


@pytest.mark.parametrize(
    ("operation", "fault"),
    [
        (migrations.RemoveField("house", "note"), "casework_house.note is gone"),
        (migrations.RenameField("house", "note", "remark"), "casework_house.note is gone"),
        (migrations.DeleteModel("house"), "casework_house is gone"),
        (migrations.RenameModel("house", "home"), "casework_house is gone"),
        (migrations.AlterModelTable("house", "houses"), "casework_house is gone"),
        (migrations.AddField("house", "street", models.TextField(default="")), "casework_house.street must be filled"),
        (migrations.AlterField("house", "note", models.TextField(default="")), "casework_house.note is stricter"),
        (migrations.AlterField("house", "name", LONGER), "casework_house.name is of another type"),
        (migrations.AddConstraint("house", CHECK), "casework_house has the rule has_a_name"),
        (migrations.RunSQL("drop table casework_house"), "SQL that nobody can compare"),
        (
            migrations.SeparateDatabaseAndState(database_operations=[migrations.DeleteModel("house")]),
            "a change past the models",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_it_finds(operation, fault):
    assert fault in found_after(operation)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("house", "street", models.TextField(null=True)),
        migrations.AddField("house", "street", models.TextField(default="", db_default="")),
        migrations.AlterField("house", "name", models.CharField("the name", max_length=20)),
        migrations.AddIndex("house", models.Index(fields=["name"], name="houses_by_name")),
        migrations.CreateModel(
            "Door", [("id", models.BigAutoField(primary_key=True)), ("width", models.IntegerField())]
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_it_lets_pass(operation):
    assert found_after(operation) == []


def test_one_column_with_a_default_does_not_excuse_its_neighbour():
    excused = migrations.AddField("house", "street", models.TextField(default="", db_default=""))
    not_excused = migrations.AddField("house", "city", models.TextField(default=""))

    assert found_after(not_excused, excused) == ["casework_house.city must be filled"]
