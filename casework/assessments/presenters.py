"""How assessments are shown: each domain as it is now and how it moved, lists, and what may be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from casework.assessments.queries import may_change
from casework.law.domains import DOMAINS, HIGHEST, Domain, Level, domain, level
from casework.law.instruments import Instrument, instrument
from casework.models import Assessment, DomainScore, InstrumentResult
from tenants.accounts.models import User
from tenants.charts import trend_line
from tenants.display import day

MOST_POINTS = 12  # of one line; older scores are in the assessments themselves


@dataclass(frozen=True)
class TrendRow:
    """A domain as it is now, in words, and the picture of how it moved."""

    domain: Domain
    level: Level
    score: DomainScore
    change: str
    chart: SafeString
    scores: list["ScoreRow"]


@dataclass(frozen=True)
class ScoreRow:
    """One score with its domain, its meaning and the assessment it is from."""

    domain: Domain
    level: Level
    note: str
    assessment: Assessment


@dataclass(frozen=True)
class ResultRow:
    """A result of an instrument; `can_change` for who reads it."""

    instrument: Instrument
    result: InstrumentResult
    can_change: bool


def trend_rows(scores: Mapping[str, Sequence[DomainScore]]) -> list[TrendRow]:
    """Describe each assessed domain over time; all pictures share the days of the first and the last score."""
    days = [score.assessment.assessed_on for row in scores.values() for score in row[-MOST_POINTS:]]
    if not days:
        return []
    span = {"since": min(days), "until": max(days)}
    return [_trend_row(domain(code), row[-MOST_POINTS:], span) for code, row in scores.items()]


def score_rows(assessment: Assessment) -> list[ScoreRow]:
    """The scores of one assessment in the order of domains."""
    by_domain = {score.domain: score for score in assessment.scores.all()}
    return [_score_row(by_domain[one.code], assessment) for one in DOMAINS if one.code in by_domain]


def result_rows(results: Sequence[InstrumentResult], *, user: User) -> list[ResultRow]:
    """Describe results of instruments for a person."""
    return [ResultRow(instrument(one.instrument), one, may_change(user, one)) for one in results]


def _trend_row(of: Domain, scores: Sequence[DomainScore], span: Mapping[str, date]) -> TrendRow:
    now = scores[-1]
    numbers = ", ".join(f"{day(score.assessment.assessed_on)}: {score.score}" for score in scores)
    chart = trend_line(
        f"trend-{of.code}",
        title=_("%(domain)s, 0–%(highest)d") % {"domain": of.name, "highest": HIGHEST},
        description=numbers,
        points=[(score.assessment.assessed_on, score.score) for score in scores],
        highest=HIGHEST,
        **span,
    )
    rows = [_score_row(score, score.assessment) for score in scores]
    return TrendRow(of, level(now.score), now, _change(scores), chart, rows)


def _score_row(score: DomainScore, assessment: Assessment) -> ScoreRow:
    return ScoreRow(domain(score.domain), level(score.score), score.note, assessment)


def _change(scores: Sequence[DomainScore]) -> str:
    """Compare the newest score with the one before; empty when there is none."""
    if len(scores) < 2:
        return ""
    before, now = scores[-2:]
    known = {"score": before.score, "day": day(before.assessment.assessed_on)}
    if now.score == before.score:
        return _("as on %(day)s") % known
    return (_("up from %(score)d, %(day)s") if now.score > before.score else _("down from %(score)d, %(day)s")) % known
