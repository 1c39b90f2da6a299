"""Make a master key, in the form that SUUNTA_MASTER_KEYS_FILE holds, and say what to do with it."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tenants.keys import master

FIRST = """\
This is the first master key. Put it into a file that only the user of the service may read (mode 0600), name the file
by SUUNTA_MASTER_KEYS_FILE, the same on every machine, and keep a copy apart from the database and its backups:
without it nothing that is encrypted can ever be read again."""
ANOTHER = """\
This is to be the first key of {file}, in front of those that are there. Put it there on every machine
and restart its processes, then run: SUUNTA_LOGIN=migrator manage.py rotate_keys
The old keys stay in the file, after that too: what was sealed with them has to be opened, and seals of the access log
are checked with the key they were made with. Keep a copy of the new file apart from the database and its backups."""


class Command(BaseCommand):
    help = "Prints a new master key, or writes a file with it and the keys there are. Nothing uses it by itself."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, metavar="FILE", help="write a new file, for its owner only")

    def handle(self, *, to: Path | None, **options: Any) -> None:
        key = master.new(on=timezone.localdate())
        older = _there_are()
        if to is None:
            self.stdout.write(json.dumps(key))
        else:
            _write(to, {**key, **older})
            self.stdout.write(f"{to} was written{', with the older keys behind the new one' if older else ''}.")
        self.stderr.write(ANOTHER.format(file=settings.MASTER_KEYS_FILE) if older else FIRST)


def _there_are() -> dict[str, str]:
    """Read the keys of this machine, none when it has no file yet."""
    if not settings.MASTER_KEYS_FILE.exists():
        return {}
    try:
        return master.written(master.load(settings.MASTER_KEYS_FILE))
    except ImproperlyConfigured as fault:
        raise CommandError(f"{fault} No key was made.") from None


def _write(file: Path, keys: dict[str, str]) -> None:
    try:
        master.write_new(file, keys)
    except FileExistsError:
        raise CommandError(f"{file} is there already and stays as it is: name another.") from None
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}.") from None
