"""Every page of a furnished house opens whatever the hour, and asks the database fifteen times at most."""

from datetime import timedelta

import pytest
import time_machine
from django.test.utils import CaptureQueriesContext

from tenants.database.current import connection
from tests.browser.furnishing import House, furnish
from tests.clock import ODD_HOURS
from tests.rules.routes import all_routes

MOST_QUERIES = 15
SOUND = {200, 302, 404, 405}  # 302 and 404: a factor this person does not have; 405: acts only by POST


@pytest.fixture(params=list(ODD_HOURS.values()), ids=list(ODD_HOURS))
def house(request: pytest.FixtureRequest, db: None, clock_of_the_test: time_machine.Traveller) -> House:
    """Kaavi and the console furnished at that hour, and looked at a minute later."""
    clock_of_the_test.move_to(request.param)
    furnished = furnish()
    clock_of_the_test.shift(timedelta(minutes=1))
    return furnished


def test_every_page_and_paper_opens_with_few_queries(house):
    answers, queries = {}, {}
    for route in all_routes():
        with CaptureQueriesContext(connection) as asked:
            answers[str(route)] = house.browser(route.side).get(house.path_of(route)).status_code
        queries[str(route)] = len(asked)

    assert {name: status for name, status in answers.items() if status not in SOUND} == {}
    assert list(answers.values()).count(200) > len(answers) / 2
    assert {name: number for name, number in queries.items() if number > MOST_QUERIES} == {}
