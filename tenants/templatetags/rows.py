"""Components that show the content of a panel: deadlines, steps, due bar, waiting bar, timeline, facts, tables."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tenants import display, drawing
from tenants.components import Text, draw

register = template.Library()


@register.simple_block_tag
def deadline(
    content: SafeString,
    title: Text,
    *,
    on: date | None,
    today: date,
    url: str = "",
    subject: Text = "",
    subject_url: str = "",
    note: Text = "",
    tone: str | None = None,
) -> SafeString:
    """Draw a row of a `<ul class="rows">`: when, how far, what, about whom, and its button as the content.

    Without a day it is a row about a day that nobody knows.
    """
    if on is None:
        when, distance, urgency = "?", _("day not known"), "warning"
    else:
        when, distance = display.weekday_day(on), display.distance(on, today=today)
        urgency = display.urgency(on, today=today)
    values: dict[str, Any] = {"url": url, "subject": subject, "subject_url": subject_url, "note": note}
    shown_tone = urgency if tone is None else tone
    return drawing.deadline(content, title, when=when, distance=distance, tone=shown_tone, **values)


@register.simple_tag
def steps(steps: Iterable[Any], label: Text) -> SafeString:
    """Draw the stations of a process: `tenants.components.Step`, or anything with label, note, state and tone."""
    return draw("steps", steps=steps, label=label)


@register.simple_block_tag
def due(content: SafeString, text: Text, *, note: Text = "", tone: str = "", icon: str = "clock") -> SafeString:
    """Draw the bar under an application that says what is awaited by when; its button as the content."""
    return draw("due", content=content, text=text, note=note, tone=tone, icon=icon)


@register.simple_tag
def waitbar(waited: int, usual: int, *, scale: int = 180) -> SafeString:
    """Draw how many days something has waited against the usual; the same scale makes the bars of a list comparable."""
    whole = max(scale, waited, usual, 1)
    within = round(100 * min(waited, usual) / whole, 1)
    over = round(100 * max(waited - usual, 0) / whole, 1)
    return draw("waitbar", waited=waited, usual=usual, within=str(within), over=str(over))


@register.simple_tag
def timeline(entries: Iterable[Any]) -> SafeString:
    """Draw events by month in the order given: `tenants.components.TimelineEntry`, or anything with its attributes."""
    months = groupby(entries, key=lambda entry: display.month(entry.at))
    return draw("timeline", months=[(capfirst(name), list(group)) for name, group in months])


@register.simple_block_tag
def facts(content: SafeString) -> SafeString:
    """Frame the few `{% fact %}`s of a subject head, side by side."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_block_tag
def details_list(content: SafeString) -> SafeString:
    """Frame the many `{% fact %}`s of a record, one under the other."""
    return format_html('<dl class="details-list">{}</dl>', content)


@register.simple_tag
def fact(label: Text, value: Any, *, note: Text = "") -> SafeString:
    """Draw one labelled value; an empty value shows as a dash."""
    small = format_html("<small>{}</small>", note) if note else ""
    return format_html("<div><dt>{}</dt><dd>{}{}</dd></div>", label, "–" if value in (None, "") else value, small)


@register.simple_block_tag
def data_table(content: SafeString, *headings: Text | None, caption: Text = "", labelledby: str = "") -> SafeString:
    """Draw a table that turns into stacked rows on a phone; each `{% row %}` has a `{% cell %}` per heading.

    Its name is `labelledby` (the id of a panel) or a `caption`, which only screen readers see. An empty heading is
    a column of actions, None is no column.
    """
    shown = [heading for heading in headings if heading is not None]
    return draw("data_table", content=content, headings=shown, caption=caption, labelledby=labelledby)


@register.simple_block_tag
def row(content: SafeString) -> SafeString:
    """Draw a row of a data table."""
    return format_html('<tr role="row">{}</tr>', content)


@register.simple_block_tag
def cell(
    content: SafeString, *, head: bool = False, wide: bool = False, number: bool = False, label: Text = ""
) -> SafeString:
    """Draw a cell: `head` names its row, `wide` takes a line of its own on a phone, `label` is shown only there."""
    classes = " ".join(name for name, wanted in (("wide", wide), ("num nowrap", number)) if wanted)
    attributes: dict[str, Any] = {"role": "rowheader" if head else "cell", "class": classes or None}
    attributes |= {"scope": "row" if head else None, "data-label": label or None}
    element = SafeString("th" if head else "td")
    return format_html("<{0}{1}>{2}</{0}>", element, flatatt(_present(attributes)), content)


def _present(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None}
