"""A process in which everything fails with a client's data at hand; test_observability runs it and reads the reports.

`CANARIES` stand in every corner from which an error report, a log line or a page could pick something up. What it says
on its standard output is how many addresses it asked, and on which pages it found one.
"""

import json
import logging
import os
import sys
from typing import Any

NAME, HETU, EMAIL, SECRET = "Kanarialintu", "070770-905D", "kanaria@example.com", "T0p-s3cret"
CANARIES = (NAME, HETU, EMAIL, SECRET)
OF_A_REGULAR_EXPRESSION = {"account_reset_password_from_key": {"uidb36": "1a", "key": "b2"}}


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


def fail_in_every_view():
    """Ask every address of both sides with data in every part of a request; each view fails on it."""
    from unittest import mock

    import sentry_sdk
    from django.core.handlers.base import BaseHandler
    from django.test import Client
    from django.urls import reverse

    from tests.rules.routes import all_routes

    def failing(request, **arguments):
        typed = [*request.GET.values(), *request.POST.values(), *request.headers.values()]
        return view(request, typed)

    pages, asked = [], 0
    headers = {"cookie": f"a={SECRET}", "user-agent": NAME, "referer": f"http://kaavi.localhost/?q={NAME}"}
    with mock.patch.object(BaseHandler, "make_view_atomic", return_value=failing), without_sign_in():
        for route in all_routes():
            host = "kaavi.localhost" if route.side == "portal" else "console.localhost"
            browser = Client(raise_request_exception=False, headers={"host": host, **headers})
            arguments = OF_A_REGULAR_EXPRESSION.get(route.name) or route.sample_arguments()
            address = reverse(route.name, kwargs=arguments, urlconf=route.urlconf)
            for answer in (
                browser.get(address, {"q": NAME, "code": HETU}),
                browser.post(f"{address}?q={NAME}", dict(zip("abcd", CANARIES, strict=True))),
            ):
                assert answer.status_code == 500, f"{route}: {answer.status_code}"
                pages += [str(route) for canary in CANARIES if canary in answer.text]
                asked += 1
            sentry_sdk.flush(timeout=10)  # else reports that come too fast are thrown away
    return {"asked": asked, "pages": pages}


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
    sys.stdout.write(json.dumps(fail_in_every_view()))
    sentry_sdk.flush(timeout=10)
