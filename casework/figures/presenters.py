"""How figures are named and grouped on their pages."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.law import benefits as rules
from casework.law.benefits import Matter
from casework.law.deadlines import DeciderKind
from casework.law.figures import Figure, Group, Unit
from casework.law.retention import Kept
from casework.law.silence import Occasion
from casework.models import StatementRequest

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PANELS: "tuple[tuple[StrOrPromise, tuple[Group, ...]], ...]" = (
    (gettext_lazy("How long a decision usually takes"), (Group.USUAL,)),
    (gettext_lazy("When the answer to a statement request is expected"), (Group.ANSWER,)),
    (gettext_lazy("When a client counts as left in silence"), (Group.SILENCE, Group.AGREED)),
    (gettext_lazy("How long data are kept"), (Group.RETENTION,)),
    (gettext_lazy("Forms of a benefit"), (Group.FORMS,)),
    (gettext_lazy("Within what time a benefit is claimed"), (Group.WINDOW,)),
)
DECIDERS: "dict[DeciderKind, StrOrPromise]" = {
    DeciderKind.KELA: gettext_lazy("Kela"),
    DeciderKind.PENSION_INSURER: gettext_lazy("pension institution"),
    DeciderKind.UNEMPLOYMENT_FUND: gettext_lazy("unemployment fund"),
    DeciderKind.EMPLOYMENT_AUTHORITY: gettext_lazy("employment authority"),
    DeciderKind.WELLBEING_COUNTY: gettext_lazy("wellbeing services county"),
}
OCCASIONS: "dict[Occasion, StrOrPromise]" = {
    Occasion.USUAL: gettext_lazy("Without contact, usually"),
    Occasion.REJECTION: gettext_lazy("Without contact after a rejection"),
    Occasion.REHABILITATION_GRANTED: gettext_lazy("Without contact after rehabilitation was granted"),
    Occasion.REHABILITATION_ENDED: gettext_lazy("Without contact after rehabilitation ended"),
}
KEPT: "dict[Kept, StrOrPromise]" = {
    Kept.CASE: gettext_lazy("What is recorded in the case"),
    Kept.ACCESS_LOG: gettext_lazy("Access log: who has looked at your data"),
}


@dataclass(frozen=True)
class Row:
    """A figure as lists and its own page show it."""

    figure: Figure
    name: str
    value: str


@dataclass(frozen=True)
class Panel:
    """Figures of one kind."""

    id: str
    title: "StrOrPromise"
    rows: list[Row]


def panels(figures: list[Figure], *, on: date) -> list[Panel]:
    """Group figures by what they are about, each group in the order of the tables."""
    return [
        Panel(groups[0], title, [row(figure, on=on) for figure in figures if figure.group in groups])
        for title, groups in PANELS
    ]


def row(figure: Figure, *, on: date) -> Row:
    """Name a figure and what it is."""
    return Row(figure, capfirst(_name(figure, on)), worded(figure, figure.value))


def worded(figure: Figure, value: str) -> str:
    """Write a value with what it is counted in, "" when it is not known."""
    if figure.unit is Unit.DAYS and value:
        return ngettext("%(days)d day", "%(days)d days", int(value)) % {"days": int(value)}
    if figure.unit is Unit.YEARS and value:
        return ngettext("%(years)d year", "%(years)d years", int(value)) % {"years": int(value)}
    return value


def _name(figure: Figure, on: date) -> str:
    first = figure.about[0]
    match figure.group:
        case Group.USUAL:
            return _usual(*figure.about, on=on)
        case Group.ANSWER:
            return str(StatementRequest.Kind(first).label)
        case Group.SILENCE:
            return str(OCCASIONS[Occasion(first)])
        case Group.AGREED:
            return _("Not on the list with an appointment within")
        case Group.RETENTION:
            return str(KEPT[Kept(first)])
        case _:
            return rules.benefit(first, on).name


def _usual(benefit: str, kind: str, matter: str, *, on: date) -> str:
    name = f"{rules.latest_name(rules.tables().benefits, benefit)}, {DECIDERS[DeciderKind(kind)]}"
    return f"{name}, {_('continuation')}" if matter == Matter.CONTINUATION else name
