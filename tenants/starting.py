"""Whether a process may start here: outside the demo on localhost, only a machine that is whole.

What is asked are Django's checks with the tag PRODUCTION (deploy.checks, deploy.production), which know each other not:
so whoever starts is told all of it at once.
"""

import sys

from django.conf import settings
from django.core.checks import ERROR, CheckMessage, Error, run_checks
from django.db import connection

from tenants.database.names import APP_LOGIN

PRODUCTION = "production"  # the tag of checks that ask other machines, too: run before a process starts
ENVIRONMENT = "environment"  # the tag of checks that read the environment only: run before every command


def findings(*, login: str) -> list[CheckMessage]:
    """Collect what is missing or weak for a process that works with this login ("app" or "migrator")."""
    found = run_checks(tags=[ENVIRONMENT, PRODUCTION], include_deployment_checks=True, databases=["default"])
    connection.close()  # forks would share it
    return sorted([*_other_login(login), *found], key=lambda one: one.msg)  # Django keeps no order


def told(found: list[CheckMessage]) -> str:
    """Write findings for the person at the terminal, one a line."""
    return "\n".join(["Missing or weak here:", *(f"  - {one.msg}" for one in found)])


def is_fit(found: list[CheckMessage]) -> bool:
    """Tell whether a process may start all the same: what is only away comes back, and a start must not wait for it."""
    return not any(one.level >= ERROR for one in found)


def start_or_exit(*, login: str = APP_LOGIN) -> None:
    """Say what is missing or weak, and end this process with 1 unless it may start all the same.

    Raises:
        SystemExit
    """
    if settings.IS_LOCAL:
        return
    found = findings(login=login)
    if found:
        sys.stderr.write(f"{told(found)}\n")
    if not is_fit(found):
        sys.exit("Suunta does not start here. deploy/runbook.md says how each is set.")


def _other_login(login: str) -> list[CheckMessage]:
    if login == settings.LOGIN:
        return []
    return [Error(f"This process works with the login {login}: SUUNTA_LOGIN={settings.LOGIN} is another's.")]
