"""Logging what was done for a client: the evidence behind billing."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.law import products
from casework.law.errors import check_day
from casework.models import Case, ServiceEntry
from casework.models.service_entry import LONGEST
from casework.timeline import writing as timeline
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal


class BeforeTheCase(Refusal):
    user_message = _("The case was opened after this day.")
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
        BeforeTheCase, InTheFuture, NotADaysWork
        UnknownProduct: no service has this code.
    """
    case = case.locked("client")
    check_day(on, born_on=case.client.born_on, today=helsinki(at), field="on")
    if on < case.opened_on:
        raise BeforeTheCase
    if not 1 <= minutes <= LONGEST:
        raise NotADaysWork
    code = products.product(product).code
    entry = ServiceEntry.objects.create(
        case=case, on=on, product=code, minutes=minutes, what=what, is_billable=is_billable, by=by
    )
    facts: dict[str, str | int] = {"product": code, "minutes": minutes}
    timeline.add(case=case, kind="service.logged", by=by, at=at, on=on, about=entry, facts=facts)
    return entry
