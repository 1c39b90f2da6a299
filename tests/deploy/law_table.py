"""Writes the table of everything that nobody has verified, as deploy/law.md has it: from the tables themselves."""

from collections.abc import Iterator
from typing import Any

from casework.law import (
    annexes,
    benefits,
    continuations,
    guidance,
    legal_grounds,
    practice,
    removal,
    retention,
    self_correction,
    sickness_days,
    silence,
    statements,
    usual_times,
)
from casework.law.annexes import Annex, Form
from casework.law.appeal_rows import AppealStage, NoticePresumption, ReExamination
from casework.law.benefits import AppealBody, Benefit, Decider
from casework.law.legal_grounds import ConsentRule
from casework.law.origins import Origin
from casework.law.removal import Window
from casework.law.self_correction import Forwarding
from casework.law.tables import Row

HEAD = ["| Table | About | Figure | Source that is named |", "| --- | --- | --- | --- |"]
FIGURES = ("days", "presumption_days", "usual_days", "months", "years")

Line = tuple[str, str, str, str]


def table() -> list[str]:
    """Answer the lines of the table, a line a row of the data that is not verified."""
    return [*HEAD, *(f"| {' | '.join(part or '–' for part in line)} |" for line in _lines())]


def _lines() -> Iterator[Line]:
    for name, rows in every_table():
        for row in rows:
            if not row.is_read:
                yield name, _about(row), _figure(row), row.source
            if isinstance(row, Benefit):
                yield from _of_benefit(row)


def every_table() -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every table of the law with the name of its file, and of its part where a file has several."""
    shipped = benefits.tables()
    yield "appeals, body", shipped.bodies
    yield "appeals, notice", shipped.notices
    yield "appeals, appeal", shipped.stages
    yield "appeals, re_examination", shipped.re_examinations
    yield "self_correction", self_correction.table()
    yield "removal", removal.table()
    yield "benefits", shipped.benefits
    yield "guidance", guidance.table()
    yield "annexes, annex", annexes.tables().annexes
    yield "annexes, form", annexes.tables().forms
    yield "deciders", shipped.deciders
    yield "processing_times, application", usual_times.tables().applications
    yield "processing_times, appeal", usual_times.tables().appeals
    yield "contact", silence.rows()
    yield "contact, contact", silence.services_of_contact()
    yield "statements, answer", statements.tables().answers
    yield "statements, age", statements.tables().ages
    yield "grounds, law", legal_grounds.tables().laws
    yield "grounds, consent", legal_grounds.tables().consents
    yield "retention", retention.table()
    yield "sickness_days, mark", sickness_days.tables().marks
    yield "sickness_days, maximum", sickness_days.tables().maxima
    yield "sickness_days, fact", sickness_days.tables().facts
    yield "continuations, lead", continuations.tables().leads
    yield "continuations, continued", continuations.tables().continued
    yield "practice", practice.table()


def _of_benefit(row: Benefit) -> Iterator[Line]:
    """What is not verified of the figures of a benefit, and what is not known of them at all."""
    windows: list[tuple[str, Origin]] = [
        (f"{window.months} months from {window.counted_from}", window) for window in row.claim_windows
    ]
    known: list[tuple[str, str, Origin]] = [
        *(("claim window", text, origin) for text, origin in windows or [("", row)]),
        ("backpay", f"{row.backpay.months} months" if row.backpay else "", row.backpay or row),
    ]
    for what, text, origin in known:
        if text and not origin.is_read:
            yield "benefits", f"{_about(row)}, {what}", text, origin.source
    unknown = [what for what, text, _origin in known if not text]
    on = row.valid_to or row.valid_from
    unknown += [] if annexes.forms_of(row.code, on) else ["forms"]
    unknown += [] if annexes.of_benefit(row.code, on) else ["annexes"]
    if unknown:
        yield "benefits", _about(row), f"not known: {', '.join(unknown)}", ""


def _about(row: Row) -> str:
    match row:
        case Benefit() | AppealBody() | Decider():
            return f"{row.code}{_until(row)}"
        case AppealStage() | ReExamination() | Forwarding():
            benefits_of_row = " ".join(benefit or "others" for benefit in row.benefits)
            level = f", {row.level}" if isinstance(row, AppealStage) else ""
            return f"{row.decider_kind}, {benefits_of_row}{level}"
        case Annex():
            matter = f", {row.matter}" if row.matter else ""
            return f"{' '.join(row.benefits)}, {row.code}{matter}"
        case Form():
            return f"{' '.join(row.benefits)}, {row.number}"
        case Window():
            return " ".join(row.bodies)
        case NoticePresumption():
            return f"{' '.join(row.senders)}, {row.channel}{_until(row)}"
        case _:
            return ", ".join(row.keys[0])


def _until(row: Row) -> str:
    return f", to {row.valid_to.isoformat()}" if row.valid_to else ""


def _figure(row: Row) -> str:
    if row.disputed:
        return "disputed"
    if isinstance(row, Annex | Form):
        return _of_annex(row)
    if isinstance(row, Forwarding):
        return f"{row.usual_days} days, at most {row.longest_days}"
    if isinstance(row, ConsentRule):
        return "names the receiver" if row.must_name else ""
    number = next((name for name in FIGURES if hasattr(row, name)), None)
    return f"{getattr(row, number)} {'days' if 'days' in number else number}" if number else ""


def _of_annex(row: Annex | Form) -> str:
    if isinstance(row, Form):
        return row.what_for.en if row.what_for else ""
    age = [f"at most {row.months} months old"] if row.months else []
    return ", ".join([row.names.en, str(row.need), *age])
