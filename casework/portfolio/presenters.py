"""What the page of benefits shows: groups by how they stand, and the picture over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.law.portfolio import Span, Standing
from casework.portfolio.entries import Action, Entry, Line
from casework.portfolio.picture import picture
from tenants.display import day
from tenants.rough_days import RoughDay

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GROUPS: "dict[Standing, StrOrPromise]" = {
    Standing.IN_FORCE: gettext_lazy("In force now"),
    Standing.ENDING: gettext_lazy("In force, ends within six months"),
    Standing.COMING: gettext_lazy("Granted, and not in force yet or not known since when"),
    Standing.WAITING: gettext_lazy("Waiting for a decision"),
    Standing.APPEAL: gettext_lazy("An appeal is possible or under way"),
    Standing.PREPARED: gettext_lazy("In preparation"),
    Standing.CARE: gettext_lazy("Referred to care: no decision comes of it, and no money"),
    Standing.ENDED: gettext_lazy("Ended, or over without a grant"),
}


@dataclass(frozen=True)
class Row:
    """A benefit as the table shows it; `since` and `until` are empty where nothing was granted."""

    title: str
    payer: str
    since: str
    until: str
    lines: Sequence[Line]
    actions: Sequence[Action]
    url: str
    is_from_before: bool


@dataclass(frozen=True)
class Group:
    """The benefits that stand alike."""

    title: "StrOrPromise"
    rows: Sequence[Row]


def page(entries: Sequence[Entry], *, today: date) -> dict[str, Any]:
    """Everything the page shows of a client's benefits."""
    order = list(Standing)
    ordered = sorted(entries, key=lambda entry: (order.index(entry.standing), _end(entry)))
    groups = [
        Group(GROUPS[standing], [_row(entry) for entry in ordered if entry.standing is standing]) for standing in order
    ]
    return {
        "groups": [group for group in groups if group.rows],
        "count": len(entries),
        "picture": picture(ordered, today=today),
    }


def _end(entry: Entry) -> date:
    """What ends first stands first; what has no known end, last."""
    until = entry.granted.until if entry.granted else None
    return until.last if until else date.max


def _row(entry: Entry) -> Row:
    granted = entry.granted
    return Row(
        title=entry.title,
        payer=entry.payer,
        since=_told(granted, granted.since) if granted else "",
        until=_told(granted, granted.until) if granted else "",
        lines=entry.lines,
        actions=entry.actions,
        url=entry.url,
        is_from_before=entry.is_from_before,
    )


def _told(granted: Span, on: RoughDay | None) -> str:
    return day(on) if on else _("not written down")
