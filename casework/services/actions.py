"""Logging what was done for a client: the evidence behind billing. It is corrected at any time, with its history.

Nobody asks here whether a month is closed: billing sees what changed after it counted.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.law import products
from casework.law.errors import check_day
from casework.models import Case, ServiceEntry
from casework.models.service_entry import LONGEST
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.doubts import Doubt, doubt
from tenants.errors import Refusal


class BeforeTheCase(Doubt):
    user_message = _("This day is before the case was opened.")
    field = "on"


class NotADaysWork(Refusal):
    user_message = _("Give the time in minutes, from 1 to 1440.")
    field = "minutes"


@transaction.atomic
def log(
    *, case: Case, on: date, product: str, minutes: int, what: str, is_billable: bool, by: User, at: datetime
) -> ServiceEntry:
    """Log a piece of work; also on a closed case, because what was done before its end is often logged after it.

    Raises:
        BeforeBirth, InTheFuture, NotADaysWork
        UnknownProduct: no service has this code.
    Doubts: BeforeTheCase
    """
    case = case.locked("client")
    code = _checked(case, on=on, product=product, minutes=minutes, today=helsinki(at))
    entry: ServiceEntry = ServiceEntry.objects.create(
        case=case, on=on, product=code, minutes=minutes, what=what, is_billable=is_billable, by=by
    )
    facts: dict[str, str | int] = {"product": code, "minutes": minutes}
    timeline.add(case=case, kind="service.logged", by=by, at=at, on=on, about=entry, facts=facts)
    return entry


@transaction.atomic
def correct(
    *,
    entry: ServiceEntry,
    on: date,
    product: str,
    minutes: int,
    what: str,
    is_billable: bool,
    reason: str,
    version: int,
    by: User,
    at: datetime,
) -> ServiceEntry:
    """Correct a piece of work, also of a closed case or month; what was logged first stays in its history.

    Raises:
        TakenBack, EditedMeanwhile, and what `log` raises.
    """
    case, entry = _locked(entry, version)
    code = _checked(case, on=on, product=product, minutes=minutes, today=helsinki(at))
    values = {"on": on, "product": code, "minutes": minutes, "what": what, "is_billable": is_billable}
    facts: dict[str, str | int] = {"product": code, "minutes": minutes}
    why = Why(reason=reason, by=by, at=at, case=case, kind="service.corrected", facts=facts)
    corrections.correct(entry, values, why)
    return entry


@transaction.atomic
def take_back(*, entry: ServiceEntry, reason: str, version: int, by: User, at: datetime) -> ServiceEntry:
    """Take back a piece of work that was logged by mistake: it counts no more and is not billed.

    Raises:
        TakenBack, EditedMeanwhile
    """
    case, entry = _locked(entry, version)
    facts: dict[str, str | int] = {"product": entry.product, "minutes": entry.minutes}
    corrections.take_back(entry, Why(reason=reason, by=by, at=at, case=case, kind="service.removed", facts=facts))
    return entry


def _locked(entry: ServiceEntry, version: int) -> tuple[Case, ServiceEntry]:
    case = entry.case.locked("client")
    entry = entry.locked()
    corrections.check_standing(entry)
    entry.check_version(version)
    return case, entry


def _checked(case: Case, *, on: date, product: str, minutes: int, today: date) -> str:
    """Check what was typed; answer the code of the product."""
    check_day(on, born_on=case.client.born_on, today=today, field="on")
    if on < case.opened_on:
        doubt(BeforeTheCase())
    if not 1 <= minutes <= LONGEST:
        raise NotADaysWork
    return products.product(product).code
