"""Checks the access logs: chain, seals, mailed heads and, when given, the heads in the process log."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from tenants.audit import anchors, checking
from tenants.audit.checking import Report
from tenants.everywhere import CONSOLE, on_every_side
from tenants.rounds import SomeFailed
from tenants.scope import UnknownMunicipality

LIMIT = "What is younger than the last seal could still be changed unnoticed: the limit of what a log can prove."


class Command(BaseCommand):
    """Ends with an error when a log is not as it was written, or could not be read."""

    help = "Checks that no entry of the access logs was changed, removed or added outside the service."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", metavar="SCHEMA", default="", help=f"only this one, or {CONSOLE!r}")
        parser.add_argument("--process-log", type=Path, help="the log of the workers, whose heads are compared")

    @no_translations
    def handle(self, *args: Any, municipality: str, process_log: Path | None, **options: Any) -> None:
        lines = process_log.read_text().splitlines() if process_log else []
        try:
            broken = on_every_side(lambda name: self._check(name, lines), only=municipality)
        except SomeFailed as failure:
            raise CommandError(f"{failure}; {failure.count} of the others are not as they were written.") from None
        except UnknownMunicipality:
            raise CommandError(f"There is no municipality {municipality!r} in use.") from None
        self.stdout.write(LIMIT)
        if broken:
            raise CommandError(f"{broken} access logs are not as they were written.")

    def _check(self, name: str, lines: list[str]) -> int:
        report = checking.check(elsewhere=anchors.in_process_log(lines))
        self.stdout.write(f"{name}: {_summary(report)}")
        for found in report.findings:
            self.stdout.write(f"  {found}")
        return 0 if report.is_whole else 1


def _summary(report: Report) -> str:
    verdict = "whole" if report.is_whole else "NOT AS IT WAS WRITTEN"
    sealed = f"sealed until {report.sealed.at:%Y-%m-%d %H:%M} UTC" if report.sealed else "never sealed"
    return f"{verdict}, {report.entries} entries, {sealed}, {report.unsealed} younger than the last seal"
