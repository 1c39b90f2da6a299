"""Sessions: their rows do not gather, and reading a page is no writing."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tenants.accounts import sessions
from tenants.database.current import connection
from tests.people import PortalClient, browser_of

IDLE = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
NOTED = timedelta(seconds=settings.SESSION_NOTED_SECONDS)
SECOND = timedelta(seconds=1)


def test_an_ended_session_is_forgotten_and_a_living_one_stays(kaavi, aino, bertta):
    browser_of(aino)
    browser_of(bertta)
    now = timezone.now()
    ended = Session.objects.all()[0]
    Session.objects.filter(pk=ended.pk).update(expire_date=now - timedelta(seconds=1))

    assert sessions.forget_ended(at=now) == 1
    assert Session.objects.count() == 1
    assert not Session.objects.filter(pk=ended.pk).exists()


@pytest.fixture
def began(kaavi) -> datetime:
    return timezone.now()


@pytest.fixture
def portal(aino, began) -> PortalClient:
    opened = browser_of(aino)
    opened.get("/")
    return opened


def saved_by(portal: PortalClient) -> int:
    """How often a page writes the session down."""
    with CaptureQueriesContext(connection) as asked:
        assert portal.get("/").status_code == 200
    return sum("django_session" in one["sql"] and not one["sql"].startswith("SELECT") for one in asked)


def test_a_session_is_written_down_once_a_minute_and_not_by_every_page(portal, began, time_is):
    time_is(began + NOTED - SECOND)
    assert saved_by(portal) == 0

    time_is(began + NOTED)
    assert [saved_by(portal), saved_by(portal)] == [1, 0]


def test_a_session_lasts_as_long_as_its_last_page_told_though_nobody_noted_that_page(portal, began, time_is):
    last = began + NOTED - SECOND
    time_is(last)
    told = portal.get("/").context["session_clock"]

    time_is(last + timedelta(seconds=told.left))

    assert told.left == IDLE.total_seconds()
    assert portal.get("/").status_code == 200


def test_an_idle_session_ends(portal, began, time_is):
    time_is(began + IDLE + NOTED + SECOND)

    assert portal.get("/").status_code == 302


def test_a_session_that_was_written_by_a_clock_ahead_is_noted_again(portal, began, time_is):
    time_is(began - timedelta(minutes=5))

    assert saved_by(portal) == 1
