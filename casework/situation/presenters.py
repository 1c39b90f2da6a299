"""How a client's situation is shown: areas of the mapping with what to ask, the network, target groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import Client, MappingEntry, NetworkPerson
from casework.models.hidden import told
from casework.situation.queries import is_hidden

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Area = MappingEntry.Area
Safety = NetworkPerson.Safety

# What a coordinator asks about an area, in the words of a first meeting.
ASKED: "dict[Area, StrOrPromise]" = {
    Area.CHILDHOOD: gettext_lazy(
        "Illnesses, injuries and hospital stays as a child; speech, hearing, sight; what was hard at school."
    ),
    Area.HEALTH: gettext_lazy("What limits the days now? What hurts, what tires, what works in spite of it?"),
    Area.TREATMENT: gettext_lazy(
        "Who treats what, and when was the last visit? Medicines, do they help, are they taken? Therapy, aids."
    ),
    Area.LEARNING: gettext_lazy(
        "How do reading, writing and counting go? Extra help at school, tests for dyslexia, forms and e-services."
    ),
    Area.EDUCATION: gettext_lazy("Schools, courses and degrees with their years; what was left unfinished, and why."),
    Area.WORK: gettext_lazy("Work with its years and tasks; why it ended; what went well; work try-outs and gaps."),
    Area.FAMILY: gettext_lazy("Who lives in the household, whom the client cares for, who helps."),
    Area.INCOME: gettext_lazy("What the client lives on now and until when; debts; applications that wait."),
    Area.HOUSING: gettext_lazy("How the client lives, whether the home fits the health, travel to services and work."),
    Area.HOPES: gettext_lazy("What the client wants: work, studies, rehabilitation, peace. What would be a good day?"),
}


@dataclass(frozen=True)
class AreaView:
    """An area with the facts that hold; `is_hidden` when a protective order hides them."""

    code: str
    name: "StrOrPromise"
    asked: "StrOrPromise"
    entries: list[MappingEntry]
    is_hidden: bool


@dataclass(frozen=True)
class NetworkRow:
    """Somebody of the network as a list shows them. Contact data are empty when they must not be shown."""

    person: NetworkPerson
    organisation: str
    phone: str
    email: str
    address: str
    tag: "StrOrPromise"
    tone: str
    is_not_safe: bool
    hides: bool  # there are contact data that a protective order hides


def areas(client: Client, entries: Iterable[MappingEntry], *, is_revealed: bool = False) -> list[AreaView]:
    """Put the facts that hold under their areas, in the order of the first meeting."""
    of_area: dict[str, list[MappingEntry]] = {area: [] for area in Area.values}
    for entry in entries:
        of_area[entry.area].append(entry)
    return [
        AreaView(
            code=area.value,
            name=area.label,
            asked=ASKED[area],
            entries=of_area[area.value],
            is_hidden=is_hidden(client, area) and not is_revealed,
        )
        for area in Area
    ]


def network_rows(client: Client, people: Iterable[NetworkPerson], *, is_revealed: bool = False) -> list[NetworkRow]:
    """Describe the people of a network; who is not safe is never shown with phone and e-mail."""
    return [_network_row(one, is_hidden=client.is_protected and not is_revealed) for one in people]


def area_title(entry: MappingEntry) -> str:
    """Name a fact for a heading: its area and years."""
    return f"{entry.get_area_display()} {entry.period}".strip()


def _network_row(person: NetworkPerson, *, is_hidden: bool) -> NetworkRow:
    is_not_safe = person.safety == Safety.NOT_SAFE
    contact = told(person, is_hidden=is_hidden)
    tag, tone = _safety(person)
    return NetworkRow(
        person=person,
        organisation=contact.organisation,
        phone="" if is_not_safe else contact.phone,
        email="" if is_not_safe else contact.email,
        address="" if is_not_safe else contact.address,
        tag=tag,
        tone=tone,
        is_not_safe=is_not_safe,
        hides=is_hidden and contact.has_any(),
    )


def _safety(person: NetworkPerson) -> "tuple[StrOrPromise, str]":
    if person.safety == Safety.UNKNOWN:
        return _("Not asked whether safe to contact"), "warning"
    return person.get_safety_display(), "danger" if person.safety == Safety.NOT_SAFE else "success"
