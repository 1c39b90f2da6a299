"""The scope is the only door, and it says where it leads."""

import pytest

from tenants.database.current import connection
from tenants.scope import UnknownMunicipality, active_municipality, in_console, in_municipality


def test_inside_a_municipality_its_name_is_known(kaavi):
    assert active_municipality() == kaavi
    assert connection.schema_name == "kaavi"


def test_leaving_returns_to_where_one_was(kaavi):
    with in_municipality("tuusniemi"):
        assert connection.schema_name == "tuusniemi"

    assert connection.schema_name == "kaavi"


def test_the_console_is_no_municipality(console):
    assert active_municipality() is None


@pytest.mark.parametrize("reference", ["nowhere", 987_654])
def test_an_unknown_municipality_is_refused(console, reference):
    with pytest.raises(UnknownMunicipality), in_municipality(reference):
        pytest.fail("the door opened")


def test_a_municipality_that_is_not_in_use_is_refused(console, tuusniemi):
    with in_console():
        tuusniemi.state = tuusniemi.State.FAILED
        tuusniemi.save()

    with pytest.raises(UnknownMunicipality), in_municipality("tuusniemi"):
        pytest.fail("the door opened")
