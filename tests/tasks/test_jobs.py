"""The record of runs for the console's job page: what ran, when, how much, and the name of an error."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from casework.cases import drafts
from tasks import jobs, leftovers
from tenants.database.current import connection
from tenants.models import JobRun
from tenants.rounds import Failure, SomeFailed
from tenants.scope import in_console, in_municipality
from tests.conftest import NOON
from tests.databases import as_superuser
from tests.people import browser_of


def runs():
    with in_console():
        return list(JobRun.objects.all())


def run_job(count=0, *, schema="kaavi", job="mail.deliver_due"):
    with in_municipality(schema) as municipality:
        key = municipality.pk
    with jobs.in_municipality(key, job=job) as run:
        run.count = count


def test_a_run_says_what_it_did_for_whom(kaavi):
    run_job(3)

    (run,) = runs()
    assert (run.name, run.municipality, run.count, run.error) == ("mail.deliver_due", kaavi, 3, "")
    assert NOON <= run.started_at <= run.finished_at


def test_a_run_on_the_console_belongs_to_no_municipality(db):
    with jobs.on_console(job="jobs.prune") as run:
        run.count = 1

    assert runs()[0].municipality is None


def test_a_run_is_recorded_while_it_runs(kaavi):
    with jobs.in_municipality(kaavi.pk, job="mail.deliver_due"):
        assert runs()[0].is_running

    assert not runs()[0].is_running


def test_a_run_that_fails_keeps_the_name_of_the_error_and_nothing_of_what_it_says(kaavi):
    with pytest.raises(LookupError), jobs.in_municipality(kaavi.pk, job="mail.deliver_due"):
        raise LookupError("070770-905D")

    (run,) = runs()
    assert run.error == "LookupError"
    assert not run.is_running


def test_a_run_in_which_nothing_happened_replaces_the_one_before(kaavi):
    for count in (2, 0, 0, 0):
        run_job(count)

    assert [run.count for run in runs()] == [0, 2]


def test_quiet_runs_of_other_jobs_and_municipalities_stay(kaavi, tuusniemi):
    run_job()
    run_job(job="mail.reconcile")
    run_job(schema="tuusniemi")
    with jobs.on_console(job="mail.deliver_due"):
        pass

    assert len(runs()) == 4


def test_a_quiet_run_on_the_console_replaces_the_one_before(db):
    for _ in range(2):
        with jobs.on_console(job="mail.reconcile_on_console"):
            pass

    assert len(runs()) == 1


def test_a_run_that_failed_or_still_runs_is_not_replaced(kaavi):
    with in_console():
        JobRun.objects.create(
            name="mail.deliver_due", municipality=kaavi, started_at=NOON, finished_at=NOON, error="OSError"
        )
        JobRun.objects.create(name="mail.deliver_due", municipality=kaavi, started_at=NOON)

    run_job()

    assert len(runs()) == 3


def lose_the_connection():
    with as_superuser() as superuser:
        superuser.execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    JobRun.objects.exists()


def test_a_run_over_which_the_connection_was_lost_is_ended_too(own_database):
    with in_municipality("kaavi") as municipality:
        key = municipality.pk
    with pytest.raises(OperationalError), jobs.in_municipality(key, job="mail.deliver_due"):
        lose_the_connection()

    (run,) = runs()
    assert (run.error, run.is_running) == ("OperationalError", False)


def test_runs_are_forgotten_after_thirty_days(console):
    for days in (29, 31):
        then = NOON - timedelta(days=days)
        JobRun.objects.create(name="mail.deliver_due", started_at=then, finished_at=then, count=days)

    assert jobs.prune() == 1

    assert [run.count for run in runs()] == [1, 29]  # what was forgotten today, and what is young enough


def test_a_run_whose_process_was_killed_is_closed_when_it_cannot_live_any_more(console):
    for minutes in (9, 11):
        JobRun.objects.create(name="mail.deliver_due", started_at=NOON - timedelta(minutes=minutes))

    assert jobs.close_lost(at=NOON) == 1

    assert [(run.is_running, run.error) for run in runs()] == [(True, ""), (False, "Killed")]


def test_a_run_over_many_says_how_many_failed_and_which_and_still_how_much_was_done(kaavi):
    with pytest.raises(SomeFailed), jobs.in_municipality(kaavi.pk, job="reminders.queue_due"):
        raise SomeFailed(count=12, tried=14, failures=[Failure("a", "ValueError"), Failure("b", "DataError")])

    (run,) = runs()
    assert (run.count, run.failed, run.tried, run.error) == (12, 2, 14, "SomeFailed")
    assert run.which == "a (ValueError), b (DataError)"


def test_the_job_page_says_how_many_failed_and_which(console, oiva):
    JobRun.objects.create(
        name="mail.deliver_due",
        started_at=NOON,
        finished_at=NOON,
        error="SomeFailed",
        failed=2,
        tried=14,
        which="mail 1",
    )

    page = browser_of(oiva).get("/jobs/").text

    assert "2/14 epäonnistui" in page
    assert "mail 1" in page


def test_of_the_kinds_of_leftovers_one_that_cannot_be_forgotten_keeps_not_the_others(kaavi, monkeypatch):
    def fails(*, at):
        raise LookupError

    monkeypatch.setattr(drafts, "forget_old", fails)
    monkeypatch.setitem(leftovers.ON_BOTH_SIDES, "sessions", lambda *, at: 3)

    with pytest.raises(SomeFailed, match=r"1 of 5 failed: drafts \(LookupError\)"):
        leftovers.prune(municipality_id=kaavi.pk)

    assert runs()[0].count == 3
