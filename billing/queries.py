"""Reading of billing, for its views, commands and actions."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, Model, Prefetch, Q, QuerySet, Sum
from django.http import Http404

from billing import usual
from billing.models import Contract, ContractMonth, Invoice, InvoiceFile, PriceRow, Seller, Usage, UsageEvidence
from billing.months import last_day, month_after, months_between
from casework.services import usage as casework_usage
from tenants.models import Municipality
from tenants.scope import in_municipality

MONTHS_REMEMBERED = 6


@dataclass
class MonthState:
    """A month as the list shows it. `net` is without VAT, drafts included."""

    month: date
    is_over: bool
    contracts: int = 0
    closed: int = 0
    drafts: int = 0
    issued: int = 0
    net: Decimal = Decimal(0)
    gross: Decimal = Decimal(0)

    @property
    def is_closed(self) -> bool:
        return bool(self.contracts) and self.closed >= self.contracts

    @property
    def can_be_closed(self) -> bool:
        return self.is_over and bool(self.contracts) and not self.is_closed


@dataclass
class ContractUse:
    """One contract in a month: its closed month when there is one, its use, its invoices, what is on none of them."""

    contract: Contract
    closed: ContractMonth | None = None
    unpriced: int = 0
    is_without_draft: bool = False
    changed: int | None = None  # services corrected or taken back since closing; None: nobody has looked
    usages: list[Usage] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)

    @property
    def net(self) -> Decimal:
        return sum((invoice.net for invoice in self.invoices), Decimal(0))


def usual_month(contract: Contract, *, before: date) -> Decimal | None:
    """Say what a month of the contract usually costs without VAT, from the months before; None when nobody knows."""
    sums = (
        Invoice.objects.filter(closed__contract=contract, closed__month__lt=before)
        .values("closed__month")
        .annotate(total=Sum("net"))
        .order_by("-closed__month")
        .values_list("total", flat=True)
    )
    return usual.usual(list(sums[:MONTHS_REMEMBERED]), contract.usual_month)


def contracts() -> QuerySet[Contract]:
    found = Contract.objects.select_related("municipality").annotate(
        price_count=Count("prices", filter=Q(prices__removed_at=None))
    )
    return found.order_by("municipality__sort_key", "-valid_from")


def contract_or_404(contract_id: uuid.UUID) -> Contract:
    return _one(Contract.objects.select_related("municipality"), pk=contract_id)


def prices_of(contract: Contract) -> QuerySet[PriceRow]:
    return contract.prices.all()


def price_or_404(price_id: uuid.UUID) -> PriceRow:
    row: PriceRow = _one(PriceRow.objects.select_related("contract__municipality"), pk=price_id)
    return row


def closed_month_or_404(closed_id: uuid.UUID) -> ContractMonth:
    return _one(ContractMonth.objects.select_related("contract__municipality"), pk=closed_id)


def invoice_or_404(invoice_id: uuid.UUID) -> Invoice:
    return _one(_invoices().prefetch_related("lines", _file_names()), pk=invoice_id)


def file_or_404(invoice_id: uuid.UUID, format: str) -> InvoiceFile:
    return _one(InvoiceFile.objects.select_related("invoice"), invoice=invoice_id, format=format)


def file_of(number: str, format: str) -> InvoiceFile | None:
    """Find a file of an issued invoice by the invoice's number."""
    return InvoiceFile.objects.select_related("invoice").filter(invoice__number=number, format=format).first()


def seller() -> Seller | None:
    return Seller.objects.filter(pk=Seller.ONLY).first()


def has_seller() -> bool:
    return Seller.objects.exists()


def invoices(*, year: int | None = None, municipality: str = "") -> QuerySet[Invoice]:
    """Invoices and drafts, newest month first, narrowed to a year of the month billed and a municipality's schema."""
    found = _invoices()
    if year:
        found = found.filter(closed__month__year=year)
    if municipality:
        found = found.filter(closed__contract__municipality__schema_name=municipality)
    return found


def sums_of(found: QuerySet[Invoice]) -> dict[str, Decimal]:
    """Add up what was issued: without VAT, VAT, in all."""
    sums = found.order_by().filter(number__isnull=False).aggregate(net=Sum("net"), vat=Sum("vat"), gross=Sum("gross"))
    return {name: amount or Decimal(0) for name, amount in sums.items()}


def buyers() -> QuerySet[Municipality]:
    """The municipalities that have had a contract."""
    found: QuerySet[Municipality] = Municipality.objects.filter(contracts__isnull=False).distinct()
    return found


def billed_years() -> list[int]:
    return [day.year for day in ContractMonth.objects.dates("month", "year", order="DESC")]


def month_states(*, today: date) -> list[MonthState]:
    """Every month since the first contract, the running one first."""
    contracts = list(Contract.objects.all())
    if not contracts:
        return []
    months = months_between(min(today, *(contract.valid_from for contract in contracts)), today)
    states = {month: MonthState(month, is_over=month_after(month) <= today) for month in reversed(months)}
    _add_contracts(states, contracts)
    _add_sums(states)
    return list(states.values())


def month_state(month: date, *, today: date) -> MonthState:
    """One month.

    Raises:
        Http404: no contract had begun by then, or the month is to come.
    """
    for state in month_states(today=today):
        if state.month == month:
            return state
    raise Http404


def next_to_close(states: Iterable[MonthState]) -> date | None:
    """The month whose turn it is: the first that can be closed after the last that is, else the first of all."""
    states = list(states)
    last_closed = max((state.month for state in states if state.is_closed), default=date.min)
    can_be_closed = sorted(state.month for state in states if state.can_be_closed)
    return next((month for month in can_be_closed if month > last_closed), can_be_closed[0] if can_be_closed else None)


def uses(month: date) -> list[ContractUse]:
    """What every contract of the month used and was billed, and what of it stands on no invoice or draft."""
    closed = ContractMonth.objects.filter(month=month).select_related("contract__municipality")
    by_contract = {
        one.contract_id: ContractUse(
            one.contract,
            one,
            usages=list(one.usages.all()),
            invoices=sorted(one.invoices.all(), key=lambda invoice: invoice.created_at),
        )
        for one in closed.prefetch_related("usages", "invoices", "contract__prices")
    }
    _add_loose(by_contract, month)
    for contract in _valid_in(month):
        by_contract.setdefault(contract.pk, ContractUse(contract))
    return sorted(by_contract.values(), key=lambda use: (use.contract.municipality.sort_key, use.contract.valid_from))


def _add_loose(uses: dict[uuid.UUID, ContractUse], month: date) -> None:
    """Tell evidence that has no price from what a draft would have."""
    prices = {key: [row.price() for row in use.contract.prices.all()] for key, use in uses.items()}
    loose = UsageEvidence.objects.filter(usage__closed__month=month, line=None).select_related("usage__closed")
    for evidence in loose:
        use = uses[evidence.usage.closed.contract_id]
        if evidence.price_in(prices[use.contract.pk]) is not None:
            use.is_without_draft = True
        elif evidence.usage.kind == Usage.Kind.SERVICE:
            use.unpriced += 1


def look_for_changes(uses: Iterable[ContractUse], contract_id: str) -> None:
    """Count what was changed since closing of one contract: each is in a municipality of its own, so one at a time."""
    for use in uses:
        if use.closed is not None and str(use.contract.pk) == contract_id:
            use.changed = _changed_since(use)


def _changed_since(use: ContractUse) -> int:
    """Count the services that were billed as something else than what stands in the municipality now."""
    counted = UsageEvidence.objects.filter(usage__closed=use.closed, entry_id__isnull=False).select_related("usage")
    billed = {one.entry_id: [one.on, one.usage.product, one.minutes] for one in counted if one.entry_id is not None}
    if not billed:
        return 0
    with in_municipality(use.contract.municipality):
        standing = casework_usage.services_by_id(list(billed))
    now = {row.id: [row.on, row.product, row.minutes] for row in standing.values() if row.is_billable}
    return sum(now.get(entry_id) != was for entry_id, was in billed.items())


def _invoices() -> QuerySet[Invoice]:
    return Invoice.objects.select_related("closed__contract__municipality", "issued_by")


def _file_names() -> "Prefetch[str]":
    return Prefetch("files", InvoiceFile.objects.defer("content"))


def _valid_in(month: date) -> QuerySet[Contract]:
    valid = Contract.objects.filter(Q(valid_to=None) | Q(valid_to__gte=month), valid_from__lte=last_day(month))
    return valid.select_related("municipality")


def _add_contracts(states: dict[date, MonthState], contracts: Iterable[Contract]) -> None:
    closed = defaultdict(set)
    for month, contract_id in ContractMonth.objects.values_list("month", "contract_id"):
        closed[month].add(contract_id)
    for contract in contracts:
        for month, state in states.items():
            if contract.touches(month):
                state.contracts += 1
                state.closed += contract.pk in closed[month]


def _add_sums(states: dict[date, MonthState]) -> None:
    by_month = Invoice.objects.order_by().values("closed__month")
    sums = by_month.annotate(
        drafts=Count("pk", filter=Q(number=None)), issued=Count("number"), all_net=Sum("net"), all_gross=Sum("gross")
    )
    for month, drafts, issued, net, gross in sums.values_list(
        "closed__month", "drafts", "issued", "all_net", "all_gross"
    ):
        if (state := states.get(month)) is not None:
            state.drafts, state.issued, state.net, state.gross = drafts, issued, net, gross


def _one[M: Model](found: QuerySet[M], **conditions: object) -> M:
    row = found.filter(**conditions).first()
    if row is None:
        raise Http404
    return row
