"""One client's case in the hands of its coordinator: each method is one real action on one day of the past."""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases import notes
from casework.cases.open_ends import open_ends
from casework.clients import actions as clients
from casework.clients import illnesses
from casework.clients.illnesses import IllnessDetails
from casework.documents import actions as documents
from casework.endings import actions as endings
from casework.meetings.actions import Invited
from casework.models import Case, Document, Illness, Meeting, Note
from casework.services import actions as service_entries
from casework.withdrawals import actions as withdrawals
from deploy.demo import papers
from deploy.demo.days import Days
from deploy.demo.illnesses import BODY, MIND
from tenants.accounts.models import User
from tenants.rough_days import Precision, RoughDay


@dataclass(frozen=True)
class Team:
    """The people of a municipality who work with clients, and their next meeting."""

    coordinators: tuple[User, ...]
    members: tuple[Invited, ...]
    coming: Meeting

    def member(self, profession: str) -> User:
        return next(invited.user for invited in self.members if invited.profession == profession)


class Walk:
    """A case and its calendar. `opened` and every `ago` are days before today, and shrink as the story goes on."""

    def __init__(self, case: Case, *, opened: int, team: Team, days: Days, chance: random.Random) -> None:
        self.case, self.opened, self.team, self.days, self.chance = case, opened, team, days, chance
        self.by = case.coordinator
        self.illnesses: list[Illness] = []
        self._last: datetime | None = None

    def moment(self, on: date, *, after: datetime | None = None) -> datetime:
        """Answer a moment of a day, after every moment answered before and after another that is named."""
        earliest = self.days.moment(on, self.chance.randrange(240))
        if after is not None:
            earliest = max(earliest, after + timedelta(minutes=10))
        self._last = max(earliest, self._last + timedelta(minutes=4)) if self._last else earliest
        return self._last

    def between(self, early: int, late: int) -> int:
        """Choose a day between two, both included; both count from today backwards."""
        return self.chance.randint(min(early, late), max(early, late))

    def ask(self, ago: int, *, is_voluntary: bool = True) -> None:
        """Write down what the client answers: the service is voluntary."""
        on = self.days.ago(ago)
        client = self.case.client
        self.case.client = clients.record_voluntariness(
            client=client,
            is_voluntary=is_voluntary,
            asked_on=on,
            version=client.version,
            by=self.by,
            at=self.moment(on),
        )

    def note(self, text: str, ago: int, kind: str = Note.Kind.NOTE) -> None:
        on = self.days.ago(ago)
        notes.write(case=self.case, kind=kind, text=text, on=on, by=self.by, at=self.moment(on))

    def serve(self, product: str, minutes: int, ago: int, what: str, *, is_billable: bool = True) -> None:
        on = self.days.ago(ago)
        service_entries.log(
            case=self.case,
            on=on,
            product=product,
            minutes=minutes,
            what=what,
            is_billable=is_billable,
            by=self.by,
            at=self.moment(on),
        )

    def task(self, title: str, ago: int, *, due_in: int | None = None, done: int | None = None) -> None:
        """Promise something: `due_in` days from today (negative when it is late), or done `done` days ago."""
        due_on = self.days.ago(done or 1) if due_in is None else self.due(due_in)
        task = tasks.add(
            case=self.case, title=title, due_on=due_on, assignee=self.by, by=self.by, at=self.moment(self.days.ago(ago))
        )
        if done is not None:
            tasks.do(task=task, by=self.by, at=self.moment(self.days.ago(done)))

    def fall_ill(self, ago: int, *, kinds: int = 2) -> None:
        """Write down illnesses, one of the mind among them when there are several."""
        chosen = [*self.chance.sample(BODY, max(1, kinds - 1)), *self.chance.sample(MIND, 1)][:kinds]
        for details in chosen:
            self.illness(details, ago, years=self.chance.randint(1, 12))

    def illness(self, details: IllnessDetails, ago: int, *, years: int) -> Illness:
        on = self.days.ago(ago)
        known = replace(details, since=RoughDay(date(on.year - years, 1, 1), Precision.YEAR))
        found = illnesses.add(case=self.case, details=known, by=self.by, at=self.moment(on))
        self.illnesses.append(found)
        return found

    def document(self, kind: str, title: str, paragraphs: list[str], ago: int) -> Document:
        """Add a paper to the case."""
        on = self.days.ago(ago)
        client = self.case.client
        file = papers.paper(title, [f"{client.name}, syntynyt {client.born_on:%-d.%-m.%Y}", *paragraphs])
        return documents.add(
            case=self.case, file=file, kind=kind, title=title, dated_on=on, by=self.by, at=self.moment(on)
        )

    def join(self, profession: str, ago: int) -> None:
        """Take somebody into the team of the case."""
        on, user = self.days.ago(ago), self.team.member(profession)
        cases.add_participant(case=self.case, user=user, since=on, by=self.by, at=self.moment(on))

    def point(self, direction: str, ago: int) -> None:
        """Set the direction that has become clear."""
        on = self.days.ago(ago)
        at = self.moment(on)
        self._keep(
            cases.set_direction(
                case=self.case, direction=direction, direction_on=on, version=self.case.version, by=self.by, at=at
            )
        )

    def withdraw(self, reason: str, ago: int) -> None:
        """Let the client leave the service."""
        on = self.days.ago(ago)
        version = Case.objects.get(pk=self.case.pk).version
        self._keep(
            withdrawals.withdraw(case=self.case, on=on, reason=reason, version=version, by=self.by, at=self.moment(on))
        )

    def close(self, outcome: str, ago: int) -> None:
        on = self.days.ago(ago)
        at = self.moment(on)
        known: dict[str, Any] = {"closed_on": on, "version": self.case.version, "by": self.by, "at": at}
        fates = endings.usual(open_ends(self.case, on=on), reason="Asia päättyi, tätä ei enää tarvita.")
        self._keep(endings.close(case=self.case, outcome=outcome, fates=fates, **known))

    def _keep(self, case: Case) -> None:
        self.case.version, self.case.closed_on = case.version, case.closed_on

    def due(self, due_in: int) -> date:
        """Answer the day so many days from today, before it when negative."""
        return self.days.ahead(due_in) if due_in >= 0 else self.days.ago(-due_in)
