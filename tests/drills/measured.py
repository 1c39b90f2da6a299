"""The web server with a stop watch: from the moment at which a visitor says something until Django begins with it.

`gunicorn --worker-class tests.drills.measured.Worker tests.drills.measured:fair` (or `:unfair`, as it was without a
share). Each request is a line of the file that SUUNTA_DRILL_WAITS names: host and seconds, by the monotonic clock.
"""

import os
import threading
import time
from wsgiref.types import WSGIApplication

from django.conf import settings
from gunicorn.workers.gthread import ThreadWorker

from deploy import wsgi
from deploy.fair_share import FairShare
from deploy.web_server import PLACES

AT = "drill.taken_in"
WAITS = os.open(os.environ["SUUNTA_DRILL_WAITS"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
taken_in = threading.local()


class Worker(ThreadWorker):
    """gunicorn's own, which notes when it takes a request in, before any thread has it."""

    def enqueue_req(self, conn):
        conn.taken_in = time.monotonic()
        super().enqueue_req(conn)

    def handle_request(self, req, conn):
        taken_in.at = conn.taken_in
        return super().handle_request(req, conn)


def watched(application: WSGIApplication) -> WSGIApplication:
    """Let the application's thread know when the request was taken in."""
    return lambda environ, start_response: application({**environ, AT: taken_in.at}, start_response)


def begun(environ, start_response):
    """Note the wait, and begin."""
    os.write(WAITS, f"{environ['HTTP_HOST']} {time.monotonic() - environ[AT]}\n".encode())
    return wsgi.django(environ, start_response)


unfair = watched(begun)
fair = watched(FairShare(begun, threads=settings.WEB_THREADS, places=PLACES))
