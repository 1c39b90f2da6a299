"""What can be done to a client's consents: write one down. Taking it back is in withdrawn_consents."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases.actions import locked_open
from casework.consents.guard import SUBSTITUTES_WRITING, names
from casework.law import legal_grounds
from casework.law.errors import check_day
from casework.law.origins import written
from casework.models import Case, Consent, Document
from casework.models.consent import Partner, Purpose
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.errors import Refusal


class EndsBeforeGiven(Refusal):
    user_message = _("A consent cannot end before the day it was given. Check the days.")
    field = "valid_until"


class WritingNeeded(Refusal):
    user_message = _("For this partner the law asks for a consent in writing (%(source)s). Ask the client for one.")
    field = "way"


class TakenBackSince(Refusal):
    user_message = _(
        "%(partner)s – %(purpose)s: the client took this consent back on %(day)s. What was given before that does not "
        "bring it back. Ask the client anew."
    )
    field = "given_on"


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
    """Write down a consent of the case's client. The same one twice is one, which gets its paper when it had none.

    Raises:
        WritingNeeded, NameNeeded: the law asks for more (`casework.law.legal_grounds`).
        TakenBackSince: the client took it back after it was given.
        EndsBeforeGiven, BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = locked_open(case)
    check(details, case, today=helsinki(at))
    same = _same(case, details)
    if same is not None:
        return _with_paper(same, details.document, Why(reason="", by=by, at=at, case=case, kind=""))
    _check_stands(case, details)
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
    """Find what was written down before, on whichever paper."""
    return next((consent for consent in _alike(case, details) if consent.withdrawn_on is None), None)


def _alike(case: Case, details: ConsentDetails) -> list[Consent]:
    """The client's consents that say the same; the name is encrypted and compared here."""
    beside = {"partner_name", "document"}
    plain = {name: value for name, value in values_of(details).items() if name not in beside}
    found = Consent.objects.filter(client=case.client, **plain)
    return [consent for consent in found if consent.partner_name == details.partner_name]


def _with_paper(consent: Consent, document: Document | None, why: Why) -> Consent:
    if document is None or consent.document_id is not None:
        return consent
    consent = consent.locked()
    corrections.fill_in(consent, {"document": document}, why)
    return consent


def _check_stands(case: Case, details: ConsentDetails) -> None:
    """Refuse what the client took back since; of the same day only what says the same, as a new one may say more."""
    rule = legal_grounds.consent_rule(details.partner, details.given_on)
    same = {consent.pk for consent in _alike(case, details)}
    asked = {"client": case.client, "partner": details.partner, "purpose": details.purpose}
    for consent in Consent.objects.filter(withdrawn_on__gte=details.given_on, **asked):
        is_since = consent.withdrawn_on != details.given_on or consent.pk in same
        if is_since and (rule is None or names(consent, rule, details.partner_name)):
            raise TakenBackSince(
                partner=Partner(details.partner).label,
                purpose=Purpose(details.purpose).label,
                day=day(consent.withdrawn_on),
            )
