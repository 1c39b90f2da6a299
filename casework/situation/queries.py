"""Reading what is known of a client's situation: the mapping, the network, target groups."""

import uuid

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from casework.models import Client, MappingEntry, NetworkPerson, TargetGroup
from tenants.names import sort_key

Area = MappingEntry.Area
HIDDEN_BY_ORDER = (Area.HOUSING,)  # tells where the client lives: a protective order hides it like the address


def current_entries(client: Client, *, is_revealed: bool = False) -> list[MappingEntry]:
    """The facts that hold, in the order of the areas, oldest first.

    Under a protective order the housing is left out, also for papers made of these, unless a reason was given.
    """
    entries = client.mapping_entries.current().select_related("written_by", "replaces")
    if client.is_protected and not is_revealed:
        entries = entries.exclude(area__in=HIDDEN_BY_ORDER)
    order = {area: place for place, area in enumerate(Area.values)}
    return sorted(entries, key=lambda entry: (order[entry.area], entry.learned_on, entry.created_at))


def is_hidden(client: Client, area: str) -> bool:
    """Whether a protective order hides this area."""
    return client.is_protected and area in set(HIDDEN_BY_ORDER)


def earlier_entries(client: Client) -> QuerySet[MappingEntry]:
    """What was corrected or taken off, newest first; never what a protective order hides."""
    entries = client.mapping_entries.exclude(pk__in=client.mapping_entries.current().values("pk"))
    if client.is_protected:
        entries = entries.exclude(area__in=HIDDEN_BY_ORDER)
    return entries.select_related("written_by", "removed_by", "replaced_by__written_by").order_by("-created_at")


def chain_of(entry: MappingEntry) -> list[MappingEntry]:
    """A fact as it was written over time, the newest wording first; `entry` may be any of them."""
    entries = entry.client.mapping_entries.select_related("written_by", "removed_by")
    by_key = {one.pk: one for one in entries}
    corrections = {one.replaces_id: one for one in by_key.values() if one.replaces_id is not None}
    newest = by_key[entry.pk]
    while newest.pk in corrections:
        newest = corrections[newest.pk]
    chain = [newest]
    while (replaced := chain[-1].replaces_id) is not None:
        chain.append(by_key[replaced])
    return chain


def network(client: Client) -> list[NetworkPerson]:
    """The people around a client, by name: those who are there now first."""
    people = client.network.select_related("written_by")
    return sorted(people, key=lambda one: (one.ended_on is not None, sort_key(one.name), one.created_at))


def target_groups(client: Client) -> list[TargetGroup]:
    """The target groups of a client, in the order of the list."""
    order = {group: place for place, group in enumerate(TargetGroup.Group.values)}
    rows = client.target_groups.select_related("written_by")
    return sorted(rows, key=lambda row: order[row.group])


def entry_or_404(client: Client, entry_id: uuid.UUID) -> MappingEntry:
    """Fetch a fact of the mapping, also one that was corrected or taken off.

    Raises:
        Http404
    """
    entry: MappingEntry = get_object_or_404(client.mapping_entries.select_related("client"), pk=entry_id)
    return entry


def person_or_404(client: Client, person_id: uuid.UUID) -> NetworkPerson:
    """Fetch somebody of the client's network.

    Raises:
        Http404
    """
    person: NetworkPerson = get_object_or_404(client.network, pk=person_id)
    return person
