"""How gunicorn takes requests in: `gunicorn --config python:deploy.web_server deploy.wsgi`.

These threads take in and write out only; how many work is SUUNTA_WEB_THREADS (deploy.fair_share).
"""

import os
import sys

import gunicorn.config
import gunicorn.glogging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")

LONGEST_HOLD = 0.001  # seconds
PLACES = 100  # requests of one host here at once, in a process
threads = 5 * PLACES
worker_connections = threads + 300  # with those that only stay open; below the 1,024 files that a process usually has
control_socket_disable = True
access_log_format = '%(h)s %(t)s "%(r)s" %(s)s %(b)s, waited %({suunta.waited}e)s of %(M)s ms, %({x-request-id}o)s'


class JsonLogger(gunicorn.glogging.Logger):
    """gunicorn's own lines in the form of all others: it has handlers that the settings do not reach."""

    def setup(self, cfg: gunicorn.config.Config) -> None:
        from deploy.observability import AnswerFilter, JsonLines

        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.setFormatter(JsonLines())
            handler.addFilter(AnswerFilter())


logger_class = JsonLogger if os.environ.get("SUUNTA_LOG") == "json" else gunicorn.glogging.Logger


def on_starting(server: object) -> None:
    """Start no process on a machine that is not whole; here, where the master ends with 1 and begins none anew."""
    from django.conf import settings

    if settings.IS_LOCAL:
        return
    import django

    django.setup()
    from tenants import starting

    starting.start_or_exit()


def post_fork(server: object, worker: object) -> None:
    """Let no thread keep the interpreter for long while others wait: a request goes through three before it begins.

    Python's own measure is five milliseconds, which a busy neighbour's threads would take before each of the three.
    """
    sys.setswitchinterval(LONGEST_HOLD)
