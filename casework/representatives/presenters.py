"""How the representatives of a client are shown: in what they act, how long, and what nobody knows yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.cases.representing import is_reachable, standing_of, terms_told
from casework.law.representing import Matter, Standing
from casework.models import Representation

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STATES: "dict[Standing, tuple[StrOrPromise, str]]" = {
    Standing.ACTS: (gettext_lazy("In force"), "success"),
    Standing.UNCLEAR: (gettext_lazy("Not all is known"), "warning"),
    Standing.NOT_YET: (gettext_lazy("Not yet"), "neutral"),
    Standing.OVER: (gettext_lazy("Ended"), "neutral"),
}


@dataclass(frozen=True)
class RepresentationRow:
    """One representative of the panel."""

    representation: Representation
    note: str
    state: "StrOrPromise"
    tone: str
    warning: str
    is_over: bool


def representation_rows(found: Iterable[Representation], *, is_dead: bool, today: date) -> Iterator[RepresentationRow]:
    """Describe everybody who acts or has acted for a client, who may have died."""
    for representation in found:
        standing = Standing.OVER if is_dead else standing_of(representation, matter=Matter.BENEFIT, on=today).standing
        state, tone = STATES[standing]
        yield RepresentationRow(
            representation=representation,
            note=terms_told(representation),
            state=state,
            tone=tone,
            warning=_warning(representation, is_dead=is_dead),
            is_over=standing is Standing.OVER,
        )


def _warning(representation: Representation, *, is_dead: bool) -> str:
    if is_dead:
        return _("The task ended when the client died.")
    if not is_reachable(representation.person):
        return _("Not to be contacted: not offered as the one who signs or receives.")
    return "" if representation.document_id else _("The paper is not among the documents.")
