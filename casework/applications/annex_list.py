"""The list of what goes with an application, as its page and the page of filing show it: each row with its state."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.applications.annexes import evidence_for
from casework.applications.papers import STATEMENTS, InCase, Paper
from casework.law.annexes import Annex, Giver, Need
from casework.models import AnnexAnswer, Application, Evidence, StatementRequest
from tenants.display import day, in_sentence

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class State(enum.StrEnum):
    """How a row of the list stands. `OPEN`: nothing of it is known here, which is not the same as missing."""

    ATTACHED = "attached"
    NOT_NEEDED = "not_needed"
    IN_CASE = "in_case"
    AWAITED = "awaited"
    OPEN = "open"


GIVERS: "dict[Giver, StrOrPromise]" = {
    Giver.DOCTOR: gettext_lazy("from a doctor"),
    Giver.OCCUPATIONAL_HEALTH: gettext_lazy("from occupational health care"),
    Giver.TREATING_UNIT: gettext_lazy("from the unit that treats the client"),
    Giver.EMPLOYER: gettext_lazy("from the employer"),
    Giver.CLIENT: gettext_lazy("from the client"),
}
WORDS: "dict[State, StrOrPromise]" = {
    State.ATTACHED: gettext_lazy("Attached"),
    State.NOT_NEEDED: gettext_lazy("Not needed"),
    State.IN_CASE: gettext_lazy("In the case"),
    State.AWAITED: gettext_lazy("Awaited"),
}
TONES = {State.ATTACHED: "success", State.IN_CASE: "info", State.AWAITED: "info"}
OPEN_WORDS: "dict[Need, StrOrPromise]" = {
    Need.NEEDED: gettext_lazy("Not yet"),
    Need.WHEN: gettext_lazy("Nobody has said whether it is needed"),
    Need.HELPFUL: gettext_lazy("Helpful, not attached"),
    Need.UNKNOWN: gettext_lazy("Not verified whether it is needed"),
}


@dataclass(frozen=True, kw_only=True)
class Link:
    """What one can do about a row, on another page."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """A row of the list with what there is of it. `paper` is one of the case that one click attaches."""

    annex: Annex
    application: Application
    attached: Evidence | None
    is_old: bool
    answer: AnnexAnswer | None
    paper: Paper | None
    awaited: StatementRequest | None

    @property
    def state(self) -> State:
        if self.attached:
            return State.ATTACHED
        if self.answer:
            return State.NOT_NEEDED
        if self.paper:
            return State.IN_CASE
        return State.AWAITED if self.awaited else State.OPEN

    @property
    def is_open(self) -> bool:
        """Whether somebody may say that it is not needed."""
        return self.state not in (State.ATTACHED, State.NOT_NEEDED)

    @property
    def name(self) -> str:
        return capfirst(self.annex.name)

    @property
    def words(self) -> "StrOrPromise":
        if self.is_old:
            return _("Too old to file with")
        if self.state is State.OPEN and not self.application.is_draft:
            return _("Nothing is recorded here")  # what went before, or from others, nobody here has to know
        return WORDS.get(self.state) or OPEN_WORDS[self.annex.need]

    @property
    def tone(self) -> str:
        is_missing = self.state is State.OPEN and self.annex.is_needed and self.application.is_draft
        if self.is_old or is_missing:
            return "warning"
        return TONES.get(self.state, "neutral")

    @property
    def about(self) -> str:
        """From whom, how old it may be, which form, and when it is needed, in one line."""
        annex = self.annex
        parts = [str(GIVERS[annex.giver])] if annex.giver else []
        parts += [_age(annex.months)] if annex.months else []
        parts += [_("form %(number)s") % {"number": annex.form}] if annex.form else []
        parts += [str(annex.when)] if annex.when else []
        return capfirst(", ".join(parts))

    @property
    def links(self) -> list[Link]:
        """How it is got: the statements that can be asked for, else the form in which a paper is attached."""
        if self.state is not State.OPEN and not self.is_old:
            return []
        kinds = [kind for kind in self.annex.kinds if kind in STATEMENTS]
        return [self._ask(kind) for kind in kinds] or [self._attach()]

    @property
    def short(self) -> str:
        """The row as one sentence of the page of filing."""
        on = self.attached.dated_on if self.attached else None
        words = f"{in_sentence(self.words)}, {day(on)}" if on else in_sentence(self.words)
        return f"{self.name}: {words}"

    def _ask(self, kind: str) -> Link:
        label = _("Ask for: %(statement)s") % {"statement": StatementRequest.Kind(kind).label}
        url = reverse("statement_new", args=[self.application.case.number])
        return Link(label=label, url=f"{url}?application={self.application.pk}&kind={kind}")

    def _attach(self) -> Link:
        url = reverse("application_evidence", args=[self.application.case.number, self.application.pk])
        said = f"kind={self.annex.kinds[0]}" if self.annex.kinds else f"kind=other&annex={self.annex.code}"
        return Link(label=_("Attach it"), url=f"{url}?{said}")


@dataclass(frozen=True, kw_only=True)
class AnnexList:
    """The whole list, and what else of the case could go with the application. Without rows nobody has verified any."""

    items: list[Item]
    others: list[Paper]


def annex_list(application: Application, in_case: InCase, answers: Iterable[AnnexAnswer], *, on: date) -> AnnexList:
    """Compare the list with what is in the case. `on`: the day of filing, or today while it is prepared."""
    offered = in_case.offered_to(application)
    said = {answer.annex: answer for answer in answers}
    items = [_item(annex, application, in_case, offered, said.get(annex.code), on=on) for annex in application.annexes]
    on_list = [annex for annex in application.annexes if annex.kinds]
    others = [paper for paper in offered if not any(annex.is_met_by(paper.kind, paper.annex) for annex in on_list)]
    return AnnexList(items=items, others=others[:5])


def _item(
    annex: Annex,
    application: Application,
    in_case: InCase,
    offered: Sequence[Paper],
    answer: AnnexAnswer | None,
    *,
    on: date,
) -> Item:
    attached = next(iter(evidence_for(annex, in_case.attached_to(application))), None)
    paper = next((one for one in offered if annex.is_met_by(one.kind, one.annex)), None)
    is_newer = paper is not None and attached is not None and bool(attached.dated_on) and paper.age > _age_of(attached)
    return Item(
        annex=annex,
        application=application,
        attached=attached,
        is_old=bool(attached and attached.dated_on and annex.is_old(_age_of(attached), on=on)),
        answer=answer,
        paper=paper if attached is None or is_newer else None,
        awaited=_awaited(annex, application, in_case),
    )


def _age_of(piece: Evidence) -> date:
    return piece.dated_on.last if piece.dated_on else date.min


def _awaited(annex: Annex, application: Application, in_case: InCase) -> StatementRequest | None:
    """The request that is under way, first one for this application."""
    found = [one for one in in_case.requests if one.is_awaited and one.kind in annex.kinds]
    return min(found, key=lambda one: (one.application_id != application.pk, one.due_on), default=None)


def _age(months: int) -> str:
    text = ngettext("at most %(months)s month old when filed", "at most %(months)s months old when filed", months)
    return text % {"months": months}
