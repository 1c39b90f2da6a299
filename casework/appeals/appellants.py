"""Who appeals, as the papers of an appeal name them: the client, the estate of one who has died, or the employer."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from casework.cases import estate
from casework.cases.estate import LINE
from casework.cases.queries import has_died
from casework.cases.representing import is_reachable
from casework.clients.contact import contact
from casework.models import Appeal, AppealLetter, AppealSupplement, Application, Client, Representation
from casework.models.hidden import told
from tenants.display import day
from tenants.printing import Fact


@dataclass(frozen=True, kw_only=True)
class Appellant:
    """How a paper names who appeals, and how they are reached as far as that is known and may be told."""

    name: str
    facts: list[Fact]
    signer: str = ""  # who signs for them, if they cannot themselves


def appellant_of(appeal: Appeal) -> Appellant:
    """Find who appeals. The employer applies for pay subsidy and appeals; for who has died the estate may."""
    return applicant_of(appeal.decision.application)


def applicant_of(application: Application) -> Appellant:
    """Find who asks for a change of what was decided on an application, as `appellant_of`."""
    if application.benefit.employer_applies:
        return _employer(application)
    client = application.case.client
    if not has_died(application.case):
        return Appellant(name=client.name, facts=[(_("Name"), client.name), _identity(client), *_reached(client)])
    name = _("%(name)s (estate)") % {"name": client.name}
    facts = [(_("Name"), name), _identity(client), *estate.facts_of(application.case)]
    contact = estate.contact_of(application.case)
    return Appellant(name=name, facts=facts, signer=contact.name if contact else "")


def representative_of(letter: AppealLetter | AppealSupplement) -> Representation | None:
    """Who signs and receives for the client; nobody any more when the client has died, or they may not be contacted."""
    return who_signs(letter.representation, letter.appeal.decision.application)


def who_signs(found: Representation | None, application: Application) -> Representation | None:
    """Answer the representative who is to sign about an application, if they still may and can be reached."""
    if found is None or not is_reachable(found.person) or has_died(application.case):
        return None
    return found


def _employer(application: Application) -> Appellant:
    """Of the employer the name is known at most; the rest is written by hand."""
    known = told(application).employer
    by_hand = [(label, LINE) for label in (_("Business ID"), _("Address"), _("Phone"))]
    return Appellant(name=known or _("The employer"), facts=[(_("Name"), known or LINE), *by_hand])


def _identity(client: Client) -> Fact:
    if client.identity_code:
        return _("Personal identity code"), client.identity_code
    return _("Born"), day(client.born_on)


def _reached(client: Client) -> list[Fact]:
    """How the client is reached, which an appeal must tell: what nobody knows is written by hand."""
    if client.is_protected:
        return []
    reached = contact(client)
    address = ", ".join(part for part in (reached.street, reached.postal_place) if part)
    return [(_("Address"), address or LINE), (_("Phone"), reached.phone or LINE)]
