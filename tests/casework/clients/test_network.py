"""The network: who is around a client, and whether it is safe to contact them."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.cases import actions as cases
from casework.clients import network
from casework.clients.network import NetworkDetails
from casework.law.errors import CaseIsClosed, InTheFuture
from casework.models import Correction, NetworkPerson
from casework.situation import queries as situation
from casework.situation.presenters import network_rows
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from tenants.rough_days import RoughDay
from tenants.versions import EditedMeanwhile
from tests.casework.cases.making import a_case
from tests.casework.situation.making import a_network_person
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
SISTER = NetworkDetails(name="Sanna", role="relative")


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


def rows_of(case):
    return network_rows(case.client, situation.network(case.client))


def test_somebody_is_added_once_and_stands_on_the_timeline_by_role(case, aino):
    assert a_network_person(case, by=aino) == a_network_person(case, by=aino)

    assert case.events.get(kind="network.added").facts == {"role": "doctor"}


def test_who_is_not_safe_is_shown_without_phone_and_e_mail(case, aino):
    a_network_person(case, by=aino, safety="not_safe")

    (row,) = rows_of(case)

    assert (row.tone, row.is_not_safe, row.phone, row.email) == ("danger", True, "", "")
    assert row.organisation == "Health centre of Kaavi"


def test_a_protective_order_hides_how_and_where_the_network_is_reached(kaavi, aino):
    case = a_case(by=aino, protective_order_source="population information system")
    person = a_network_person(case, by=aino)

    (row,) = rows_of(case)
    assert (row.organisation, row.phone, row.email, row.hides) == ("", "", "", True)
    (shown,) = network_rows(case.client, [person], is_revealed=True)
    assert (shown.organisation, shown.phone) == ("Health centre of Kaavi", "040 765 4321")


def test_who_is_not_safe_stays_out_of_reach_even_when_protected_data_are_shown(kaavi, aino):
    case = a_case(by=aino, protective_order_source="population information system")
    person = a_network_person(case, by=aino, safety="not_safe")

    (row,) = network_rows(case.client, [person], is_revealed=True)

    assert (row.phone, row.email) == ("", "")


def test_not_to_be_contacted_is_an_event_of_its_own(case, aino):
    person = a_network_person(case, by=aino)

    for version in (1, 2):
        details = NetworkDetails(name="Liisa", role="doctor", safety="not_safe", note=f"Told {version} times.")
        network.change(case=case, person=person, details=details, version=version, by=aino, at=NOON)

    kinds = list(case.events.filter(kind__startswith="network.").order_by("created_at").values_list("kind", flat=True))
    assert kinds == ["network.added", "network.not_safe", "network.changed"]


def test_those_who_are_there_come_before_those_who_left(case, aino):
    network.add(case=case, details=NetworkDetails(name="Ex", role="spouse", ended_on=RoughDay(TODAY)), by=aino, at=NOON)
    a_network_person(case, by=aino)

    assert [person.role for person in situation.network(case.client)] == ["doctor", "spouse"]


def test_nobody_left_tomorrow(case, aino):
    with pytest.raises(InTheFuture):
        a_network_person(case, by=aino, ended_on=RoughDay(TODAY + timedelta(1)))


def test_the_second_of_two_editors_is_told(case, aino):
    person = a_network_person(case, by=aino)
    edit = {"case": case, "person": person, "version": 1, "by": aino, "at": NOON}
    network.change(details=SISTER, **edit)

    with pytest.raises(EditedMeanwhile):
        network.change(details=NetworkDetails(name="Other", role="other"), **edit)


def test_what_was_known_of_somebody_before_stays_sealed(case, aino):
    person = a_network_person(case, by=aino)
    details = NetworkDetails(name=person.name, role="doctor", phone="050 222 3333")

    network.change(case=case, person=person, details=details, version=1, by=aino, at=NOON)

    [earlier] = corrections.of_row(NetworkPerson.objects.get())
    assert "040 765 4321" in [old.said for old in earlier.olds]
    kept: Any = Correction.objects.values_list("before", flat=True)
    [before] = kept
    assert b"765" not in before.content


def test_the_history_tells_no_number_of_who_is_not_to_be_contacted(case, aino):
    person = a_network_person(case, by=aino)
    unsafe = NetworkDetails(name=person.name, role="doctor", safety="not_safe")

    network.change(case=case, person=person, details=unsafe, version=1, by=aino, at=NOON)

    [earlier] = corrections.described(corrections.of_case(case))
    said = [str(old.said) for old in earlier.olds]
    assert "040 765 4321" not in said
    assert "Ei saa ottaa yhteyttä" in said


def test_who_was_written_down_by_mistake_is_found_nowhere_and_stays_in_the_history(case, aino):
    person = a_network_person(case, by=aino)
    take_back = {"case": case, "person": person, "reason": "Väärä asiakas", "by": aino, "at": NOON}

    network.take_back(version=1, **take_back)

    assert not NetworkPerson.objects.exists()
    assert situation.network(case.client) == []
    assert NetworkPerson.everything.get().removed_reason == "Väärä asiakas"
    assert case.events.filter(kind="network.removed").count() == 1
    with pytest.raises(TakenBack):
        network.change(case=case, person=person, details=SISTER, version=2, by=aino, at=NOON)
    with pytest.raises(TakenBack):
        network.take_back(version=2, **take_back)


def test_the_network_of_a_closed_case_is_not_changed(case, aino):
    person = a_network_person(case, by=aino)
    cases.close(case=case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    with pytest.raises(CaseIsClosed):
        network.take_back(case=case, person=person, reason="x", version=1, by=aino, at=NOON)
    with pytest.raises(CaseIsClosed):
        network.add(case=case, details=SISTER, by=aino, at=NOON)
