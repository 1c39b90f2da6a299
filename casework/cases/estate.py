"""The estate of a client who has died: who is to be written to and called, as papers name them."""

from django.utils.translation import gettext as _

from casework.models import Case, NetworkPerson
from casework.models.hidden import told

LINE = "_" * 36  # to be written on by hand

type Fact = tuple[str, str]


def contact_of(case: Case) -> NetworkPerson | None:
    """The contact of the estate in the network, the one written down last; nobody who may not be contacted."""
    found = case.client.network.filter(role=NetworkPerson.Role.ESTATE, ended_on=None)
    safe = found.exclude(safety=NetworkPerson.Safety.NOT_SAFE).select_related("client")
    contact: NetworkPerson | None = safe.order_by("-created_at").first()
    return contact


def facts_of(case: Case) -> list[Fact]:
    """Who answers for the estate and how they are reached; a line to write on where nobody is known."""
    contact = contact_of(case)
    if contact is None:
        return [(_("Contact of the estate"), LINE)]
    reached = told(contact)
    found = [(_("Contact of the estate"), contact.name), (_("Address"), reached.address), (_("Phone"), reached.phone)]
    return [(label, value) for label, value in found if value]
