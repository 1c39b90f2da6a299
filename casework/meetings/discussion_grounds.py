"""On which ground a client may be discussed by the team on a day: the client's consent, or a provision of law."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.consents import guard as consents
from casework.law import legal_grounds
from casework.models import AgendaItem, Client
from casework.models.consent import Partner, Purpose
from tenants.errors import Refusal

PARTNER, PURPOSE = Partner.TEAM, Purpose.DISCUSS


class NoSuchLaw(Refusal):
    user_message = _("This provision of law does not allow discussing the client on the day of the meeting.")
    field = "law"


def record(item: AgendaItem, client: Client, *, basis: str, law: str, on: date) -> None:
    """Write the ground for a day onto an item.

    Raises:
        ConsentMissing: no consent covers the day; the sentence says how to mend it. Its field is `basis`.
        NoSuchLaw: no such provision allows it on that day.
    """
    item.basis = basis
    if basis == AgendaItem.Basis.LAW:
        if not any(known.code == law for known in legal_grounds.laws_on(on, partner=PARTNER)):
            raise NoSuchLaw
        item.basis_note, item.consent = law, None
        return
    try:
        item.consent = consents.require(client, partner=PARTNER, purpose=PURPOSE, on=on)
    except consents.ConsentMissing as missing:
        missing.field = "basis"
        raise
    item.basis_note = ""


def renew(item: AgendaItem, *, on: date) -> bool:
    """Find the ground of an item for another day; tell whether there is one. Does not save."""
    try:
        record(item, item.case.client, basis=item.basis, law=item.basis_note, on=on)
    except (consents.ConsentMissing, NoSuchLaw):
        return False
    return True
