"""Who acts for the client of a case: who may be offered to sign and receive, and how pages and papers name them.

The task of a representative ends with the client's death, and who is not safe to contact is offered nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casework.cases.queries import has_died, representations
from casework.law.representing import Matter, Scope, Standing, Validity, standing
from casework.models import Case, Client, NetworkPerson, Representation
from casework.models.hidden import told
from tenants.display import day, in_sentence
from tenants.doubts import Doubt, doubt

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

type Reached = tuple[str, str]

ROLES: "dict[str, StrOrPromise]" = {
    Representation.Kind.GUARDIAN: pgettext_lazy("role after a name", "legal guardian"),
    Representation.Kind.AUTHORISED: pgettext_lazy("role after a name", "authorised representative"),
}
WHY: "dict[Standing, StrOrPromise]" = {
    Standing.UNCLEAR: gettext_lazy("It is not known whether the paper covers this."),
    Standing.OTHER_MATTERS: gettext_lazy("The paper is about money and benefits only."),
    Standing.NOT_YET: gettext_lazy("The paper does not hold yet."),
    Standing.OVER: gettext_lazy("The paper holds no more."),
}


class SignerUnclear(Doubt):
    user_message = gettext_lazy("%(name)s is to sign. %(why)s Look at the paper, or ask them.")
    field = "representation"


@dataclass(frozen=True)
class Acting:
    """A representative, and where they stand in one matter on one day."""

    representation: Representation
    standing: Standing

    @property
    def is_sure(self) -> bool:
        return self.standing is Standing.ACTS

    @property
    def why(self) -> "StrOrPromise":
        """What is not sure about it; "" when all is known."""
        return WHY.get(self.standing, "")


def offered(case: Case, *, matter: Matter, on: date) -> list[Acting]:
    """Who may be chosen to sign for the client of a case; nobody for the dead."""
    found = representations(case)
    return [] if not found or has_died(case) else offered_of(found, matter=matter, on=on)


def offered_of(found: Iterable[Representation], *, matter: Matter, on: date) -> list[Acting]:
    """Choose, for a client who lives, those who are safe to contact, those first who act."""
    acting = [standing_of(one, matter=matter, on=on) for one in found if is_reachable(one.person)]
    return sorted(acting, key=lambda one: list(Standing).index(one.standing))


def acting_for(case: Case, *, matter: Matter, on: date) -> Representation | None:
    """The one who surely acts in a matter on a day; None when nobody does, or more than one."""
    return only_sure(offered(case, matter=matter, on=on))


def only_sure(found: Iterable[Acting]) -> Representation | None:
    """The only one who surely acts; None when nobody does, or more than one."""
    sure = [one.representation for one in found if one.is_sure]
    return sure[0] if len(sure) == 1 else None


def standing_of(representation: Representation, *, matter: Matter, on: date) -> Acting:
    """Say where a representative stands; somebody who has left the network is not surely there any more."""
    found = standing(representation.terms, matter=matter, on=on)
    has_left = representation.person.is_removed or representation.person.ended_on is not None
    return Acting(representation, Standing.UNCLEAR if found is Standing.ACTS and has_left else found)


def check_signer(representation: Representation | None, *, matter: Matter, on: date) -> None:
    """Ask once whether somebody may sign of whom that is not sure.

    Doubts: SignerUnclear
    """
    if representation is None:
        return
    found = standing_of(representation, matter=matter, on=on)
    if not found.is_sure:
        doubt(SignerUnclear(name=with_role(representation), why=found.why))


def is_reachable(person: NetworkPerson) -> bool:
    return person.safety != NetworkPerson.Safety.NOT_SAFE


def with_role(representation: Representation) -> str:
    """Name them with what they are: Tuula Turva, legal guardian."""
    return f"{representation.person.name}, {ROLES[representation.kind]}"


def on_behalf(representation: Representation, client: Client) -> str:
    """Say below a signature who signs, and for whom."""
    return _("%(name)s, on behalf of %(client)s") % {"name": with_role(representation), "client": client.name}


def terms_told(representation: Representation) -> str:
    """Say in a line what their paper is about and how long it holds."""
    scope = in_sentence(representation.get_scope_display())
    if representation.scope == Scope.NAMED and representation.matter:
        scope = representation.matter
    elif representation.scope == Scope.UNKNOWN:
        scope = _("in what is not known")
    return ", ".join(part for part in (scope, _from(representation), _until(representation)) if part)


def reached(representation: Representation) -> list[Reached]:
    """How a paper says whom to write to and call: by name, and as far as an order and their safety let it be told."""
    person = representation.person
    contact = told(person, is_hidden=representation.client.is_protected or not is_reachable(person))
    found = [
        (_("Signs and receives for the client"), with_role(representation)),
        (_("Address of the representative"), contact.address),
        (_("Phone of the representative"), contact.phone),
    ]
    return [(label, value) for label, value in found if value]


def _from(representation: Representation) -> str:
    if representation.begins_on is None:
        return _("since when is not known")
    return _("from %(day)s") % {"day": day(representation.begins_on)}


def _until(representation: Representation) -> str:
    if representation.ended_on is not None:
        return _("holds no more since %(day)s") % {"day": day(representation.ended_on)}
    if representation.valid_until is not None:
        return _("until %(day)s") % {"day": day(representation.valid_until)}
    return _("until further notice") if representation.validity == Validity.OPEN else _("until when is not known")
