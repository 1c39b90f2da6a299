"""A right that was taken away is gone at the next request of a browser that was open all the while (promise 10)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.cases import actions as cases
from casework.meetings import actions as meetings
from casework.models import Case
from casework.visits import feeds
from tenants.accounts import sessions, staff
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tests.casework.cases.making import a_case
from tests.casework.meetings.making import a_meeting, an_item
from tests.people import PASSWORD, PortalClient, browser_of, person

TODAY = date(2026, 11, 23)
NEW = "kuusi-koivu-mänty-haapa"


@dataclass(frozen=True)
class Ground:
    """A case of Aino's, and Daavid, who is on its team."""

    aino: User
    daavid: User
    paula: User
    case: Case


@pytest.fixture
def ground(aino, daavid, paula) -> Ground:
    case = a_case(by=aino)
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=timezone.now())
    return Ground(aino, daavid, paula, case)


type Taking = tuple[PortalClient, str, Callable[[], object]]  # an open browser, what it shows, and what ends that


def a_role(ground: Ground) -> Taking:
    ground.aino.roles = [Role.COORDINATOR, Role.TEAM_MEMBER]
    ground.aino.save()
    left: dict[str, Any] = {
        "name": "Aino",
        "language": "fi",
        "roles": [Role.TEAM_MEMBER.value],
        "version": ground.aino.version,
    }
    change = partial(staff.change, person=ground.aino, **left, by=ground.paula, at=timezone.now())
    return browser_of(ground.aino), reverse("referral_list"), change


def a_seat_on_the_team(ground: Ground) -> Taking:
    known: dict[str, Any] = {
        "participant": ground.case.participants.get(),
        "until": TODAY,
        "by": ground.aino,
        "at": timezone.now(),
    }
    return browser_of(ground.daavid), ground.case.get_absolute_url(), partial(cases.remove_participant, **known)


def a_seat_in_a_meeting(ground: Ground) -> Taking:
    fanni, now = person("Fanni", Role.TEAM_MEMBER), timezone.now()
    meeting = a_meeting(by=ground.aino, at=now)
    an_item(meeting, ground.case, by=ground.aino, at=now)
    seat = meeting.participants.create(user=fanni, invited_at=now)
    leave = partial(meetings.leave, participant=seat, by=ground.aino, at=now)
    return browser_of(fanni), ground.case.get_absolute_url(), leave


def an_account(ground: Ground) -> Taking:
    close = partial(staff.disable, person=ground.aino, by=ground.paula, at=timezone.now())
    return browser_of(ground.aino), reverse("client_list"), close


def every_session(ground: Ground) -> Taking:
    return browser_of(ground.aino), reverse("client_list"), partial(sessions.end_all, ground.aino)


def a_password(ground: Ground) -> Taking:
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    change = partial(browser_of(ground.aino).post, reverse("account_change_password"), typed)
    return browser_of(ground.aino), reverse("client_list"), change


def a_calendar(ground: Ground) -> Taking:
    address = reverse("calendar_file", args=[feeds.make(user=ground.aino, at=timezone.now())])
    return PortalClient("kaavi.localhost"), address, partial(feeds.stop, user=ground.aino)


WAYS = (a_role, a_seat_on_the_team, a_seat_in_a_meeting, an_account, every_session, a_password, a_calendar)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_it_is_gone_at_the_next_request(ground, way):
    browser, address, take_away = way(ground)
    assert browser.get(address).status_code == 200

    take_away()

    assert browser.get(address).status_code in {302, 403, 404}
