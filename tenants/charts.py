"""Charts drawn by the server as SVG: colours from classes of app.css, so dark mode and print follow. Pure.

No inline style and no script (content policy). The page always gives the numbers as a table as well.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 176, 52
SIDE, TOP = 8, 7  # room for the dots at the edges


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
