"""What representatives ask for: before their paper ends, somebody asks whether it goes on."""

from datetime import date
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework.law.practice import Measure, length
from casework.models import Case, Representation
from casework.timeline.ledger import AsTask, ForWhom, Occasion, Source
from tenants.display import day


def _ending(on: date) -> QuerySet[Representation]:
    """Those whose paper ends soon, of clients with an open case."""
    soon = _acting().filter(valid_until__range=(on, on + length(Measure.REPRESENTATION_ENDS, on)))
    return soon.filter(client__in=Case.objects.filter(closed_on=None).values("client"))


def _acting() -> QuerySet[Representation]:
    """Those whose task nobody ended. It ends with the client's death, whichever of their cases says it."""
    return Representation.objects.filter(ended_on=None).exclude(client__cases__outcome=Case.Outcome.DIED)


def _ends(representation: Representation, on: date) -> Occasion | None:
    until = representation.valid_until
    if until is None:
        return None
    standing = _acting().filter(pk=representation.pk, valid_until=until)
    return Occasion(
        cause=f"representation:{representation.pk}:{until.isoformat()}",
        case=Case.objects.select_related("coordinator").get(client=representation.client_id, closed_on=None),
        about=representation.pk,
        due_on=until,
        for_whom=ForWhom.COORDINATOR,
        channels=(AsTask(title=partial(_title, representation, until)),),
        is_still=standing.exists,
    )


def _title(representation: Representation, until: date) -> str:
    words = {"kind": representation.get_kind_display(), "day": day(until)}
    return _("%(kind)s: the paper ends %(day)s. Ask whether it goes on, and for the new paper.") % words


SOURCES = (Source(name="representation", rows=_ending, about=lambda representation: representation.pk, occasion=_ends),)
