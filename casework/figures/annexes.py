"""A municipality's own rows of what goes with an application: reading them with the shipped ones, putting one."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from casework.law import annexes
from casework.law.annexes import Annex
from casework.law.benefits import Benefit, benefits_on
from casework.law.errors import InTheFuture
from casework.models import OwnAnnex
from casework.models.own_annex import forget_own_annexes
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.display import helsinki


@dataclass(frozen=True, kw_only=True)
class OwnAnnexDetails:
    """What a person types of a row. `is_withdrawn`: what comes with Suunta is used again, or nothing is."""

    name: str
    kind: str = ""
    giver: str = ""
    months: int | None = None
    need: str
    when: str = ""
    form: str = ""
    is_withdrawn: bool = False
    source: str
    checked_on: date


@transaction.atomic
def put_annex(*, benefit: Benefit, code: str, details: OwnAnnexDetails, by: User, at: datetime) -> OwnAnnex:
    """Put a municipality's own row in place of another, or beside the others when it has no `code` yet.

    Every row stays as the history.

    Raises:
        InTheFuture: nobody has checked it yet on a day to come.
    """
    if not by.has(Permission.CORRECT_FIGURES):
        raise PermissionDenied
    if details.checked_on > helsinki(at):
        raise InTheFuture(field="checked_on")
    code = code or f"own-{uuid.uuid4().hex[:12]}"
    own = OwnAnnex.objects.create(benefit_code=benefit.code, code=code, written_by=by, **asdict(details))
    forget_own_annexes()  # for what this transaction reads yet; whoever reads beside it reads the old ones
    transaction.on_commit(forget_own_annexes)
    return own


def listed(on: date) -> list[tuple[Benefit, tuple[Annex, ...]]]:
    """Answer every benefit of a day with its rows, also those that are not asked for here."""
    own = OwnAnnex.objects.in_use()
    return [(benefit, annexes.known_of(benefit.code, on, own=own)) for benefit in benefits_on(on)]


def benefit_or_404(code: str, *, on: date) -> Benefit:
    """Find a benefit of a day.

    Raises:
        Http404
    """
    found = next((benefit for benefit in benefits_on(on) if benefit.code == code), None)
    if found is None:
        raise Http404
    return found


def annex_or_404(benefit: Benefit, code: str, *, on: date) -> Annex:
    """Find a row that a municipality may correct, as it is in use.

    Raises:
        Http404: there is none of that code, or it was read in a statute.
    """
    rows = annexes.known_of(benefit.code, on, own=OwnAnnex.objects.in_use())
    found = next((row for row in rows if row.code == code and row.is_correctable), None)
    if found is None:
        raise Http404
    return found


def history_of(benefit: Benefit, code: str) -> QuerySet[OwnAnnex]:
    """What was put in place of a row, the newest first."""
    rows = OwnAnnex.objects.filter(benefit_code=benefit.code, code=code)
    return rows.select_related("written_by").order_by("-created_at")
