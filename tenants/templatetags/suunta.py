"""Filters and components of every page, a builtin: no load tag is needed. components/README.md shows the calls."""

from collections.abc import Callable
from typing import Any

from django import template
from django.utils.html import format_html

from tenants import display, phones
from tenants.templatetags import actions, frames, rows

register = template.Library()


def phone_link(number: str) -> str:
    """Write a telephone number as a link that dials it; what is none (from before it was asked for) as text."""
    if not phones.is_number(number):
        return number
    return format_html('<a class="link" href="tel:{}">{}</a>', phones.dialled(number), number)


def phone_text(number: str) -> str:
    """Write the telephone number of somebody who is not to be called as text."""
    return number


FILTERS: dict[str, Callable[[Any], str]] = {
    "counted": display.counted,
    "day": display.day,
    "since": display.since,
    "weekday_day": display.weekday_day,
    "clock": display.clock,
    "moment": display.moment,
    "near": display.near,
    "month": display.month,
    "euros": display.euros,
    "duration": display.duration,
    "initials": display.initials,
    "citation": display.citation,
    "phone_link": phone_link,
    "phone_text": phone_text,
}


def _empty_stays_empty(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: "" if value is None or value == "" else write(value)


for name, write in FILTERS.items():
    register.filter(name, _empty_stays_empty(write))
register.filter("moments", display.moments)
for part in (frames, actions, rows):
    register.tags.update(part.register.tags)
