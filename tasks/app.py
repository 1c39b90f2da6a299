"""The Celery app: an alarm clock. The truth about work is in tables, so nothing here keeps results or state.

A task that is lost is due again at the next alarm; a task that runs twice does its work once.
"""

import logging
import os
from typing import Any

import sentry_sdk
from celery import Celery, Task
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import beat_init, before_task_publish, celeryd_init, task_postrun, task_prerun

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")  # Celery would run Django's checks and ignore what they say

from django.conf import settings
from django.db import close_old_connections

from tasks import schedule
from tenants import rounds, starting, tracing
from tenants.database.current import connection
from tenants.database.names import APP_LOGIN
from tenants.errors import BeingUpdated
from tenants.rounds import SomeFailed

logger = logging.getLogger(__name__)

TRACE = "suunta_trace"  # header of a message
PROVISIONING = "provisioning"  # the queue whose worker has the migrator's login
TIME_LIMIT = 300  # seconds; then the process is killed, and the next alarm goes on where it was
ASKED_TO_STOP = 240


class MunicipalTask(Task):
    """A task that passes over a municipality whose schema is being updated: what is due there stays due."""

    def __call__(self, *words: Any, **options: Any) -> Any:
        try:
            return self.run(*words, **options)
        except BeingUpdated as place:
            logger.warning("%s passed over %s, which is being updated", self.name, place)
            return 0
        except SomeFailed as some:
            if {one.error for one in some.failures} != {BeingUpdated.__name__}:
                raise
            return some.count


app = Celery("suunta", set_as_current=True, task_cls=MunicipalTask)
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_connection_retry_on_startup=True,
    CELERY_DB_REUSE_MAX=100_000,  # tasks with one connection; Celery's own way is a new one for each task
    # Unacknowledged tasks come again after this time: longer than the longest task and its countdown.
    broker_transport_options={"visibility_timeout": TIME_LIMIT * 3},
    include=[
        "tasks.access_log",
        "tasks.documents",
        "tasks.jobs",
        "tasks.leftovers",
        "tasks.letters",
        "tasks.mail",
        "tasks.people",
        "tasks.provisioning",
        "tasks.reminders",
        "tasks.work",
    ],
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_default_queue="celery",
    task_routes={
        "provisioning.*": {"queue": PROVISIONING},
        "work.wake": {"queue": "wake"},  # queues take turns: whatever else waits, what is due is found
    },
    task_acks_late=True,
    task_time_limit=TIME_LIMIT,
    task_soft_time_limit=ASKED_TO_STOP,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,  # settings.LOGGING says how lines look
    timezone=settings.TIME_ZONE,
    beat_schedule=schedule.entries(),
)


rounds.let_through(SoftTimeLimitExceeded)


@celeryd_init.connect
def be_fit_to_work(instance: Any, options: dict[str, Any], **_: Any) -> None:
    """Start no worker on a machine that is not whole, nor one with another's login."""
    queues = options.get("queues") or ""
    named = set(queues.split(",") if isinstance(queues, str) else queues)
    starting.start_or_exit(login="migrator" if named == {PROVISIONING} else APP_LOGIN)


@beat_init.connect
def be_fit_to_wake(**_: Any) -> None:
    """Start no beat on a machine that is not whole."""
    starting.start_or_exit()


@before_task_publish.connect
def take_along_who_asked(headers: dict[str, Any], **_: Any) -> None:
    """Let a task say in its log lines which request, or which other task, woke it."""
    if trace := tracing.current():
        headers[TRACE] = trace


@task_prerun.connect
def follow_who_asked(task: Task, task_id: str, **_: Any) -> None:
    """Begin a task under the id of who woke it; what the clock woke goes by its own."""
    tracing.follow(task.request.get(TRACE) or task_id)


@task_postrun.connect
def follow_nobody(**_: Any) -> None:
    """Say nothing under an id that is over."""
    tracing.follow("")


@task_prerun.connect
def name_municipality(kwargs: dict[str, Any], **_: Any) -> None:
    """Let an error report say for which municipality the task was."""
    key = kwargs.get("municipality_id")
    if type(key) is int:
        sentry_sdk.set_tag("municipality_id", str(key))


@task_prerun.connect
@task_postrun.connect
def belong_nowhere(**_: Any) -> None:
    """Begin and end every task outside all schemas: a task that enters none can read nothing.

    A connection that is broken or as old as settings say is replaced, as between two requests.
    """
    close_old_connections()
    connection.leave()
