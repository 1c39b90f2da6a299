"""Every measurement sees the slowness that is planted for it, and nothing else moves it. Each cost here is known."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection

from casework.clients import queries
from casework.clients import views as clients
from casework.documents import actions
from casework.letters import reading
from casework.models import Case
from casework.overview import today
from casework.reminders import sweep as reminders
from tenants import hosts, provisioning
from tenants.scope import active_municipality, in_municipality
from tests.bench import __main__ as program
from tests.bench import adding, cost, documents, furnishing, letters, limits, overhead, pages, population, sweeping
from tests.bench.cost import Side
from tests.bench.day import that_monday
from tests.bench.limits import Limit
from tests.databases import MUNICIPALITIES

SOME = 40  # milliseconds of planted work
MUCH = 3 * SOME
SLACK = 0.35  # measured work may be this much off: the rest of a call costs something, too


def work(milliseconds: float) -> None:
    """Keep this process busy for so much of its CPU time."""
    until = time.process_time() + milliseconds / 1000
    while time.process_time() < until:
        pass


def work_in_database(rows: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from generate_series(1, %s)", [rows])


def after(planted: Callable[[], object], real: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, slower."""

    def slower(*args: Any, **known: Any) -> Any:
        planted()
        return real(*args, **known)

    return slower


@pytest.fixture
def bench(own_database, settings, tmp_path, monkeypatch):
    """A database to commit in, a folder for files, the measurements' day, and few meetings."""
    settings.FILES = tmp_path
    monkeypatch.setattr(furnishing, "HELD_AT_LEAST", 1)
    monkeypatch.setattr(furnishing, "VISITS", 2)
    age = connection.settings_dict["CONN_MAX_AGE"]
    with that_monday():
        yield monkeypatch
    connection.settings_dict["CONN_MAX_AGE"] = age


# --- the cost of a call -------------------------------------------------------------------------------------------


def test_work_of_this_process_is_seen_and_waiting_is_not(kaavi):
    busy = cost.of(lambda: work(SOME))
    idle = cost.of(lambda: time.sleep(SOME / 1000))

    assert SOME <= busy.process < SOME * (1 + SLACK)
    assert busy.database < SOME / 10
    assert idle.total < SOME / 4


def test_work_of_the_database_is_seen(kaavi):
    few, many = (cost.of(partial(work_in_database, rows)) for rows in (100_000, 2_000_000))

    assert many.database > 5 * few.database
    assert many.process < many.database / 4


def test_a_ratio_is_that_of_the_planted_work_and_leaves_out_what_prepares_and_cleans_up(kaavi):
    sides: dict[str, Side | Callable[[], object]] = {
        "much": lambda: work(MUCH),
        "some": Side(lambda: work(SOME), before=lambda: work(MUCH), after=lambda: work(MUCH)),
    }

    found = cost.in_turns(sides, rounds=3, warm_up=0)

    assert found.ratio("much", "some") == pytest.approx(3, rel=SLACK)


def test_a_cost_is_not_told_when_the_connection_was_exchanged(own_database):
    def exchange() -> None:
        connection.close()
        connection.ensure_connection()

    with in_municipality("kaavi"), pytest.raises(cost.NewConnection):
        cost.of(exchange)


# --- the measurements ---------------------------------------------------------------------------------------------


def test_pages_see_queries_cost_and_growth(bench):
    def ask_twenty_times() -> None:
        for _turn in range(20):
            work_in_database(1)

    bench.setattr(today, "read", after(ask_twenty_times, today.read))
    grows = after(lambda: work_in_database(300_000 * Case.objects.count()), queries.cases_of)
    bench.setattr(clients, "cases_of", grows)
    bench.setattr(clients, "first_found", after(lambda: work(10 * MUCH), queries.first_found))

    asked = {"today", "clients", "search_name", "form_note"}
    found = pages.measure({2: "kaavi", 6: "varkaus"}, each=2, events=0, rounds=3, only=asked)

    rows = found["rows"]
    assert set(rows) == asked
    assert rows["today"]["queries"] > 20 > rows["form_note"]["queries"]
    assert rows["clients"]["growth_6"] > 1.5
    assert rows["form_note"]["growth_6"] == pytest.approx(1, rel=SLACK)
    assert rows["search_name"]["yardsticks"] > 3 * rows["form_note"]["yardsticks"]
    assert rows["search_name"]["milliseconds"] > 10 * MUCH > found["yardstick_milliseconds"]
    missed = limits.missed({"pages": found}, (Limit("pages", "*", "growth_6", 1.5), Limit("pages", "*", "queries", 20)))
    assert [line.split(":")[1].strip() for line in missed] == ["clients", "today"]


def test_overhead_sees_a_slow_wall(bench):
    bench.setattr(hosts, "municipality_at", after(lambda: work(10 * MUCH), hosts.municipality_at))

    found = overhead.measure(clients=2, rounds=3, only=["basics"])

    assert found["rows"]["basics"]["of_plain"] > 3


@pytest.mark.parametrize(("milliseconds", "share"), [(SOME, 1 / 3), (MUCH, 1)])
def test_adding_sees_what_a_municipality_costs_and_not_what_taking_it_away_costs(bench, milliseconds, share):
    bench.setattr(provisioning, "provision", lambda municipality, *, at: work(milliseconds))
    bench.setattr(adding, "migrate_schema", lambda schema: work(MUCH))
    bench.setattr(adding, "_drop", after(lambda: work(MUCH), adding._drop))

    rows = adding.measure(rounds=3)["rows"]

    assert rows["from_template"]["of_replaying"] == pytest.approx(share, rel=SLACK)
    of_raw_ddl = rows["from_template"]["milliseconds"] / rows["raw_ddl"]["milliseconds"]
    assert rows["from_template"]["of_raw_ddl"] == pytest.approx(of_raw_ddl, rel=SLACK)


def test_documents_see_a_slow_check_and_a_slow_view(bench):
    bench.setattr(documents, "SIZES", {"20_kB": 20_000})
    bench.setattr(actions, "add", after(lambda: work(MUCH), actions.add))
    found = documents.measure(rounds=3)["rows"]

    assert found["add_20_kB"]["milliseconds"] > MUCH > found["fetch_20_kB"]["milliseconds"]
    assert found["add_20_kB"]["yardsticks"] > 2 * found["fetch_20_kB"]["yardsticks"]


def test_sweeping_sees_that_one_costs_more_among_many(bench):
    late = [schema for schema, *_ in MUNICIPALITIES][2:]

    def cost_of_the_late_ones() -> None:
        place = active_municipality()
        work(MUCH * 5 if place is not None and place.schema_name in late else 0)

    bench.setattr(reminders, "sweep", after(cost_of_the_late_ones, reminders.sweep))

    found = sweeping.measure(few=2, many=4, rounds=1)

    assert found["rows"]["queue_reminders"]["growth_4"] > 1.5


def test_sweeping_refuses_to_measure_when_nothing_is_due(bench):
    bench.setattr(population, "fill", lambda *people, clients_wanted: [])

    with pytest.raises(sweeping.NothingDue):
        sweeping.measure(few=2, many=4, rounds=1)


def test_letters_sees_that_a_reader_is_slow(monkeypatch):
    slow = "import time\nwhile time.process_time() < 3: pass\nfrom casework.letters.child import main; main()"
    monkeypatch.setattr(reading, "PROGRAM", ("-c", slow))

    assert letters.measure(rounds=1)["rows"]["forty_pages"]["seconds"] > 3


# --- the table ----------------------------------------------------------------------------------------------------

TABLE = (Limit("pages", "*", "queries", 15), Limit("pages", "case", "queries", 12), Limit("pages", "case", "cost", 8))


def test_a_row_that_keeps_its_limits_is_not_named():
    assert (
        limits.missed({"pages": {"rows": {"today": {"queries": 15}, "case": {"queries": 12, "cost": 8}}}}, TABLE) == []
    )


def test_a_row_that_misses_its_limit_is_named_and_its_own_limit_counts():
    rows = {"today": {"queries": 16}, "case": {"queries": 13, "cost": 8}}

    assert limits.missed({"pages": {"rows": rows}}, TABLE) == [
        "pages: today: queries is 16, at most 15 is wanted.",
        "pages: case: queries is 13, at most 12 is wanted.",
    ]


def test_a_limit_of_which_nothing_was_measured_is_missed():
    rows = {"case": {"queries": 1}, "today": {"queries": 1}}

    assert limits.missed({"pages": {"rows": rows}}, TABLE) == ["pages: case: cost was not measured."]


def test_the_program_ends_with_1_and_the_name_of_the_row(capsys):
    row = {"of_replaying": 0.5, "of_raw_ddl": 3}

    assert program.report({"adding": {"rows": {"from_template": row}}}) == 1
    printed = capsys.readouterr()
    assert '"of_replaying": 0.5' in printed.out
    assert printed.err == "adding: from_template: of_replaying is 0.5, at most 0.333333 is wanted.\n"


def test_the_program_ends_with_0_when_every_limit_is_kept():
    assert program.report({"adding": {"rows": {"from_template": {"of_replaying": 0.2, "of_raw_ddl": 3}}}}) == 0
