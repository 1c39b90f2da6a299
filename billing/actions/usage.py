"""Closing a month: counting what each municipality used, once and for all, and making the drafts of its invoices."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from billing import usual
from billing.actions import drafts
from billing.actions.runs import Run, run_over
from billing.models import Contract, ContractMonth, Usage, UsageEvidence
from billing.months import first_day, last_day, month_after
from billing.queries import usual_month
from casework.services import usage as casework_usage
from casework.services.usage import CaseRow, ServiceRow
from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.display import day, euros, helsinki
from tenants.display import month as printed_month
from tenants.errors import Refusal
from tenants.models import Municipality
from tenants.scope import in_municipality

YEAR = timedelta(days=366)


class MonthNotOver(Refusal):
    user_message = _("%(month)s is not over. It can be closed from %(day)s on.")


class MonthClosed(Refusal):
    user_message = _("%(month)s is closed already.")


class NoContracts(Refusal):
    user_message = _("No contract that was valid in %(month)s is recorded.")


class TotalsAbsurd(Refusal):
    """Confirm after looking: the command with --confirm, the page with its tick box."""

    user_message = _("%(name)s: %(total)s, usually %(usual)s. This was not closed. If the total is right, confirm it.")
    field = "is_confirmed"


class NotClosed(Refusal):
    user_message = _("%(name)s: %(reason)s")


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One piece of evidence before it is written; `entry_id` and `case_number` are empty for the month itself."""

    kind: Usage.Kind
    on: date
    product: str = ""
    entry_id: uuid.UUID | None = None
    case_number: str = ""
    minutes: int = 0


@transaction.atomic
def close_month(month: date, *, at: datetime, by: User | None = None, is_confirmed: bool = False) -> Run[ContractMonth]:
    """Count the use of a month under every contract, late entries of closed months included, and draft the invoices.

    A contract that cannot be closed is left, and the others are not kept waiting; it is closed by another call, as one
    that was made after its month was closed.

    Raises:
        MonthNotOver: the month has days to come.
        MonthClosed: it was closed before.
        NoContracts: no contract was valid in it.
        TotalsAbsurd: the only total is far from the contract's usual month, and nobody has confirmed it.
        NotClosed: the only price list cannot be applied.
        NothingDone: no contract could be closed.
    """
    month = first_day(month)
    _check_over(month, helsinki(at))
    contracts = [*_open_contracts(month), *_ended_contracts(month)]

    def close(contract: Contract) -> ContractMonth | None:
        return _close(contract, month, at, by, is_confirmed=is_confirmed)

    run = run_over([(contract.municipality, contract) for contract in contracts], close)
    if by is not None:
        access_log.record(by=by, action="month.closed", subjects=[Subject("month", f"{month:%Y-%m}")])
    return run


def _check_over(month: date, today: date) -> None:
    opens = month_after(month)
    if today < opens:
        raise MonthNotOver(month=capfirst(printed_month(month)), day=day(opens))


def _open_contracts(month: date) -> list[Contract]:
    """The contracts of the month that are not closed, locked: of two closes at once the second waits and finds none."""
    valid = Contract.objects.filter(valid_from__lte=last_day(month)).filter(Q(valid_to=None) | Q(valid_to__gte=month))
    contracts = list(valid.select_for_update(of=("self",)).select_related("municipality").order_by("pk"))
    if not contracts:
        raise NoContracts(month=printed_month(month))
    closed = set(ContractMonth.objects.filter(month=month).values_list("contract_id", flat=True))
    left = [contract for contract in contracts if contract.pk not in closed]
    if not left:
        raise MonthClosed(month=capfirst(printed_month(month)))
    return left


def _ended_contracts(month: date) -> list[Contract]:
    """Contracts that ended in the year before: what was logged late for them is billed to them."""
    ended = Contract.objects.filter(valid_to__lt=month, valid_to__gte=month - YEAR, months__isnull=False)
    ended = ended.exclude(months__month=month)
    locked = Contract.objects.filter(pk__in=ended.values("pk")).select_for_update(of=("self",))
    return list(locked.select_related("municipality").order_by("pk"))


def _close(
    contract: Contract, month: date, at: datetime, by: User | None, *, is_confirmed: bool
) -> ContractMonth | None:
    """Count and draft; None when the contract had ended and nothing came late."""
    earlier = ContractMonth.objects.filter(contract=contract, month__lt=month).values_list("month", flat=True)
    counted = _count(contract, month, sorted(earlier))
    if not counted and not contract.touches(month):
        return None
    closed = ContractMonth.objects.create(contract=contract, month=month, closed_at=at, closed_by=by)
    _write(closed, counted)
    try:
        drafts.make(closed=closed)
    except Refusal as refusal:
        raise NotClosed(name=contract.municipality.name, reason=refusal.user_message) from refusal
    if not is_confirmed:
        _check_total(closed)
    return closed


def _count(contract: Contract, month: date, earlier: list[date]) -> list[Counted]:
    """Read the municipality once, and tell the month's own use from what came late."""
    first_on = min([month, *earlier])
    known = UsageEvidence.objects.filter(municipality=contract.municipality_id)
    known_cases = set(known.filter(entry_id=None).values_list("case_number", flat=True))
    with in_municipality(contract.municipality):
        services = casework_usage.services(first_on=first_on, last_on=last_day(month))
        cases = casework_usage.cases(first_on=first_on, last_on=last_day(month))
    # by its key, not by its day: an entry whose day was corrected was billed all the same
    asked = [row.id for row in services]
    known_entries = set(known.filter(entry_id__in=asked).values_list("entry_id", flat=True))
    months = {*earlier, month}
    counted = _services(contract, (row for row in services if row.id not in known_entries), months)
    if contract.touches(month) and _has_its_end(contract, month):
        counted += [Counted(kind=Usage.Kind.MONTH, on=_last_covered(contract, month))]
        counted += _client_months(contract, cases, [month])
    late = [row for row in cases if row.number not in known_cases and row.opened_on >= contract.valid_from]
    return counted + _client_months(contract, late, [each for each in earlier if _has_its_end(contract, each)])


def _services(contract: Contract, rows: Iterable[ServiceRow], months: set[date]) -> list[Counted]:
    return [
        Counted(
            kind=Usage.Kind.SERVICE,
            on=row.on,
            product=row.product,
            entry_id=row.id,
            case_number=row.case_number,
            minutes=row.minutes,
        )
        for row in rows
        if row.is_billable and contract.covers(row.on) and first_day(row.on) in months
    ]


def _client_months(contract: Contract, cases: Iterable[CaseRow], months: Iterable[date]) -> list[Counted]:
    """One for every case and month in which it was open on a day of the contract."""
    return [
        Counted(kind=Usage.Kind.CLIENT_MONTH, on=_last_covered(contract, month), case_number=case.number)
        for month in months
        for case in cases
        if case.is_active(max(month, contract.valid_from), _last_covered(contract, month))
    ]


def _has_its_end(contract: Contract, month: date) -> bool:
    """When one contract follows another within a month, the later one has the month's fee and its client-months."""
    return not Contract.objects.filter(
        municipality=contract.municipality_id, valid_from__gt=contract.valid_from, valid_from__lte=last_day(month)
    ).exists()


def _last_covered(contract: Contract, month: date) -> date:
    return min(last_day(month), contract.valid_to or date.max)


def _write(closed: ContractMonth, counted: Iterable[Counted]) -> None:
    groups: dict[tuple[Usage.Kind, str, date], list[Counted]] = defaultdict(list)
    for one in counted:
        groups[one.kind, one.product, first_day(one.on)].append(one)
    usages = {
        key: Usage(
            closed=closed,
            kind=key[0],
            product=key[1],
            performed_in=key[2],
            quantity=len(group),
            minutes=sum(one.minutes for one in group),
        )
        for key, group in groups.items()
    }
    Usage.objects.bulk_create(usages.values())
    municipality = closed.contract.municipality
    UsageEvidence.objects.bulk_create(
        _evidence(usages[key], municipality, one) for key, group in groups.items() for one in group
    )


def _evidence(usage: Usage, municipality: Municipality, one: Counted) -> UsageEvidence:
    return UsageEvidence(
        usage=usage,
        municipality=municipality,
        entry_id=one.entry_id,
        case_number=one.case_number,
        on=one.on,
        minutes=one.minutes,
    )


def _check_total(closed: ContractMonth) -> None:
    """Doubt a total that is far from the usual one."""
    total = sum((invoice.net for invoice in closed.invoices.all()), Decimal(0))
    expected = usual_month(closed.contract, before=closed.month)
    if expected is not None and usual.is_absurd(total, expected):
        raise TotalsAbsurd(name=closed.contract.municipality.name, total=euros(total), usual=euros(expected))
