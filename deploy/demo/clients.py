"""Fills one municipality: its staff, its clients with their stories, and what lies in the inbox."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from casework.clients import actions as clients
from casework.clients.actions import ClientDetails
from casework.models import Referral
from casework.referrals import actions as referrals
from casework.referrals.actions import ReferralDetails
from deploy.demo import accounts, airi, eila, gatherings, kauko, martti, pekka, raija, seija, texts, week
from deploy.demo.days import Days
from deploy.demo.municipalities import KAAVI, VARKAUS, Place
from deploy.demo.names import strangers
from deploy.demo.rejections import REJECTIONS
from deploy.demo.road import work_lately
from deploy.demo.stories import UNHURT, Story
from deploy.demo.walk import Team, Walk
from tenants.accounts.models import User

ALL = 80  # clients for whom the shares of the stories are meant
PROTECTED = 7  # the client whose address and phone must not be shown
SOURCES = ("employment", "employment", "social_work", "health_care", "employment", "kela", "client", "other")
RETURNED = "Puuttuu tieto siitä, onko asiakas itse pyytänyt palvelua. Pyydetty omavalmentajaa kysymään."
DECLINED = (
    "Asiakkaan työkyky on juuri selvitetty kuntoutustutkimuspoliklinikalla. Ohjattu jatkamaan sen suunnitelmalla."
)


@dataclass(frozen=True)
class Planned:
    """A client to come: who, since when, and which story."""

    details: ClientDetails
    story: Story
    opened: int
    reason: str = ""
    source: str = ""


def fill(place: Place, *, people: dict[str, User], days: Days, wanted: int, waiting: int, skip: int = 0) -> int:
    """Write the clients of a municipality, the oldest case first, and new referrals; answer how many clients.

    `skip` begins elsewhere in the deck of stories, so that small municipalities are not alike.
    """
    chance = random.Random(place.schema)  # noqa: S311 (a demo must be the same each time)
    professions = {account.email: account.profession for account in accounts.ACCOUNTS}
    team = gatherings.team_of(place, people=people, professions=professions, days=days)
    invented = strangers(place, today=days.today, chance=chance)
    planned = _plan(place, invented, chance, wanted=wanted, skip=skip)
    for turn, one in enumerate(planned):
        _live(one, turn, team=team, days=days, chance=chance)
    for turn in range(waiting):
        _refer(next(invented), turn, days=days, chance=chance, by=team.coordinators[0])
    return len(planned)


def _plan(
    place: Place, invented: Iterator[ClientDetails], chance: random.Random, *, wanted: int, skip: int
) -> list[Planned]:
    told = deck()
    planned = _known_by_name() if place is KAAVI else []
    for turn in range(wanted - len(planned)):
        story, details = told[(turn + skip) % len(told)], next(invented)
        if turn == PROTECTED and place is VARKAUS:
            details = replace(details, protective_order_source="Digi- ja väestötietovirasto, asiakkaan oma ilmoitus")
        planned.append(Planned(details, story, chance.randint(*story.opened)))
    return sorted(planned, key=lambda one: -one.opened)


def _known_by_name() -> list[Planned]:
    """Those whose story is told whole."""
    known = (
        (raija, "employment"),
        (pekka, "employment"),
        (seija, "health_care"),
        (martti, "social_work"),
        (eila, "employment"),
        (kauko, "other"),
        (airi, "social_work"),
    )
    return [Planned(of.details(), Story(of.tell, 1, (0, 0)), of.OPENED, of.REASON, by) for of, by in known]


def deck() -> list[Story]:
    """Lay eighty stories so that each kind comes as evenly as its share allows: any first few are a fair sample."""
    laid = [((turn + 0.5) / story.share, story) for story in (*UNHURT, *REJECTIONS) for turn in range(story.share)]
    return [story for _, story in sorted(laid, key=lambda each: each[0])]


def _live(one: Planned, turn: int, *, team: Team, days: Days, chance: random.Random) -> None:
    coordinator = team.coordinators[turn % len(team.coordinators)]
    received = one.opened + chance.randint(2, 6)
    reason, source = one.reason or chance.choice(texts.REASONS), one.source or SOURCES[turn % len(SOURCES)]
    referral = _received(one.details, received, reason=reason, source=source, days=days, chance=chance, by=coordinator)
    on = days.ago(one.opened)
    at = days.moment(on, 0)
    client = clients.create(details=one.details, by=coordinator, at=at)
    case = referrals.accept(
        referral=referral,
        client=client,
        coordinator=coordinator,
        opened_on=on,
        version=referral.version,
        by=coordinator,
        at=at,
    )
    case.client, case.coordinator = client, coordinator
    walk = Walk(case, opened=one.opened, team=team, days=days, chance=chance)
    one.story.tell(walk)
    work_lately(walk)
    if not one.reason:
        week.fill(walk, turn // len(team.coordinators))


def _received(
    details: ClientDetails, ago: int, *, reason: str, source: str, days: Days, chance: random.Random, by: User
) -> Referral:
    on = days.ago(ago)
    told = ReferralDetails(
        source=source,
        referrer=chance.choice(texts.REFERRERS[source]),
        reason=reason,
        received_on=on,
        first_name=details.first_name,
        last_name=details.last_name,
        phone=details.phone,
        identity_code=details.identity_code,
    )
    return referrals.receive(details=told, by=by, at=days.moment(on, 30))


def _refer(details: ClientDetails, turn: int, *, days: Days, chance: random.Random, by: User) -> None:
    """Leave a referral in the inbox; the third has been returned, and a fourth declined."""
    reason, source = chance.choice(texts.REASONS), SOURCES[turn % len(SOURCES)]
    referral = _received(details, 1 + turn * 2, reason=reason, source=source, days=days, chance=chance, by=by)
    at = days.moment(days.ago(1), 120) + timedelta(minutes=turn)
    if turn == 2:
        referrals.return_for_more(referral=referral, reason=RETURNED, version=referral.version, by=by, at=at)
    if turn == 4:
        referrals.decline(referral=referral, reason=DECLINED, version=referral.version, by=by, at=at)
