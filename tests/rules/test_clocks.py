"""The clock is read at the edges only: views, tasks and commands. Everything below is told the day or the moment.

The database, a model's default and a file's time are clocks, too: each of them is another machine's, in another zone.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.embedded import ROOT

HOUSE = ("tenants", "casework", "billing", "tasks", "deploy")
AT_THE_EDGE_OF_A_REQUEST = {  # what Django and allauth call, beside views
    "deploy/health.py",
    "tenants/accounts/adapter.py",
    "tenants/accounts/second_factor.py",
    "tenants/accounts/sessions.py",
    "tenants/console/mail.py",
    "tenants/console/municipalities.py",
    "tenants/form_pages.py",  # the end of every view of a form
}
HAS_THE_CLOCK_OF_THE_DATABASE = {  # the log does not believe who writes it
    f"tenants/audit/{name}.sql" for name in ("append_access_1", "append_access_2", "seals")
}
HOLDS_BY_THE_CLOCK_OF_THE_DATABASE = {  # several machines hold the same rows
    "tenants/caching/backend.py",
    "tenants/due.py",
    "tenants/leases.py",
}
ORDERS_BY_FILE_TIMES = {"tenants/mail/archive.py"}

READS_THE_CLOCK = {"timezone.now", "timezone.localdate", "timezone.localtime", "timezone.get_current_timezone"}
ANOTHER_CLOCK = {
    *(f"{what}.{name}" for what in ("datetime", "date") for name in ("now", "utcnow", "today")),
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "asctime")),
}
OF_THE_DATABASE = re.compile(r"Now|TransactionNow|Trunc\w*|Extract\w+")
DAYS_AND_MOMENTS = {"DateField", "DateTimeField", "TimeField"}
IN_SQL = re.compile(
    r"\bnow\(\)|\bcurrent_(date|time(stamp)?)\b|\blocaltime(stamp)?\b|_timestamp\(\)|\bdate_trunc\(|\btimeofday\(", re.I
)
IN_A_TEMPLATE = re.compile(r"{%\s*now\b|\|(timesince|timeuntil|naturaltime|naturalday)\b")


def is_edge(path: str) -> bool:
    """Views, tasks and commands read the clock."""
    parts = Path(path).parts
    is_view = "views" in parts or Path(path).stem == "views" or Path(path).stem.endswith("_views")
    return is_view or parts[0] == "tasks" or "management" in parts or path in AT_THE_EDGE_OF_A_REQUEST


def clocks_in(source: str, path: str) -> list[str]:
    """Answer what reads a clock where it must not, each with its line."""
    tree = ast.parse(source)
    words = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    found = [
        (node.lineno, what)
        for node in ast.walk(tree)
        if isinstance(node, ast.expr | ast.ImportFrom | ast.alias | ast.keyword) and id(node) not in words
        for what in _faults(node, path)
    ]
    return [f"{path}:{line} {what}" for line, what in sorted(set(found))]


def _faults(node: ast.AST, path: str) -> Iterator[str]:
    if isinstance(node, ast.Attribute):
        yield from _attribute(node, path)
    elif isinstance(node, ast.alias):
        yield from _alias(node)
    elif isinstance(node, ast.ImportFrom) and node.module in ("time", "django.utils.timezone"):
        yield from (f"import {name.name}" for name in node.names if f"{_last(node.module)}.{name.name}" in _READERS)
    elif isinstance(node, ast.Call):
        yield from _call(node, path)
    elif isinstance(node, ast.keyword):
        yield from _keyword(node, path)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and IN_SQL.search(node.value):
        yield from [] if path in HOLDS_BY_THE_CLOCK_OF_THE_DATABASE else ["the database's clock in SQL"]


_READERS = READS_THE_CLOCK | ANOTHER_CLOCK
_CLOCKS = {whole.partition(".")[0] for whole in _READERS}


def _last(module: str) -> str:
    return module.rpartition(".")[2]


def _attribute(node: ast.Attribute, path: str) -> Iterator[str]:
    whole = f"{_name(node.value)}.{node.attr}"
    if whole in ANOTHER_CLOCK:
        yield f"{whole}: the house reads one clock, django.utils.timezone"
    if whole in READS_THE_CLOCK and not is_edge(path):
        yield whole
    if node.attr.startswith("st_mtime") and path not in ORDERS_BY_FILE_TIMES and not path.startswith("deploy/"):
        yield "a file's time"


def _alias(node: ast.alias) -> Iterator[str]:
    if node.asname and _last(node.name) in _CLOCKS and node.asname != _last(node.name):
        yield f"{node.name} under another name"


def _call(node: ast.Call, path: str) -> Iterator[str]:
    name = _name(node.func)
    is_of_a_kept_moment = name == "TruncDate" and any(given.arg == "tzinfo" for given in node.keywords)
    is_lease = name == "Now" and path in HOLDS_BY_THE_CLOCK_OF_THE_DATABASE
    if OF_THE_DATABASE.fullmatch(name) and not (is_of_a_kept_moment or is_lease):
        yield f"{name} asks the database which day it is"
    is_nothing = ast.unparse(node.args[0]) == "Value(None)" if node.args else False  # an empty column of a union
    if (
        name == "Cast"
        and not is_nothing
        and any(isinstance(to, ast.Call) and _name(to.func) in DAYS_AND_MOMENTS for to in node.args)
    ):
        yield "Cast to a day: the database cuts it in its own zone"
    of = node.func.value if isinstance(node.func, ast.Attribute) else None
    if name == "date" and isinstance(of, ast.Call) and _name(of.func) == "now":
        yield "now().date() is the day in London"


def _keyword(node: ast.keyword, path: str) -> Iterator[str]:
    if node.arg == "auto_now":
        yield "auto_now"
    if node.arg and node.arg.startswith("created_at__") and not is_edge(path):
        yield "created_at orders rows, it decides nothing"


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def sources(*endings: str) -> Iterator[tuple[str, str]]:
    for floor in HOUSE:
        for path in sorted((ROOT / floor).rglob("*")):
            if path.suffix in endings and "migrations" not in path.parts and "static" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text()


def test_the_clock_is_read_in_views_tasks_and_commands_only():
    assert [fault for path, source in sources(".py") for fault in clocks_in(source, path)] == []


def test_no_sql_asks_the_database_for_the_time_but_the_log():
    asking = {path for path, source in sources(".sql") if IN_SQL.search(source)}

    assert asking == HAS_THE_CLOCK_OF_THE_DATABASE


def test_no_template_reads_the_clock():
    assert [path for path, source in sources(".html", ".txt") if IN_A_TEMPLATE.search(source)] == []


def test_created_at_is_the_only_moment_that_a_model_stamps_itself():
    stamped = re.compile(r"^\s*(\w+) = models\.\w+\(.*auto_now_add", re.M)

    assert {name for _, source in sources(".py") for name in stamped.findall(source)} == {"created_at"}


@pytest.mark.parametrize(
    "line",
    [
        "x = timezone.now()",
        "x = timezone.localdate()",
        "at = models.DateTimeField(default=timezone.now)",
        "from django.utils.timezone import now",
        "from time import time",
        "from django.utils import timezone as zone",
        "from datetime import datetime as moment",
        "import time as clock",
        "x = time.time()",
        "x = date.today()",
        "x = datetime.datetime.now(UTC)",
        "rows.filter(at__gte=TruncDay(Now(), tzinfo=HELSINKI))",
        "rows.annotate(on=functions.TruncDate('at'))",
        "rows.filter(on=Cast('at', DateField()))",
        "rows.annotate(year=ExtractYear('at'))",
        "at = models.DateTimeField(db_default=Now())",
        "at = models.DateTimeField(auto_now=True)",
        "rows.filter(created_at__lt=at)",
        "cursor.execute('select 1 from x where at > now()')",
        "cursor.execute('select date_trunc(%s, at)')",
        "x = path.stat().st_mtime > at",
    ],
)
def test_a_planted_clock_is_found(line):
    assert clocks_in(line, "casework/queries/cases.py")


@pytest.mark.parametrize("path", ["casework/views/cases.py", "casework/meetings/agenda_views.py", "tasks/mail.py"])
def test_an_edge_reads_the_one_clock_and_no_other(path):
    assert clocks_in("x = timezone.now(), timezone.localdate()", path) == []
    for line in ("x = timezone.now().date()", "x = datetime.now(UTC)", "x = time.time()", "x = Now()"):
        assert clocks_in(line, path), line
