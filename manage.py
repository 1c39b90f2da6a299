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
COMMANDS_WITHOUT_DATABASE = {"", "help", "explain_deadline", "makemigrations", "makemessages", "check", "collectstatic"}


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
    """Start the servers from the wheels for as long as this command runs, unless other servers are named."""
    from deploy.local import embedded

    try:
        embedded.ensure_running()
    except embedded.CannotStart as reason:
        sys.exit(str(reason))


if __name__ == "__main__":
    main()
