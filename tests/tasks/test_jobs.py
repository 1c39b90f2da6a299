"""The record of runs for the console's job page: what ran, when, how much, and the name of an error."""

from datetime import timedelta

import pytest

from tasks import jobs
from tenants.models import JobRun
from tenants.scope import in_console, in_municipality
from tests.conftest import NOON


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
