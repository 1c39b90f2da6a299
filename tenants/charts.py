"""Charts drawn by the server as SVG: colours from classes of app.css, so dark mode and print follow. Pure.

No inline style and no script (content policy). The page always gives the numbers as a table as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 176, 52
SIDE, TOP = 8, 7  # room for the dots at the edges
AXIS, LANE, FOOT = 46, 48, 22  # heights in pixels: years and months above the lanes, a lane, the name of today
UPPER_BAR, LOWER_BAR = (21, 11), (34, 9)  # from the top of a lane, and how high


def trend_line(
    chart_id: str,
    *,
    title: str,
    description: str,
    points: Sequence[tuple[date, int]],
    highest: int,
    since: date,
    until: date,
) -> SafeString:
    """Draw how one score from 0 to `highest` moved between two days; charts of the same days can be compared.

    `points` are in the order of time. `title` names the chart and `description` reads its numbers to who sees none.
    """
    places = [(_x(on, since, until), _y(score, highest)) for on, score in points]
    lines = format_html_join(
        "",
        '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        ((("gridline" if step else "axis"), 0, WIDTH, _y(step, highest), _y(step, highest)) for step in (0, highest)),
    )
    path = " ".join(f"{x},{y}" for x, y in places)
    line = format_html('<polyline class="trace" points="{}"/>', path) if len(places) > 1 else SafeString("")
    dots = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="{}"/>',
        (("dot now" if place == places[-1] else "dot", *place, 4.5 if place == places[-1] else 3) for place in places),
    )
    return format_html(
        '<svg class="trend" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}{}</svg>',
        *(WIDTH, HEIGHT, chart_id, chart_id, chart_id, title, chart_id, description, lines, line, dots),
    )


def _x(on: date, since: date, until: date) -> float:
    """Days go from left to right; when all is one day, it is today's end of the line."""
    whole = (until - since).days
    part = (on - since).days / whole if whole else 1.0
    return round(SIDE + (WIDTH - 2 * SIDE) * part, 1)


def _y(score: int, highest: int) -> float:
    return round(HEIGHT - TOP - (HEIGHT - 2 * TOP) * score / highest, 1)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A time in a lane; `kind` is its class in app.css. An end that is not known is drawn where it is known last."""

    kind: str
    since: date
    until: date
    is_upper: bool = True
    is_since_known: bool = True
    is_until_known: bool = True


@dataclass(frozen=True, kw_only=True)
class Lane:
    """What goes on side by side under one name; `marks` are single days."""

    label: str
    bars: Sequence[Bar]
    marks: Sequence[date] = field(default=())


def time_lanes(
    chart_id: str,
    *,
    title: str,
    description: str,
    lanes: Sequence[Lane],
    since: date,
    until: date,
    today: date,
    today_label: str,
) -> SafeString:
    """Draw lanes over whole months from `since` to `until`, as wide as there is room, with text of its real size.

    `title` names the chart and `description` reads its bars to who sees none.
    """
    scale = _Scale(since, until)
    height = AXIS + LANE * len(lanes) + FOOT
    drawn = _together(_lane(chart_id, lane, AXIS + LANE * row, scale) for row, lane in enumerate(lanes))
    return format_html(
        '<svg width="100%" height="{}" role="img" aria-labelledby="{}-t {}-d"><title id="{}-t">{}</title>'
        '<desc id="{}-d">{}</desc>{}{}{}{}</svg>',
        *(height, chart_id, chart_id, chart_id, title, chart_id, description),
        _hatch(chart_id),
        _months(scale, height),
        drawn,
        _now(today, today_label, scale, height),
    )


@dataclass(frozen=True)
class _Scale:
    """Where days lie, in percent of the width."""

    since: date
    until: date

    def at(self, on: date) -> str:
        whole = (self.until - self.since).days + 1
        part = (min(max(on, self.since), self.until + timedelta(days=1)) - self.since).days / whole
        return f"{round(100 * part, 2):g}%"

    def between(self, first: date, last: date) -> str:
        """How wide the days from `first` to `last` are, both included; one day can still be seen."""
        begins, ends = (float(self.at(on)[:-1]) for on in (first, last + timedelta(days=1)))
        return f"{round(max(ends - begins, 0.4), 2):g}%"

    def has(self, on: date) -> bool:
        return self.since <= on <= self.until


def _together(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _hatch(chart_id: str) -> SafeString:
    return format_html(
        '<defs><pattern id="{}-hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><line class="hatch" x1="0" x2="0" y1="0" y2="7"/></pattern></defs>',
        chart_id,
    )


def _months(scale: _Scale, height: int) -> SafeString:
    drawn = [
        format_html(
            '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/><text x="{}" y="40" dx="4">{}</text>',
            *("axis" if on.month == 1 else "gridline", scale.at(on), scale.at(on), 28, height - FOOT),
            *(scale.at(on), on.month),
        )
        for on in _firsts(scale)
    ]
    years = [
        format_html('<text class="year" x="{}" y="18" dx="4">{}</text>', scale.at(on), on.year)
        for on in _firsts(scale)
        if on.month == 1 or (on == scale.since and on.month < 11)
    ]
    return _together([*drawn, *years])


def _firsts(scale: _Scale) -> Iterator[date]:
    on = scale.since
    while on <= scale.until:
        yield on
        on = (on + timedelta(days=31)).replace(day=1)


def _lane(chart_id: str, lane: Lane, top: int, scale: _Scale) -> SafeString:
    name = format_html('<text class="total" x="0" y="{}" dx="2">{}</text>', top + 15, lane.label)
    bars = [_bar(chart_id, bar, top, scale) for bar in lane.bars]
    lower, high = LOWER_BAR
    marks = [
        format_html('<circle class="mark" cx="{}" cy="{}" r="5"/>', scale.at(on), top + lower + high // 2)
        for on in lane.marks
        if scale.has(on)
    ]
    return _together([name, *bars, *marks])


def _bar(chart_id: str, bar: Bar, top: int, scale: _Scale) -> SafeString:
    down, high = UPPER_BAR if bar.is_upper else LOWER_BAR
    hatched = format_html(' fill="url(#{}-hatch)"', chart_id) if bar.kind == "waiting" else SafeString("")
    rect = format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="3"{}/>',
        *(bar.kind, scale.at(bar.since), top + down, scale.between(bar.since, bar.until), high, hatched),
    )
    unknown = '<text class="total" x="{}" y="{}" dx="{}">?</text>'
    middle = top + down + high // 2 + 5
    before = SafeString("") if bar.is_since_known else format_html(unknown, scale.at(bar.since), middle, -10)
    after = (
        SafeString("")
        if bar.is_until_known
        else format_html(unknown, scale.at(bar.until + timedelta(days=1)), middle, 3)
    )
    return _together([rect, before, after])


def _now(today: date, label: str, scale: _Scale, height: int) -> SafeString:
    return format_html(
        '<line class="today" x1="{}" x2="{}" y1="28" y2="{}"/><text class="total" x="{}" y="{}" dx="4">{}</text>',
        *(scale.at(today), scale.at(today), height - 4, scale.at(today), height - 6, label),
    )
