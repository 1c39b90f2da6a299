"""Prepared queries answer what the query itself would, in every municipality and thread, and are compiled once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from casework.models import Case, Client, Task
from tenants.accounts.permissions import Role
from tenants.prepared import CannotPrepare, Prepared
from tenants.scope import in_municipality
from tests.casework.cases.making import a_case
from tests.people import person


def cases_by_number(*, number: str, on: date):
    is_open = Exists(Task.objects.filter(case=OuterRef("pk"), due_on__lte=on))
    return Case.objects.select_related("client", "coordinator").annotate(is_due=is_open).filter(number=number)


def test_rows_are_those_of_the_query_with_what_is_related_and_annotated(kaavi, aino, django_assert_num_queries):
    case, other = a_case(by=aino, last_name="Räsänen"), a_case(by=aino)
    prepared = Prepared(cases_by_number)

    with django_assert_num_queries(2):
        [found], [second] = (prepared(number=one.number, on=date(2026, 11, 23)) for one in (case, other))
        assert (found, second) == (case, other)
        assert (found.client.last_name, found.coordinator, found.is_due) == ("Räsänen", aino, False)
        assert found.client.identity_code == case.client.identity_code
    assert prepared(number="2026-9999", on=date(2026, 11, 23)) == []


def test_rows_can_be_values(kaavi, aino):
    case = a_case(by=aino)
    prepared = Prepared(lambda *, key: Case.objects.filter(pk=key).values("number", "client__last_name"))

    assert prepared(key=case.pk) == [{"number": case.number, "client__last_name": "Meikäläinen"}]
    assert prepared(key=uuid.uuid4()) == []


def test_it_is_compiled_once(kaavi, aino):
    built = []

    def of_number(*, number):
        built.append(number)
        return Case.objects.filter(number=number)

    prepared = Prepared(of_number)

    for number in ("2026-0001", "2026-0002"):
        with CaptureQueriesContext(connection) as captured:
            prepared(number=number)
        assert number in captured[0]["sql"]
    assert len(built) == 1


def test_a_query_prepared_in_one_municipality_reads_the_rows_of_the_one_that_is_entered(kaavi, aino, tuusniemi):
    a_case(by=aino, last_name="Räsänen")
    prepared = Prepared(lambda *, name: Client.objects.filter(last_name=name))

    assert [client.last_name for client in prepared(name="Räsänen")] == ["Räsänen"]
    with in_municipality(tuusniemi):
        assert prepared(name="Räsänen") == []


def test_each_thread_reads_by_its_own_connection(own_database):
    prepared = Prepared(lambda *, name: Client.objects.filter(last_name=name))
    with in_municipality("kaavi"):
        a_case(by=person("Aino", Role.COORDINATOR), last_name="Räsänen")
        assert len(prepared(name="Räsänen")) == 1

    def in_a_thread(schema: str) -> int:
        try:
            with in_municipality(schema):
                return len(prepared(name="Räsänen"))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(in_a_thread, ["kaavi", "tuusniemi", "kaavi"])) == [1, 0, 1]


def test_a_value_that_is_not_compared_as_it_is_cannot_be_prepared(kaavi):
    changed = Prepared(lambda *, name: Client.objects.filter(last_name__contains=name))
    unused = Prepared(lambda *, name: Client.objects.exclude(pk__isnull=True))

    for prepared in (changed, unused):
        with pytest.raises(CannotPrepare, match="name does not stand"):
            prepared(name="x")
    with pytest.raises(CannotPrepare, match="a value of float"):
        Prepared(lambda *, name: Client.objects.filter(last_name=name))(name=1.5)
