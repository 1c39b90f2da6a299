"""What can be done to a client's consents: write one down. Taking it back is in withdrawn_consents."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases.actions import locked_open
from casework.consents.guard import SUBSTITUTES_WRITING
from casework.law import legal_grounds
from casework.law.errors import check_day
from casework.law.origins import written
from casework.models import Case, Consent, Document
from casework.timeline import writing as timeline
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal


class EndsBeforeGiven(Refusal):
    user_message = _("A consent cannot end before the day it was given. Check the days.")
    field = "valid_until"


class WritingNeeded(Refusal):
    user_message = _("For this partner the law asks for a consent in writing (%(source)s). Ask the client for one.")
    field = "way"


class NameNeeded(Refusal):
    user_message = _("Say who exactly: a consent for this partner counts only for the one it names (%(source)s).")
    field = "partner_name"


@dataclass(frozen=True, kw_only=True)
class ConsentDetails:
    """What a person types about a consent."""

    partner: str
    partner_name: str = ""
    purpose: str
    way: str = Consent.Way.WRITTEN
    given_on: date
    valid_until: date | None = None
    document: Document | None = None


@transaction.atomic
def add(*, case: Case, details: ConsentDetails, by: User, at: datetime) -> Consent:
    """Write down a consent of the case's client. The same one twice is one.

    Raises:
        WritingNeeded, NameNeeded: the law asks for more (`casework.law.legal_grounds`).
        EndsBeforeGiven, BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = locked_open(case)
    check(details, case, today=helsinki(at))
    same = _same(case, details)
    if same is not None:
        return same
    consent: Consent = Consent.objects.create(client=case.client, written_by=by, **values_of(details))
    facts = {"partner": consent.partner, "purpose": consent.purpose}
    timeline.add(case=case, kind="consent.given", by=by, at=at, on=consent.given_on, about=consent, facts=facts)
    return consent


def check(details: ConsentDetails, case: Case, *, today: date) -> None:
    """Refuse what cannot be a consent of the case's client.

    Raises:
        WritingNeeded, NameNeeded, EndsBeforeGiven, BeforeBirth, InTheFuture
    """
    check_day(details.given_on, born_on=case.client.born_on, today=today, field="given_on")
    if details.valid_until is not None and details.valid_until < details.given_on:
        raise EndsBeforeGiven
    rule = legal_grounds.consent_rule(details.partner, details.given_on)
    if rule is None:
        return
    if rule.must_be_written and details.way not in SUBSTITUTES_WRITING:
        raise WritingNeeded(source=written([rule]))
    if rule.must_name and not details.partner_name:
        raise NameNeeded(source=written([rule]))


def values_of(details: ConsentDetails) -> dict[str, Any]:
    """The fields of a consent as they were typed."""
    return {field.name: getattr(details, field.name) for field in fields(details)}


def _same(case: Case, details: ConsentDetails) -> Consent | None:
    """Find what was written down a moment ago by the same form; the name is encrypted and compared here."""
    plain = {name: value for name, value in values_of(details).items() if name != "partner_name"}
    consents = Consent.objects.filter(client=case.client, withdrawn_on=None, **plain)
    return next((consent for consent in consents if consent.partner_name == details.partner_name), None)
