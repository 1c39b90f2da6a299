"""`manage.py explain_deadline`: reckons one deadline from the shipped rules and shows every step. No database."""

import json
import sys
from collections.abc import Iterable
from datetime import date
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from casework.law import as_of
from casework.law import benefits as rules
from casework.law.benefits import NoRule
from casework.law.deadlines import (
    AppealLevel,
    Channel,
    Deadline,
    DeciderKind,
    Notice,
    appeal_deadline,
    months_deadline,
    printed_deadline,
)
from tenants.errors import Refusal

NEEDED = {"appeal": ("decider", "sent"), "months": ("months", "from")}
ALLOWED = {"appeal": ("decider", "sent", "channel", "level", "benefit", "printed"), "months": ("months", "from")}
LANGUAGES = ("en", "fi", "sv")


class Command(BaseCommand):
    help = "Explain a deadline step by step, each step with its source."
    requires_system_checks = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.called_from_command_line = False  # a wrong option is a CommandError, not a page of usage and code 2
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        try:
            super().run_from_argv(argv)
        except CommandError as refusal:
            self.stderr.write("CommandError: " + " ".join(str(refusal).split()))
            sys.exit(refusal.returncode)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", help="appeal, or months for a time given in months")
        parser.add_argument("--decider", help="kela, pension_insurer, … or a decider such as keva")
        parser.add_argument("--channel", help="how the decision came: post, electronic, in_hand, unknown (the default)")
        parser.add_argument("--sent", help="the day the decision was posted, sent or handed over, as 2026-11-17")
        parser.add_argument("--level", help="first (the default), or court for the appeal after that")
        parser.add_argument("--benefit", help="the benefit's code, where it has a way of appeal of its own, as TTO")
        parser.add_argument("--printed", help="the last day printed in the decision, which comes before the reckoning")
        parser.add_argument("--months", help="how many months, as 2")
        parser.add_argument("--from", help="the day the months are counted from, as 2026-10-24")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--language", default="en", choices=LANGUAGES, help="of the explanation (default: en)")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            try:
                deadline = _reckoned(options)
            except Refusal as refusal:
                raise CommandError(str(refusal)) from refusal
            explained = deadline.explained()
            as_json = json.dumps(deadline.as_json(), ensure_ascii=False, indent=2)
        self.stdout.write(as_json if options["json"] else explained)


def _reckoned(options: dict[str, Any]) -> Deadline:
    kind = _one_of("kind", options["kind"] or _missing("kind"), NEEDED)
    for name in ALLOWED["appeal"] + ALLOWED["months"]:
        if options[name] is None and name in NEEDED[kind]:
            _missing(name)
        if options[name] is not None and name not in ALLOWED[kind]:
            raise CommandError(f"--{name} does not go with --kind {kind}.")
    return _appeal(options) if kind == "appeal" else _months(options)


def _appeal(options: dict[str, Any]) -> Deadline:
    sent = _day("sent", options["sent"])
    channel = Channel(_one_of("channel", options["channel"] or Channel.UNKNOWN, Channel))
    level = AppealLevel(_one_of("level", options["level"] or AppealLevel.FIRST, AppealLevel))
    printed = _day("printed", options["printed"]) if options["printed"] is not None else None
    decider_kind = _decider_kind(options["decider"])
    benefit = options["benefit"] or ""
    if benefit and decider_kind not in as_of.benefit(benefit, sent).decider_kinds:
        raise CommandError(f"{benefit} is not decided by {options['decider']}.")
    notice = Notice(posted=sent, channel=channel)
    try:
        rule = rules.appeal_rule(decider_kind, channel, sent, level=level, benefit=benefit)
    except NoRule:
        if printed is None:
            raise
        return printed_deadline(notice=notice, printed_last_day=printed)
    return appeal_deadline(notice=notice, rule=rule, printed_last_day=printed)


def _months(options: dict[str, Any]) -> Deadline:
    months = options["months"]
    if not (months.isascii() and months.isdigit() and 1 <= int(months) <= 600):
        raise CommandError(f"--months {months!r} is not a number of months from 1 to 600.")
    return months_deadline(start=_day("from", options["from"]), months=int(months))


def _decider_kind(word: str) -> DeciderKind:
    kinds = {decider.code: decider.kind for decider in rules.tables().deciders}
    kinds |= {kind.value: kind for kind in DeciderKind}
    return kinds[_one_of("decider", word, kinds)]


def _one_of(name: str, word: str, known: Iterable[str]) -> str:
    if word not in known:
        raise CommandError(f"--{name} {word!r} is not known; it is one of: {', '.join(known)}.")
    return word


def _day(name: str, word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise CommandError(f"--{name} {word!r} is not a day such as 2026-11-17.") from error


def _missing(name: str) -> NoReturn:
    raise CommandError(f"--{name} is missing.")
