"""The guard: whether the client allows a purpose with a partner on a day. Actions ask `require` before they go on.

A consent counts from the day it was given until its end, or until the day before it was taken back. Where the law asks
for writing or for a named receiver (`casework.law.legal_grounds`), a consent that lacks it does not do.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casework.law import legal_grounds
from casework.law.origins import written
from casework.models import Client, Consent
from casework.models.consent import Partner, Purpose
from tenants.errors import Refusal

SUBSTITUTES_WRITING = frozenset({Consent.Way.WRITTEN, Consent.Way.ELECTRONIC})  # 13/2003 9 §


class ConsentMissing(Refusal):
    """Nothing allows it. Pages that show this sentence also link to `consent_add`."""

    user_message = _(
        "The client's consent is missing: %(partner)s – %(purpose)s. "
        "Ask the client, add the consent in the basic details of the case and try again."
    )
    field = "partner"


class ConsentNotWritten(ConsentMissing):
    user_message = _(
        "The consent for %(partner)s – %(purpose)s was given by word of mouth; the law asks for writing (%(source)s). "
        "Ask the client to sign, add the written consent in the basic details of the case and try again."
    )


class ConsentNamesAnother(ConsentMissing):
    user_message = _(
        "The consent for %(partner)s – %(purpose)s does not name this receiver. "
        "Write the name as in the consent, or ask the client and add a consent that names the receiver."
    )


def valid_on(on: date) -> Q:
    """Say which consents count on a day, as far as days go."""
    return (
        Q(given_on__lte=on)
        & (Q(valid_until=None) | Q(valid_until__gte=on))
        & (Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))
    )


def current(client: Client, on: date) -> list[Consent]:
    """Answer the client's consents that count on a day."""
    return list(_current(client, on))


def find(client: Client, *, partner: str, purpose: str, on: date, who: str = "") -> Consent | None:
    """Find the consent that allows a purpose with a partner on a day; the one that lasts longest.

    `who` is the receiver's name. It is compared where the consent must name the receiver, otherwise left alone.
    """
    rule = legal_grounds.consent_rule(partner, on)
    found = [consent for consent in _of(client, partner, purpose, on) if _is_enough(consent, rule, who)]
    return max(found, key=lambda consent: consent.valid_until or date.max, default=None)


def require(client: Client, *, partner: str, purpose: str, on: date, who: str = "") -> Consent:
    """Find the consent as `find` does, or say what is missing and how to mend it.

    Raises:
        ConsentMissing: there is none; ConsentNotWritten: only by word of mouth where the law asks for writing;
            ConsentNamesAnother: it names another receiver where the receiver must be named.
    """
    consent = find(client, partner=partner, purpose=purpose, on=on, who=who)
    if consent is not None:
        return consent
    words = {"partner": Partner(partner).label, "purpose": Purpose(purpose).label}
    rule = legal_grounds.consent_rule(partner, on)
    near = list(_of(client, partner, purpose, on))
    if rule and any(_is_written(consent, rule) for consent in near):
        raise ConsentNamesAnother(**words)
    if rule and near:
        raise ConsentNotWritten(**words, source=written([rule]))
    raise ConsentMissing(**words)


def allows(consent: Consent, *, partner: str, purpose: str, on: date, who: str = "") -> bool:
    """Whether this very consent allows a purpose with a partner on a day, as `find` reckons it."""
    is_about_it = (consent.partner, consent.purpose) == (partner, purpose)
    is_over = consent.valid_until is not None and consent.valid_until < on
    is_withdrawn = consent.withdrawn_on is not None and consent.withdrawn_on <= on
    counts = consent.given_on <= on and not is_over and not is_withdrawn
    return is_about_it and counts and _is_enough(consent, legal_grounds.consent_rule(partner, on), who)


def _current(client: Client, on: date) -> QuerySet[Consent]:
    return Consent.objects.filter(valid_on(on), client=client)


def _of(client: Client, partner: str, purpose: str, on: date) -> QuerySet[Consent]:
    return _current(client, on).filter(partner=partner, purpose=purpose)


def _is_enough(consent: Consent, rule: legal_grounds.ConsentRule | None, who: str) -> bool:
    return rule is None or (_is_written(consent, rule) and names(consent, rule, who))


def _is_written(consent: Consent, rule: legal_grounds.ConsentRule) -> bool:
    return not rule.must_be_written or consent.way in SUBSTITUTES_WRITING


def names(consent: Consent, rule: legal_grounds.ConsentRule, who: str) -> bool:
    """Whether a consent names a receiver; where nobody need be named, any consent does."""
    if not rule.must_name:
        return True
    return bool(consent.partner_name) and (not who or _plain(who) == _plain(consent.partner_name))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
