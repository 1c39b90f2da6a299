"""The team's meetings of a municipality, and who is asked about at the next one."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from casework.meetings import actions as meetings
from casework.meetings.actions import Invited, MeetingDetails
from casework.models import AgendaItem, Meeting
from deploy.demo import steps, texts
from deploy.demo.days import Days
from deploy.demo.municipalities import KAAVI, Place
from deploy.demo.walk import Team, Walk
from tenants.accounts.models import User
from tenants.display import HELSINKI

MOST = 3  # clients on one agenda
ROOM = "Terveysasema, neuvotteluhuone 2"


def team_of(place: Place, *, people: dict[str, User], professions: dict[str, str], days: Days) -> Team:
    """Gather the people of a municipality and plan their next meeting."""
    coordinators = tuple(person for person in people.values() if "coordinator" in person.roles)
    members = tuple(
        Invited(user=person, profession=professions[person.email])
        for person in people.values()
        if "team_member" in person.roles
    )
    on = days.ahead(1 if place is KAAVI else 4)
    coming = plan(on, time(12, 30), 20, chair=coordinators[0], team=members, days=days)
    return Team(coordinators=coordinators, members=members, coming=coming)


def ask_team(walk: Walk) -> None:
    """Put the client on the next agenda while there is room."""
    waiting = walk.team.coming.agenda.exclude(state=AgendaItem.State.WITHDRAWN)
    if walk.case.is_open and waiting.count() < MOST:
        steps.allow_team(walk, 12)
        steps.put_on_agenda(walk, walk.team.coming, walk.chance.choice(texts.QUESTIONS), 6)


def plan(on: date, begins: time, ago: int, *, chair: User, team: Sequence[Invited], days: Days) -> Meeting:
    """Plan a meeting of the team, `ago` days ago."""
    starts_at = datetime.combine(on, begins, HELSINKI)
    details = MeetingDetails(
        kind=Meeting.Kind.TEAM,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place=ROOM,
        chair=chair,
        team=(*team, Invited(user=chair, profession="työkykykoordinaattori")),
    )
    return meetings.plan(details=details, by=chair, at=days.moment(days.ago(ago), 30))
