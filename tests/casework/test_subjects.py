"""The table of subjects: every package is in it, whatever it names exists, and what is found by name has its shape."""

from dataclasses import fields
from pathlib import Path

import pytest
from django.urls import reverse

import casework
from casework import subjects
from casework.cases.queries import CaseInView
from casework.subjects import NAVIGATION, SUBJECTS, TABS
from casework.timeline.kinds import EVENTS
from casework.timeline.kinds.kind import GROUPS
from tests.rules.routes import all_routes

FOLDER = Path(casework.__file__).parent
FLOORS = {"law", "models", "timeline", "management", "migrations", "templatetags"}
NAMES = [subject.name for subject in SUBJECTS]


def packages_of(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.glob("*/__init__.py")}


def test_every_package_is_a_subject_or_a_floor_below_them():
    assert packages_of(FOLDER) - FLOORS == set(NAMES)
    assert len(NAMES) == len(set(NAMES))


def test_tests_and_templates_follow_their_subject():
    assert packages_of(FOLDER.parent / "tests" / "casework") <= {*NAMES, "law", "timeline"}
    assert {path.name for path in (FOLDER / "templates" / "casework").iterdir()} <= {*NAMES, "emails"}


def test_every_kind_of_line_has_the_module_of_its_subject_and_a_group():
    modules = {path.stem for path in (FOLDER / "timeline" / "kinds").glob("*.py")} - {"__init__", "kind"}

    assert modules <= set(NAMES)
    assert {kind.group for kind in EVENTS.values()} <= set(GROUPS)


def test_details_are_told_of_kinds_that_exist():
    assert set(subjects.gathered("details", "DETAILS")) <= set(EVENTS)


def test_an_act_that_a_timeline_tells_of_is_named_there_only():
    assert not set(subjects.gathered("acts", "ACTIONS")) & set(EVENTS)


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.url_name)
def test_a_tab_has_a_page(tab):
    assert reverse(tab.url_name, args=["2026-0001"], urlconf="deploy.urls_portal")


def test_the_number_at_a_tab_is_known_of_a_case_in_view():
    assert {tab.counted for tab in TABS if tab.counted} <= {field.name for field in fields(CaseInView)}


def test_every_page_of_a_subject_lies_under_a_place_of_the_navigation():
    covered = {word for entry in NAVIGATION for word in (*entry.covers, entry.url_name.split("_")[0])}
    pages = {
        route.name.split("_")[0]
        for route in all_routes()
        if route.view.__module__.startswith("casework.") and not route.is_public and not route.name.startswith("draft")
    }

    assert pages <= covered


def test_two_subjects_cannot_name_the_same_thing(monkeypatch):
    monkeypatch.setattr(subjects, "SUBJECTS", (SUBJECTS[0], SUBJECTS[0]))

    with pytest.raises(ValueError, match="a second time"):
        subjects.gathered("acts", "ACTIONS")
