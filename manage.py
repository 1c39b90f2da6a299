#!/usr/bin/env python
"""Entry point of every command. Commands that change the structure of the database use the migrator's login."""

import os
import sys

COMMANDS_OF_THE_MIGRATOR = {
    "prepare_database",
    "add_municipality",
    "migrate",
    "migrate_municipalities",
    "migrate_schemas",
}
COMMANDS_WITHOUT_DATABASE = {
    "",
    "check",
    "check_production",  # it asks the servers that there are
    "collectstatic",
    "createsuperuser",
    "explain_deadline",
    "help",
    "makemessages",
    "makemigrations",
    "new_master_key",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in COMMANDS_OF_THE_MIGRATOR:
        os.environ.setdefault("SUUNTA_LOGIN", "migrator")
    if command not in COMMANDS_WITHOUT_DATABASE:
        start_embedded_servers()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def start_embedded_servers() -> None:
    """Start the servers from the wheels for as long as this command runs, unless other servers are named.

    A public domain has servers of its own, whether or not somebody forgot to name them.
    """
    from deploy.local import embedded

    is_public = os.environ.get("SUUNTA_DOMAIN", "localhost") != "localhost"
    if is_public or {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        return
    try:
        embedded.ensure_running()
    except embedded.CannotStart as reason:
        sys.exit(str(reason))


if __name__ == "__main__":
    main()
