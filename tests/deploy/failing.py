"""A process in which everything fails with a client's data at hand; test_observability runs it and reads the reports.

`CANARIES` stand in every corner from which an error report could pick something up.
"""

import logging
import os
import sys
from typing import Any

NAME, HETU, EMAIL, SECRET = "Kanarialintu", "070770-905D", "kanaria@example.com", "T0p-s3cret"
CANARIES = (NAME, HETU, EMAIL, SECRET)


class CannotSave(Exception):
    """Carries what errors carry in life: the data they stumbled over."""


def view(request, key):
    """Fail with the data in locals, in the exception and in its cause."""
    client_name, identity_code = NAME, HETU
    logging.getLogger("suunta").warning("opening %s", client_name)
    try:
        raise ValueError(f"{identity_code} of {EMAIL}")
    except ValueError as error:
        raise CannotSave(f"{NAME} {HETU}") from error


def fail_everywhere():
    """Fail in a view, in a task and in a log line."""
    from django.test import Client, override_settings
    from django.urls import path

    from tasks.app import app

    addresses: Any = type(sys)("failing_urls")
    addresses.urlpatterns = [path("clients/<str:key>/", view)]
    sys.modules["failing_urls"] = addresses

    @app.task(name="failing")
    def task(*, municipality_id, name):
        raise CannotSave(name)

    browser = Client(raise_request_exception=False, headers={"host": "kaavi.localhost", "cookie": f"a={SECRET}"})
    with override_settings(ROOT_URLCONF="failing_urls", LOGIN_URL="/"), without_sign_in():
        browser.post(f"/clients/{NAME}/?q={HETU}", {"name": NAME, "hetu": HETU}, headers={"authorization": SECRET})
    task.apply(kwargs={"municipality_id": 2, "name": NAME})
    logging.getLogger("suunta").error("could not save %s", NAME, extra={"hetu": HETU})
    logging.getLogger("suunta").error(f"could not save {HETU}")


def without_sign_in():
    from django.test import modify_settings

    doors = ["tenants.accounts.ended.SignInMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]
    return modify_settings(MIDDLEWARE={"remove": doors})


if __name__ == "__main__":
    import django

    django.setup()
    import sentry_sdk

    from deploy.observability import start_sentry

    start_sentry(dsn=os.environ["REPORT_TO"], release="1")
    sentry_sdk.set_user({"email": EMAIL})
    fail_everywhere()
    sentry_sdk.flush(timeout=10)
