"""Loads the whole demo: each municipality in one transaction, so that it is there whole or not at all; then billing."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction

from casework.models import Application, Case, Decision, Document, Referral, ServiceEntry
from casework.reminders.sweep import sweep
from deploy.demo import clients, invoicing, people
from deploy.demo.days import Days
from deploy.demo.municipalities import KAAVI, RAUTAVAARA, TUUSNIEMI, VARKAUS, Place
from tenants.scope import in_console, in_municipality

# How many clients and new referrals a municipality has, and where in the deck of stories it begins.
SIZES: tuple[tuple[Place, int, int, int], ...] = (
    (VARKAUS, 80, 5, 0),
    (KAAVI, 20, 3, 71),
    (TUUSNIEMI, 13, 2, 20),
    (RAUTAVAARA, 9, 1, 45),
)


def load(*, today: date, at_most: int | None = None) -> Iterator[str]:
    """Load what is not there yet; yield a line for each part. `at_most` makes municipalities smaller."""
    days = Days(today)
    for place, wanted, waiting, skip in SIZES:
        with in_municipality(place.schema), transaction.atomic():
            if Case.objects.exists():
                yield f"{place.name}: the data is there already"
                continue
            staff = people.bring_in(place.schema, at=days.now)
            clients.fill(
                place, people=staff, days=days, wanted=min(wanted, at_most or wanted), waiting=waiting, skip=skip
            )
            told = sweep(on=today, at=days.now - timedelta(hours=1))
            yield f"{place.name}: {_counts()}, {told} reminders and tasks of rules"
    with in_console(), transaction.atomic():
        yield _load_console(days)


def _load_console(days: Days) -> str:
    staff = people.bring_in("console", at=days.now)
    if invoicing.is_there():
        return "Console: the data is there already"
    issued = invoicing.invoice(by=staff["fiona"], days=days)
    return f"Console: {len(invoicing.CONTRACTS)} contracts, {issued} invoices of {days.invoiced_month:%Y-%m}"


def _counts() -> str:
    counted = (
        (Case, "clients"),
        (Application, "applications"),
        (Decision, "decisions"),
        (ServiceEntry, "service entries"),
        (Document, "documents"),
    )
    parts = [f"{model._default_manager.count()} {name}" for model, name in counted]
    open_referrals = Referral.objects.filter(state__in=Referral.OPEN_STATES).count()
    return ", ".join([*parts, f"{open_referrals} new referrals"])
