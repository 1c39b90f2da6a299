"""Which target groups of the service a client belongs to. There is no field for ethnicity, and there never will be.

Only what is necessary for the service may be recorded (380/2023 112-114 §): an immigrant background tells something
only together with the language or the need of an interpreter.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases.actions import locked_open
from casework.law.errors import check_day
from casework.models import Case, Client, TargetGroup
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal
from tenants.rough_days import RoughDay

Group = TargetGroup.Group
NOT_OF_IMMIGRANTS = {Client.Language.FINNISH, Client.Language.SWEDISH, Client.Language.SIGN}


class LanguageUnknown(Refusal):
    user_message = _(
        "An immigrant background is recorded only together with what the service needs to know of it. "
        "Record the language or the need of an interpreter in the basic details first."
    )
    field = Group.IMMIGRANT


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """Since when a client belongs to a group, and who told it."""

    source: str
    since: RoughDay | None = None


@transaction.atomic
def record(*, case: Case, groups: Mapping[str, Belonging], version: int, by: User, at: datetime) -> list[TargetGroup]:
    """Record the groups of the case's client, all of them at once; a group that is not named no longer holds.

    What was recorded before stays in the history; one line tells of the whole.

    Raises:
        EditedMeanwhile: the client is not as in version `version`.
        LanguageUnknown, BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = locked_open(case)
    client = case.client.locked()
    client.check_version(version)
    if Group.IMMIGRANT in groups and not has_language_facts(client):
        raise LanguageUnknown
    for group, belonging in groups.items():
        check_day(belonging.since, born_on=client.born_on, today=helsinki(at), field=f"{group}_since")
    before = {row.group: row for row in client.target_groups.select_for_update()}
    changed = [group for group, belonging in groups.items() if _belonging(before.get(group)) != belonging]
    left = [group for group in before if group not in groups]
    if changed or left:
        why = Why(reason="", by=by, at=at, case=case, kind="")
        for group in changed:
            _write(client, before.get(group), group, groups[group], why)
        for group in left:
            corrections.take_back(before[group], why)
        client.save_version("version")
        _tell(case, added=[group for group in groups if group not in before], left=left, by=by, at=at)
    return list(client.target_groups.all())


def has_language_facts(client: Client) -> bool:
    """Whether it is known that the client needs another language than Finnish or Swedish, or an interpreter."""
    return client.needs_interpreter is True or client.language not in NOT_OF_IMMIGRANTS


def _write(client: Client, row: TargetGroup | None, group: str, belonging: Belonging, why: Why) -> None:
    if row is None:
        TargetGroup.objects.create(client=client, group=group, written_by=why.by, **asdict(belonging))
    else:
        corrections.correct(row, asdict(belonging), why)


def _tell(case: Case, *, added: list[str], left: list[str], by: User, at: datetime) -> None:
    facts = {"added": ",".join(added), "left": ",".join(left)}
    timeline.add(case=case, kind="target_groups.changed", by=by, at=at, facts=facts)


def _belonging(row: TargetGroup | None) -> Belonging | None:
    return Belonging(source=row.source, since=row.since) if row else None
