"""The shipped rules: benefits, deciders and appeals, read from `data/*.toml`. Pure.

Every row says from when to when it is valid, where it comes from and how well it is known (`tables` sees to it).
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casework.law.appeal_rows import AppealStage, NoticePresumption, ReExamination
from casework.law.benefit_groups import BenefitGroup
from casework.law.claim_windows import Backpay, ClaimWindow, LateClaim
from casework.law.deadlines import AppealLevel, AppealRule, Channel, DeciderKind
from casework.law.names import Names
from casework.law.origins import Origin
from casework.law.tables import Key, Row, read_rows, row_on
from tenants.errors import Refusal

TABLES = Path(__file__).with_name("data")


class Matter(enum.StrEnum):
    """What an application asks for; a continuation is usually decided sooner."""

    NEW = "new"
    CONTINUATION = "continuation"


class Applicant(enum.StrEnum):
    """Who applies, signs and appeals: the client, or the employer to whom it is paid."""

    CLIENT = "client"
    EMPLOYER = "employer"


@dataclass(frozen=True, kw_only=True)
class NamedRow(Row):
    code: str
    names: Names
    in_sentence: Names | None = None  # where the name of a list will not do: "Another …", a capital, a law in brackets

    @property
    def keys(self) -> tuple[Key, ...]:
        return ((self.code,),)

    @property
    def name(self) -> str:
        """The name in the active language."""
        return str(self.names)

    @property
    def name_in_sentence(self) -> str:
        """The name as a sentence or a letter says it, in the active language."""
        return str(self.in_sentence or self.names)


@dataclass(frozen=True, kw_only=True)
class Decider(NamedRow):
    """Who decides applications."""

    kind: DeciderKind


@dataclass(frozen=True, kw_only=True)
class AppealBody(NamedRow):
    """Who decides an appeal or a request for review; whether it was read that it is free, and that it is final."""

    is_free: bool = False
    is_final: bool = False


@dataclass(frozen=True, kw_only=True)
class OtherSystem(Origin):
    """What the same application asks of the other pension system: one paper, two deciders, two decisions."""

    benefit: str


@dataclass(frozen=True, kw_only=True)
class Benefit(NamedRow):
    """What can be applied for. What goes with an application, and its forms, are `casework.law.annexes`.

    `is_about_health`: whether the check of its decisions asks of each illness; our own practice, no law.
    """

    slug: str
    group: BenefitGroup
    decider_kinds: tuple[DeciderKind, ...]
    applicant: Applicant = Applicant.CLIENT
    is_appealable: bool = True
    is_about_health: bool = True
    claim_windows: tuple[ClaimWindow, ...] = ()
    late_claim: LateClaim | None = None
    backpay: Backpay | None = None
    other_system: OtherSystem | None = None

    @property
    def is_care_referral(self) -> bool:
        """Whether a doctor refers to care instead of somebody applying: it brings no decision, and no appeal."""
        return not self.is_appealable

    @property
    def employer_applies(self) -> bool:
        return self.applicant is Applicant.EMPLOYER


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Everything that is shipped, in the order of the files."""

    benefits: tuple[Benefit, ...]
    deciders: tuple[Decider, ...]
    bodies: tuple[AppealBody, ...]
    notices: tuple[NoticePresumption, ...]
    stages: tuple[AppealStage, ...]
    re_examinations: tuple[ReExamination, ...]


class NoRule(Refusal):
    """No row covers what was asked on that day."""

    user_message = _("Suunta has no rule for %(subject)s on %(day)s.")


class RuleDisputed(NoRule):
    """There is a row, and it is disputed: no day is reckoned by it."""

    user_message = _("%(what)s Look at the instructions in the decision itself.")


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Read the shipped tables, once.

    Raises:
        RuleTableInvalid: a table cannot be trusted.
    """
    appeals = read_rows(
        TABLES / "appeals.toml",
        body=AppealBody,
        notice=NoticePresumption,
        appeal=AppealStage,
        re_examination=ReExamination,
    )
    return Tables(
        benefits=read_rows(TABLES / "benefits.toml", benefit=Benefit)["benefit"],
        deciders=read_rows(TABLES / "deciders.toml", decider=Decider)["decider"],
        bodies=appeals["body"],
        notices=appeals["notice"],
        stages=appeals["appeal"],
        re_examinations=appeals["re_examination"],
    )


def benefits_on(day: date) -> tuple[Benefit, ...]:
    """Answer the benefits that can be applied for on a day, in the order of the table."""
    return tuple(row for row in tables().benefits if row.is_valid_on(day))


def benefit(code: str, on: date) -> Benefit:
    """Find the row of a benefit as it was on a day.

    Raises:
        NoRule: no such benefit on that day.
    """
    return the_row(tables().benefits, (code,), on)


def deciders_on(day: date, kinds: Iterable[DeciderKind] = tuple(DeciderKind)) -> tuple[Decider, ...]:
    """Answer the deciders of a day, of the given kinds only."""
    wanted = set(kinds)
    return tuple(row for row in tables().deciders if row.is_valid_on(day) and row.kind in wanted)


def decider(code: str, on: date) -> Decider:
    """Find a decider as it was on a day.

    Raises:
        NoRule: no such decider on that day.
    """
    return the_row(tables().deciders, (code,), on)


def latest_name(rows: Iterable[NamedRow], code: str) -> str:
    """Name what a code means by its latest row, whether or not it is in force: for a history, which has no day."""
    named = max((row for row in rows if row.code == code), key=lambda row: row.valid_from, default=None)
    return named.name if named else code


def appeal_body(code: str, on: date) -> AppealBody:
    """Find the body that decides an appeal, as it was on a day.

    Raises:
        NoRule: no such body on that day.
    """
    return the_row(tables().bodies, (code,), on)


def appeal_stage(
    decider_kind: DeciderKind, on: date, *, level: AppealLevel = AppealLevel.FIRST, benefit: str = ""
) -> AppealStage:
    """Find the stage of an appeal against a decision made on a day; a benefit's own row comes before the decider's.

    Raises:
        NoRule: there is no appeal, or the rows do not reach back to that day; RuleDisputed: it is not known.
    """
    stage = _stage(decider_kind, on, level, benefit)
    if stage.disputed:
        raise RuleDisputed(what=stage.disputed)
    return stage


def dispute(decider_kind: DeciderKind, on: date, *, level: AppealLevel = AppealLevel.FIRST, benefit: str = "") -> str:
    """Say what is disputed of an appeal in the active language, "" when nothing is."""
    try:
        stage = _stage(decider_kind, on, level, benefit)
    except NoRule:
        return ""
    return str(stage.disputed or "")


def appeal_stages(decider_kind: DeciderKind, on: date, *, benefit: str = "") -> tuple[AppealStage, ...]:
    """Answer the whole way of an appeal in its order: the board or the review, then the courts that there are.

    Raises:
        NoRule: there is no appeal; RuleDisputed: a stage of it is not known.
    """
    levels = [level for level in AppealLevel if has_stage(decider_kind, on, level=level, benefit=benefit)]
    return tuple(
        appeal_stage(decider_kind, on, level=level, benefit=benefit) for level in levels or [AppealLevel.FIRST]
    )


def has_stage(decider_kind: DeciderKind, on: date, *, level: AppealLevel, benefit: str = "") -> bool:
    """Tell whether a row knows of a stage, although what it says may be disputed."""
    try:
        _stage(decider_kind, on, level, benefit)
    except NoRule:
        return False
    return True


def appeal_rule(
    decider_kind: DeciderKind,
    channel: Channel,
    on: date,
    *,
    level: AppealLevel = AppealLevel.FIRST,
    benefit: str = "",
) -> AppealRule:
    """Find the rule by which the appeal against a decision sent on a day is reckoned.

    Raises:
        NoRule: as `appeal_stage`, or no presumption of notice or no number of days is known.
    """
    stage = appeal_stage(decider_kind, on, level=level, benefit=benefit)
    notice = the_row(tables().notices, (stage.sender, channel), on)
    if stage.days is None:
        raise NoRule(subject=_named((decider_kind, benefit)), day=date_format(on, "j.n.Y"))
    return AppealRule(
        decider_kind=decider_kind,
        level=level,
        channel=channel,
        presumption_days=notice.presumption_days,
        presumption_origin=notice,
        appeal_days=stage.days,
        appeal_origin=stage,
        deliver_to=stage.deliver_to,
        body=stage.body,
        is_review=stage.is_review,
    )


def re_examination(decider_kind: DeciderKind, on: date, *, benefit: str) -> ReExamination | None:
    """Find the rule that a decider must examine anew on new evidence; None where none is known."""
    rows = tables().re_examinations
    return row_on(rows, (decider_kind, benefit), on) or row_on(rows, (decider_kind, ""), on)


def the_row[R: Row](rows: Iterable[R], key: Key, on: date) -> R:
    """Find the row about something on a day.

    Raises:
        NoRule: there is none; what it is about is named.
    """
    row = row_on(rows, key, on)
    if row is None:
        raise NoRule(subject=_named(key), day=date_format(on, "j.n.Y"))
    return row


def _stage(decider_kind: DeciderKind, on: date, level: AppealLevel, benefit: str) -> AppealStage:
    rows = tables().stages
    own = any((decider_kind, benefit, level) in row.keys for row in rows)
    return the_row(rows, (decider_kind, benefit if own else "", level), on)


def _named(key: Key) -> str:
    """Name what a key stands for in the active language; codes that have no name are left out when others have one."""
    shipped = tables()
    names = {row.code: row.name for row in (*shipped.bodies, *shipped.deciders, *shipped.benefits)}
    return ", ".join(names[part] for part in key if part in names) or " ".join(part for part in key if part)
