"""A client: the identity code checked and sealed, nobody twice, and two editors."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from hypothesis import given
from hypothesis import strategies as st

from casework.clients import actions as clients
from casework.clients.actions import ClientDetails
from casework.law.errors import BeforeBirth, InTheFuture
from casework.models import Client
from tenants import identity_code
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tenants.versions import EditedMeanwhile
from tests.asking import asked
from tests.casework.cases.making import BORN, a_case, a_client, fresh_code
from tests.conftest import NOON

TODAY = date(2026, 11, 23)


def details(**others) -> ClientDetails:
    return ClientDetails(**{"first_name": "Liisa", "last_name": "Laine", "identity_code": fresh_code()} | others)


def test_the_identity_code_gives_the_date_of_birth(kaavi, aino):
    client = a_client(by=aino, identity_code=identity_code.artificial(date(1960, 2, 29), 3))

    assert client.born_on == date(1960, 2, 29)


def test_the_identity_code_lies_sealed_in_the_database_and_reads_plain(kaavi, aino):
    code = fresh_code()
    client = a_client(by=aino, identity_code=code, phone="040 1234567")

    with connection.cursor() as cursor:
        cursor.execute("select c::text from casework_client c where id = %s", [client.pk])
        (row,) = cursor.fetchone()
    assert code not in row
    assert code.encode().hex() not in row
    assert "1234567" not in row
    assert Client.objects.get(pk=client.pk).identity_code == code


def test_nobody_is_written_down_twice_whatever_the_spelling(kaavi, aino):
    code = fresh_code()
    a_client(by=aino, identity_code=code)

    with pytest.raises(clients.AlreadyHere):
        a_client(by=aino, identity_code=f" {code.lower()} ")

    assert Client.objects.count() == 1


def test_two_who_write_down_the_same_person_at_once_get_the_same_refusal(kaavi, aino, monkeypatch):
    code = fresh_code()
    a_client(by=aino, identity_code=code)
    monkeypatch.setattr(QuerySet, "exists", lambda self: False)  # the other's row is not there yet when we look

    with pytest.raises(clients.AlreadyHere):
        a_client(by=aino, identity_code=code)

    assert Client.objects.count() == 1


def test_the_separator_is_part_of_the_identity(kaavi, aino):
    first = a_client(by=aino, identity_code="010594Y9032")
    second = a_client(by=aino, identity_code="010594-9032")

    assert first.identity_index != second.identity_index


def test_two_municipalities_know_the_same_person_by_different_hashes(kaavi, aino, tuusniemi, cecilia):
    code = fresh_code()
    here = a_client(by=aino, identity_code=code)
    with in_municipality(tuusniemi):
        there = a_client(by=cecilia, identity_code=code)

    assert here.identity_index != there.identity_index


@pytest.mark.parametrize(
    ("others", "refusal"),
    [
        ({"identity_code": "050374-900A"}, identity_code.WrongCheckCharacter),
        ({"identity_code": "310274-9001"}, identity_code.NoSuchBirthDate),
        ({"identity_code": "hello"}, identity_code.NotAnIdentityCode),
        ({"identity_code": identity_code.artificial(TODAY + timedelta(1), 0)}, identity_code.BornInTheFuture),
        ({"identity_code": ""}, clients.BirthDateMissing),
        ({"identity_code": "", "born_on": TODAY + timedelta(1)}, InTheFuture),
        ({"born_on": BORN + timedelta(1)}, clients.BirthDateDiffers),
        ({"protective_order_until": TODAY}, clients.OrderWithoutSource),
        (
            {"protective_order_source": "DVV", "protective_order_until": TODAY - timedelta(1)},
            clients.OrderEndsInThePast,
        ),
    ],
)
def test_what_cannot_be_true_is_refused_and_nothing_is_written(kaavi, aino, others, refusal):
    with asked(refusal):
        clients.create(details=details(**others), by=aino, at=NOON)

    assert not Client.objects.exists()


def test_a_client_without_an_identity_code_has_a_date_of_birth(kaavi, aino):
    first, second = (a_client(by=aino, identity_code="", born_on=BORN) for _ in range(2))

    assert (first.identity_index, second.identity_index, first.born_on) == (None, None, BORN)


def test_writing_down_a_client_is_in_the_access_log(kaavi, aino):
    client = a_client(by=aino)

    assert AccessEntry.objects.filter(action="client.created", subject=str(client.pk), actor=aino.pk).count() == 1


def test_a_protective_order_hides_contact_data_until_it_is_taken_away(kaavi, aino):
    client = a_client(by=aino, protective_order_source="DVV", protective_order_until=date(2026, 12, 31))
    assert client.is_protected

    known = details(first_name="Matti", identity_code=client.identity_code)
    client = clients.change(client=client, details=known, version=1, by=aino, at=NOON)
    assert not client.is_protected


def test_an_order_whose_end_has_passed_still_hides_and_other_details_can_be_changed(kaavi, aino):
    order: dict[str, Any] = {"protective_order_source": "DVV", "protective_order_until": date(2026, 11, 30)}
    client = a_client(by=aino, **order)
    later = NOON + timedelta(days=60)

    changed = details(identity_code=client.identity_code, phone="050", **order)
    client = clients.change(client=client, details=changed, version=1, by=aino, at=later)

    assert client.is_protected
    assert client.phone == "050"


def test_the_second_of_two_editors_changes_nothing(kaavi, aino):
    client = a_client(by=aino)
    mine = details(identity_code=client.identity_code)
    clients.change(client=client, details=replace(mine, city="Kaavi"), version=1, by=aino, at=NOON)

    with pytest.raises(EditedMeanwhile):
        clients.change(client=client, details=replace(mine, city="Kuopio"), version=1, by=aino, at=NOON)

    assert Client.objects.get(pk=client.pk).city == "Kaavi"


def test_the_answer_whether_the_service_is_wanted_is_on_the_timeline(kaavi, aino):
    case = a_case(by=aino)
    answer = {"asked_on": TODAY, "by": aino, "at": NOON}

    client = clients.record_voluntariness(client=case.client, is_voluntary=True, version=1, **answer)
    client = clients.record_voluntariness(client=client, is_voluntary=False, version=2, **answer)

    assert (client.is_voluntary, client.voluntary_asked_on) == (False, TODAY)
    kinds = set(case.events.values_list("kind", flat=True))
    assert {"client.voluntary_yes", "client.voluntary_no"} <= kinds


def test_nobody_was_asked_before_birth(kaavi, aino):
    client = a_client(by=aino)

    with pytest.raises(BeforeBirth):
        clients.record_voluntariness(
            client=client, is_voluntary=True, asked_on=BORN - timedelta(1), version=1, by=aino, at=NOON
        )


@given(born_on=st.dates(date(1900, 1, 1), date(2026, 1, 1)), index=st.integers(0, 99))
def test_every_artificial_code_gives_the_same_hash_however_it_is_typed(born_on, index):
    code = identity_code.artificial(born_on, index)

    assert identity_code.normalise(f"  {code.lower()}\t") == code
