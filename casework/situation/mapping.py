"""Writing down what is known of a client's life. A fact is never overwritten: a correction replaces, the old stays."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases.actions import locked_open
from casework.law.errors import check_day
from casework.models import Case, MappingEntry
from casework.models.mapping import Source
from casework.timeline import writing as timeline
from casework.timeline.corrections import TakenBack
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal

# One year or two, "1998" or "1998-2004", or open to the right: "2015-". Kept in the open, so it takes nothing else.
YEARS = re.compile(r"(?P<first>(?:19|20)[0-9]{2})(?:\s*(?P<dash>[-–—])\s*(?P<last>(?:19|20)[0-9]{2})?)?")


class NotYears(Refusal):
    user_message = _("Write the years as 1998, 1998–2004 or 2015–.")
    field = "period"


class YearsBackwards(Refusal):
    user_message = _("The last year is before the first.")
    field = "period"


class YearsBeforeBirth(Refusal):
    user_message = _("The client was born in %(year)s; these years begin before that.")
    field = "period"


class NothingTold(Refusal):
    user_message = _("Write something in at least one field.")


@dataclass(frozen=True, kw_only=True)
class EntryDetails:
    """What a person types about one fact."""

    area: str
    text: str
    learned_on: date
    source: str
    period: str = ""
    source_note: str = ""


@transaction.atomic
def add(*, case: Case, details: EntryDetails, by: User, at: datetime) -> MappingEntry:
    """Add a fact to the mapping of the case's client. The same fact once more is the one that is there.

    Raises:
        NotYears, YearsBackwards, YearsBeforeBirth, BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = locked_open(case)
    entry, is_new = _written(case, details, by=by, at=at)
    if is_new:
        facts = {"area": entry.area}
        timeline.add(case=case, kind="mapping.added", by=by, at=at, on=entry.learned_on, about=entry, facts=facts)
    return entry


@transaction.atomic
def interview(*, case: Case, texts: Mapping[str, str], by: User, at: datetime) -> list[MappingEntry]:
    """Write down a first meeting: what the client told today of several areas; an empty text is no fact.

    Raises:
        NothingTold: every text is empty.
        CaseIsClosed
    """
    case = locked_open(case)
    told = {area: text.strip() for area, text in texts.items() if text.strip()}
    if not told:
        raise NothingTold
    told_today = [
        EntryDetails(area=area, text=text, learned_on=helsinki(at), source=Source.CLIENT) for area, text in told.items()
    ]
    written = [_written(case, details, by=by, at=at) for details in told_today]
    areas = ",".join(entry.area for entry, is_new in written if is_new)
    if areas:
        timeline.add(case=case, kind="mapping.interviewed", by=by, at=at, facts={"areas": areas})
    return [entry for entry, _is_new in written]


@transaction.atomic
def correct(
    *, case: Case, entry: MappingEntry, details: EntryDetails, version: int, by: User, at: datetime
) -> MappingEntry:
    """Replace a fact by what is right; the old wording stays readable.

    Raises:
        EditedMeanwhile: somebody else corrected it since version `version`.
        TakenBack: somebody took it off.
        What `add` raises.
    """
    case = locked_open(case)
    newest = _standing(entry, version)
    if _details_of(newest) == details:
        return newest
    correction = MappingEntry(client=case.client, replaces=newest, version=newest.version + 1, written_by=by)
    _fill(correction, details, case, today=helsinki(at))
    correction.save()
    facts = {"area": correction.area}
    timeline.add(case=case, kind="mapping.corrected", by=by, at=at, about=correction, facts=facts)
    return correction


@transaction.atomic
def take_back(*, case: Case, entry: MappingEntry, reason: str, version: int, by: User, at: datetime) -> MappingEntry:
    """Take a fact off the mapping that does not hold; what was written stays in the history, with why it went.

    Raises:
        EditedMeanwhile, TakenBack, CaseIsClosed
    """
    case = locked_open(case)
    newest = _standing(entry, version)
    newest.save(update_fields=newest.mark_removed(by=by, at=at, reason=reason))
    timeline.add(case=case, kind="mapping.removed", by=by, at=at, about=newest, facts={"area": newest.area})
    return newest


def normal_period(text: str, *, born_on: date) -> str:
    """Write years the one way they are stored: 1998, 1998–2004, 2015–.

    Raises:
        NotYears, YearsBackwards, YearsBeforeBirth
    """
    found = YEARS.fullmatch(text.strip())
    if found is None:
        raise NotYears
    first, last = found["first"], found["last"] or ""
    if last and last < first:
        raise YearsBackwards
    if int(first) < born_on.year:
        raise YearsBeforeBirth(year=born_on.year)
    return f"{first}–{last}" if found["dash"] else first


def _written(case: Case, details: EntryDetails, *, by: User, at: datetime) -> tuple[MappingEntry, bool]:
    """Save a fact, or find the same one that holds already."""
    entry = MappingEntry(client=case.client, written_by=by)
    _fill(entry, details, case, today=helsinki(at))
    wanted = _details_of(entry)
    for found in case.client.mapping_entries.current().filter(area=entry.area, learned_on=entry.learned_on):
        if _details_of(found) == wanted:
            return found, False
    entry.save()
    return entry, True


def _fill(entry: MappingEntry, details: EntryDetails, case: Case, *, today: date) -> None:
    born_on = case.client.born_on
    check_day(details.learned_on, born_on=born_on, today=today, field="learned_on")
    for field in fields(details):
        setattr(entry, field.name, getattr(details, field.name))
    entry.period = normal_period(details.period, born_on=born_on) if details.period.strip() else ""


def _details_of(entry: MappingEntry) -> EntryDetails:
    return EntryDetails(**{field.name: getattr(entry, field.name) for field in fields(EntryDetails)})


def _standing(entry: MappingEntry, version: int) -> MappingEntry:
    newest = _newest(entry)
    if newest.is_removed:
        raise TakenBack
    newest.check_version(version)
    return newest


def _newest(entry: MappingEntry) -> MappingEntry:
    """Follow the corrections to the newest wording; the case is locked, so nobody adds one meanwhile."""
    newest = MappingEntry.objects.get(pk=entry.pk)
    while (correction := MappingEntry.objects.filter(replaces=newest).first()) is not None:
        newest = correction
    return newest
