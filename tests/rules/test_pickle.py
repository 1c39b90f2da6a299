"""Nothing is ever unpickled: not from the cache, a session, a message or a task, and not by our own code."""

import ast
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.signing import JSONSerializer
from django.utils.module_loading import import_string

from deploy.local.embedded import ROOT
from tasks.app import app
from tenants.caching.backend import TableCache

RUN_WHAT_THEY_READ = {"pickle", "_pickle", "cPickle", "shelve", "marshal", "dill", "cloudpickle", "joblib"}
FLOORS = ("deploy", "tasks", "billing", "casework", "tenants")


def imports_that_run_what_they_read(source: str) -> list[str]:
    named = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            named += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            named.append(node.module or "")
    return [name for name in named if name.partition(".")[0] in RUN_WHAT_THEY_READ]


def test_no_module_of_ours_can_unpickle():
    files = [path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")]

    assert len(files) > 300
    assert [str(path) for path in files if imports_that_run_what_they_read(path.read_text())] == []


@pytest.mark.parametrize("line", ["import pickle", "from pickle import loads", "import os, shelve"])
def test_the_rule_finds_a_module_that_can(line):
    assert imports_that_run_what_they_read(line)


def test_every_cache_is_written_in_json():
    caches_used: list[Any] = [caches[name] for name in settings.CACHES]

    assert {type(cache) for cache in caches_used} == {TableCache}  # see tests/tenants/test_caching.py


def test_sessions_messages_and_tasks_are_written_in_json():
    assert issubclass(import_string(settings.SESSION_SERIALIZER), JSONSerializer)  # which ours seals besides
    assert settings.MESSAGE_STORAGE.endswith("SessionStorage")
    assert (app.conf.task_serializer, app.conf.accept_content) == ("json", ["json"])
    assert app.conf.event_serializer == "json"
