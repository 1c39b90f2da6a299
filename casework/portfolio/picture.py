"""The picture of a portfolio: a lane a benefit, twelve months back and twelve ahead, and the same in words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casework.law.portfolio import Span, Track
from casework.portfolio.entries import Entry
from tenants.charts import Bar, Lane, time_lanes
from tenants.display import day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHART_ID = "benefits-over-time"
MONTHS = 12  # shown on each side of the month of today
TRACKS: "dict[Track, StrOrPromise]" = {
    Track.GRANTED: pgettext_lazy("benefit", "granted"),
    Track.WAITING: gettext_lazy("waiting for a decision"),
    Track.TO_APPEAL: gettext_lazy("time to appeal"),
    Track.APPEAL: gettext_lazy("appeal under way"),
}
UPPER = {Track.GRANTED}


def picture(entries: Iterable[Entry], *, today: date) -> SafeString | None:
    """Draw the benefits over time; None when nothing of them lies in the months that are shown."""
    since, until = _month(today, -MONTHS), _month(today, MONTHS + 1) - timedelta(days=1)
    told = [(label, spans, expected) for label, spans, expected in _by_benefit(entries)]
    shown = [
        (label, _visible(spans, since=since, until=until, today=today), expected) for label, spans, expected in told
    ]
    shown = [(label, spans, expected) for label, spans, expected in shown if spans]
    if not shown:
        return None
    lanes = [
        Lane(label=label, bars=[_bar(span, today) for span in spans], marks=expected)
        for label, spans, expected in shown
    ]
    words = "; ".join(f"{label}: {', '.join(map(in_words, spans))}" for label, spans, _expected in shown)
    title = _("Benefits from %(since)s to %(until)s") % {"since": day(since), "until": day(until)}
    return time_lanes(
        CHART_ID,
        title=title,
        description=words,
        lanes=lanes,
        since=since,
        until=until,
        today=today,
        today_label=_("today"),
    )


def in_words(span: Span) -> str:
    """Say a time of one track; what is not known says so."""
    track = str(TRACKS[span.track])
    since = day(span.since) if span.since else _("beginning not written down")
    if span.until is not None:
        return f"{track} {since}–{day(span.until)}"
    end = _("goes on") if span.is_open else _("end not written down")
    return f"{track} {since}–, {end}"


def _by_benefit(entries: Iterable[Entry]) -> Iterator[tuple[str, list[Span], list[date]]]:
    """Put the times of one benefit and payer together, in the order of the page."""
    lanes: dict[str, tuple[list[Span], list[date]]] = {}
    for entry in entries:
        spans, expected = lanes.setdefault(f"{entry.title}, {entry.payer}", ([], []))
        spans += entry.spans
        expected += [entry.expected_by] if entry.expected_by else []
    for label, (spans, expected) in lanes.items():
        yield label, spans, expected


def _visible(spans: Iterable[Span], *, since: date, until: date, today: date) -> Sequence[Span]:
    bars = [(span, _bar(span, today)) for span in spans]
    return [span for span, bar in bars if bar.until >= since and bar.since <= until]


def _bar(span: Span, today: date) -> Bar:
    """What is not known is not drawn: from a day on which it is known to hold, up to today."""
    since = span.since.first if span.since else span.known_on
    until = span.until.last if span.until else max(today, since)
    return Bar(
        kind=span.track,
        is_upper=span.track in UPPER,
        since=min(since, until),
        until=until,
        is_since_known=span.since is not None,
        is_until_known=span.until is not None or span.is_open,
    )


def _month(on: date, months: int) -> date:
    """The first day of a month so many months away."""
    years, month = divmod(on.month - 1 + months, 12)
    return date(on.year + years, month + 1, 1)
