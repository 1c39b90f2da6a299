"""One benefit of a client as the portfolio tells it, and what follows when it ends."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.applications.presenters import card
from casework.cases.terms import Term
from casework.law.benefits import Matter
from casework.law.origins import Origin
from casework.law.portfolio import Span, Standing, Track
from casework.law.workflow import ApplicationState
from casework.models import Application
from casework.portfolio.queries import Known
from tenants.display import day, distance, in_sentence

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class Line:
    """One sentence about a benefit, with what stands behind it in small, and how well a day in it is known."""

    text: str
    note: str = ""
    tone: str = ""
    origin: Origin | None = None
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Action:
    """What can be done about a benefit by who works on the case."""

    label: "StrOrPromise"
    url: str
    icon: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A benefit, its payer and how it stands; `expected_by`: when a decision that is awaited usually comes."""

    title: str
    payer: str
    standing: Standing
    spans: tuple[Span, ...] = ()
    lines: tuple[Line, ...] = ()
    actions: tuple[Action, ...] = ()
    url: str = ""
    expected_by: date | None = None
    is_from_before: bool = False

    @property
    def granted(self) -> Span | None:
        """The time for which it was granted last."""
        granted = [span for span in self.spans if span.track is Track.GRANTED]
        return max(granted, key=lambda span: span.known_on, default=None)


@dataclass(frozen=True, kw_only=True)
class Ending:
    """What ends or has ended lately: the benefit and the payer by their codes, and after which day it is continued.

    `term`: how the decision is continued, where that is known of the benefit (`casework.cases.terms`).
    """

    benefit_code: str
    decider_code: str
    span: Span
    after: date
    of: Application | None = None
    term: Term | None = None


def what_follows(known: Known, ending: Ending) -> tuple[list[Line], list[Action]]:
    """Say of a benefit that ends within half a year, or ended within it, what follows, and offer to begin it.

    Of a client who has died nothing does.
    """
    span, today = ending.span, known.today
    if known.ends is None or span.until is None or not (span.ends_soon(today) or span.ended_lately(today)):
        return [], []
    follower, term = _follower(known, ending), ending.term
    when = distance(span.until.last, today=today)
    if term is not None and term.refused is not None:
        text = _("No continuation is applied for (%(on)s).") % {"on": day(term.refused.said_on)}
        return [Line(text=text, note=when, url=term.decision.get_absolute_url())], []
    if follower is not None:
        state = in_sentence(card(follower, today=today).tag)
        text = _("Application for a continuation: %(state)s.") % {"state": state}
        return [Line(text=text, note=when, url=follower.get_absolute_url())], []
    if term is not None and term.is_covered:
        return [], []
    line = Line(text=_("No application for a continuation is written down here."), note=when, tone="warning")
    return [line], [_begin(known, ending)] if ending.benefit_code else []


def _follower(known: Known, ending: Ending) -> Application | None:
    """What goes on after it: as the decision knows it, else the newest application for the same benefit since then."""
    if ending.term is not None:
        found = ending.term.continuation
        return next((one for one in known.applications if found is not None and one.pk == found.pk), None)
    later = [
        found
        for found in known.applications
        if found.benefit_code == ending.benefit_code
        and found != ending.of
        and found.state != ApplicationState.WITHDRAWN
        and found.ruled_on > ending.after
    ]
    return max(later, key=lambda found: found.ruled_on, default=None)


def _begin(known: Known, ending: Ending) -> Action:
    """Lead to the form of the continuation; of what is not continued so, to that of an application, filled in alike."""
    label, icon = _("Begin the continuation"), "file-plus"
    if ending.term is not None:
        url = reverse("continuation_begin", args=[known.case.number, ending.term.decision.pk])
        return Action(label=label, url=url, icon=icon)
    claim = {"benefit_code": ending.benefit_code, "decider_code": ending.decider_code, "matter": Matter.CONTINUATION}
    url = f"{reverse('application_new', args=[known.case.number])}?{urlencode(claim)}"
    return Action(label=label, url=url, icon=icon)
