"""What a sickness allowance that nobody here applied for asks for when it ends: to register as a jobseeker in time.

Its last day is the one that somebody told, where it is known exactly. Of an allowance with an application here its own
rule asks (`casework.sickness_days`).
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework.cases import known_benefits, terms
from casework.cases.known_benefits import Known
from casework.cases.terms import DAY, PAID_INSTEAD
from casework.law.practice import Measure, length
from casework.law.sickness_days import BENEFITS
from casework.models import Case, OtherBenefit
from casework.timeline.ledger import AsTask, ForWhom, Occasion, Source
from tenants.display import day
from tenants.rough_days import Precision

NAME = "told_allowance"  # begins every cause


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An allowance that ends, in a case of its client."""

    benefit: OtherBenefit
    case: Case
    ends_on: date

    @property
    def register_by(self) -> date:
        """The day after, on which the client is registered as a jobseeker at the latest (B21)."""
        return self.ends_on + DAY

    @property
    def cause(self) -> str:
        return f"{NAME}:{self.benefit.pk}:{self.register_by.isoformat()}"


def _rows(on: date) -> Iterator[Asked]:
    ending = list(_ending().filter(paid_until__gte=terms.read_since(on)))
    cases = Case.objects.filter(closed_on=None, client__in={found.client_id for found in ending})
    for known in known_benefits.read(cases.values_list("pk", flat=True)):
        yield from _asked(known, [found for found in ending if found.client_id == known.case.client_id])


def _of_case(case: Case) -> Iterable[Asked]:
    known = known_benefits.of_case(case) if case.is_open else None
    return _asked(known, list(_ending().filter(client=case.client_id))) if known else ()


def _ending() -> QuerySet[OtherBenefit]:
    found: QuerySet[OtherBenefit] = OtherBenefit.objects.filter(benefit_code__in=BENEFITS, paid_until__isnull=False)
    return found.filter(paid_until_precision=Precision.DAY)


def _asked(known: Known, found: Iterable[OtherBenefit]) -> Iterator[Asked]:
    for benefit in found:
        if benefit.paid_until is None or _is_answered(known, benefit, benefit.paid_until.first):
            continue
        yield Asked(benefit=benefit, case=known.case, ends_on=benefit.paid_until.first)


def _is_answered(known: Known, benefit: OtherBenefit, ends_on: date) -> bool:
    """Whether it is history, goes on by a decision here, something else is paid, or the client is registered."""
    payment = terms.payment(known)
    goes_on = payment is not None and payment.ends_on is not None and payment.ends_on >= ends_on
    just_before = ends_on - length(Measure.JUST_ENDED, ends_on)
    is_registered = any(found.registered_on >= just_before for found in known.registrations)
    is_paid_instead = any(
        found.application.benefit_code in PAID_INSTEAD and terms.reaches_beyond(found, ends_on)
        for found in known.decisions
    )
    return terms.was_history(ends_on, when=benefit.told_on) or goes_on or is_registered or is_paid_instead


def _holding(case: Case) -> Iterator[str]:
    return (row.cause for row in _of_case(case))


def _occasion(row: Asked, _on: date) -> Occasion:
    return Occasion(
        cause=row.cause,
        case=row.case,
        about=row.benefit.pk,
        due_on=row.register_by,
        for_whom=ForWhom.COORDINATOR,
        channels=(AsTask(title=partial(_title, row.register_by)),),
        is_still=lambda: row.cause in _holding(row.case),
    )


def _title(by: date) -> str:
    return _("Registered as a jobseeker by %(day)s: it is not done backwards in time") % {"day": day(by)}


def _about(row: Asked) -> uuid.UUID:
    return row.benefit.pk


TOLD_ALLOWANCES = Source(name=NAME, rows=_rows, about=_about, occasion=_occasion, holding=_holding, is_statutory=True)
SOURCES = (TOLD_ALLOWANCES,)
