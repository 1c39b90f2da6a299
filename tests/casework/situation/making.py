"""Makes facts of the mapping, people of the network and target groups for tests and the demo, through real actions."""

from datetime import date, datetime, timedelta
from typing import Any

from casework.clients import network
from casework.clients.network import NetworkDetails
from casework.models import Case, Client, MappingEntry, NetworkPerson
from casework.situation import mapping, target_groups
from casework.situation.mapping import EntryDetails
from casework.situation.target_groups import Belonging
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.rough_days import RoughDay
from tests.conftest import NOON


def entry_details(**others: Any) -> EntryDetails:
    """What is known of Matti's work, told by himself; with other words where they are given."""
    known: dict[str, Any] = {
        "area": "work",
        "text": "Carpenter on building sites until the back gave way.",
        "period": "1998-2015",
        "learned_on": date(2026, 11, 20),
        "source": "client",
    }
    return EntryDetails(**known | others)


def a_fact(case: Case, *, by: User, at: datetime = NOON, **others: Any) -> MappingEntry:
    """Add a fact to the mapping."""
    others = {"learned_on": helsinki(at)} | others
    return mapping.add(case=case, details=entry_details(**others), by=by, at=at)


def a_full_mapping(case: Case, *, by: User, at: datetime = NOON) -> list[MappingEntry]:
    """Write down a first meeting that touched every area."""
    texts = {area.value: f"What was told of {area.value}." for area in MappingEntry.Area}
    return mapping.interview(case=case, texts=texts, by=by, at=at)


def a_network_person(case: Case, *, by: User, at: datetime = NOON, **others: Any) -> NetworkPerson:
    """Add Matti's own doctor to the network."""
    known: dict[str, Any] = {
        "name": "Liisa Lääkäri",
        "role": "doctor",
        "organisation": "Health centre of Kaavi",
        "phone": "040 765 4321",
        "email": "liisa@terveys.example",
        "safety": "safe",
    }
    return network.add(case=case, details=NetworkDetails(**known | others), by=by, at=at)


def in_target_groups(case: Case, *groups: str, by: User, at: datetime = NOON, source: str = "employment") -> None:
    """Record the target groups of the client, as employment services told them."""
    version = Client.objects.get(pk=case.client_id).version
    belonging = {group: Belonging(source=source) for group in groups}
    target_groups.record(case=case, groups=belonging, version=version, by=by, at=at)


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Fill the page of the situation: facts, one corrected, a network, groups; answers the arguments of addresses."""
    today = helsinki(at)
    told = {
        "childhood": "Kuulo heikko vasemmassa korvassa lapsesta asti.",
        "treatment": "Fysioterapia päättyi keväällä. Särkylääke tarvittaessa.",
        "hopes": "Kevyempi työ, jossa saa välillä istua. Hyvä päivä on se, kun jaksaa kävellä järvelle.",
    }
    mapping.interview(case=case, texts=told, by=by, at=at)
    first = a_fact(case, by=by, at=at, text="Kirvesmies rakennuksilla.", period="1998-2015")
    right = entry_details(text="Kirvesmies rakennuksilla, lopetti selän takia.", learned_on=today, period="1998-2016")
    entry = mapping.correct(case=case, entry=first, details=right, version=1, by=by, at=at)
    gone = a_fact(case, by=by, at=at, area="income", text="Saa ansiopäivärahaa.", period="")
    mapping.take_back(case=case, entry=gone, reason="Koskee toista asiakasta.", version=1, by=by, at=at)
    doctor = a_network_person(case, by=by, at=at, organisation="Kaavin terveysasema")
    unsafe = {"role": "spouse", "organisation": "", "safety": "not_safe", "phone": "040 111 2222", "email": ""}
    a_network_person(case, by=by, at=at, name="Entinen Puoliso", **unsafe)
    left = {"role": "employer", "safety": "unknown", "ended_on": RoughDay(today - timedelta(days=30))}
    a_network_person(case, by=by, at=at, name="Pekka Pomo", organisation="Rakennus Oy", **left)
    in_target_groups(case, "long_term_unemployed", "partially_able", by=by, at=at)
    return {"mapping_entry_id": entry.pk, "network_person_id": doctor.pk}
