"""The paper a client gets at the end of a case: what ended, what goes on and with whom, which last days run."""

from collections.abc import Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.cases import retention
from casework.cases.papers import author
from casework.cases.representing import acting_for, reached
from casework.endings.presenters import holder, title
from casework.endings.queries import Settled
from casework.law.origins import written
from casework.law.representing import Matter
from casework.models import Case, OpenEnd
from casework.withdrawals.presenters import LastDay, goes_on, last_days
from casework.withdrawals.queries import Remains
from tenants.display import citation, day
from tenants.printing import Report, Section, Table

WRITTEN_IN = ("fi", "sv", "en")


def paper(case: Case, *, remains: Remains, followed: Sequence[Settled], ended_on: date | None, on: date) -> Report:
    """Lay out the paper in the client's language, or in Finnish when the service does not write it.

    `followed` is what became of what was open, of a closed case. `ended_on` is the end of the client relation as the
    time of keeping counts it; None while another case is open.
    """
    is_withdrawal = case.is_open or case.is_withdrawn
    language = case.client.language if case.client.language in WRITTEN_IN else WRITTEN_IN[0]
    acting = acting_for(case, matter=Matter.BENEFIT, on=on)
    with translation.override(language):
        return Report(
            language=language,
            title=_("Your service ends"),
            author=author(is_protected=case.client.is_protected),
            on=on,
            note=_("The service is voluntary. You need not tell a reason. You can come back to it later.")
            if is_withdrawal
            else "",
            facts=[
                (_("Name"), case.client.name),
                *(reached(acting) if acting else []),
                (_("The service ends on"), day(case.closed_on or on)),
            ],
            sections=[section for section in _sections(case, remains, followed, ended_on, on) if section is not None],
            footer=_("Case %(number)s") % {"number": case.number},
        )


def file_name(case: Case, *, on: date) -> str:
    """A file name of case number and day in the language of whoever prints: no name."""
    return f"{case.number}-{pgettext('file name', 'end-of-service')}-{on.isoformat()}.pdf"


def _sections(
    case: Case, remains: Remains, followed: Sequence[Settled], ended_on: date | None, on: date
) -> list[Section | None]:
    return [
        _last_days(last_days(remains)),
        _goes_on(goes_on(remains)),
        _followed(followed),
        Section(heading=_("What ends"), paragraphs=[_ends()]) if case.is_open or case.is_withdrawn else None,
        _kept(ended_on, on),
        Section(heading=_("If you want to come back"), paragraphs=[_back(case)]),
    ]


def _last_days(days: Sequence[LastDay]) -> Section | None:
    if not days:
        return None
    rows = [[one.what, day(one.safe_on) if one.safe_on else "–", day(one.on)] for one in days]
    return Section(
        heading=_("Last days to keep"),
        paragraphs=[_("Look after these yourself. We no longer remind you of them.")],
        table=Table(columns=[_("What"), _("Aim to send by"), _("Last day")], rows=rows),
    )


def _goes_on(points: Sequence[str]) -> Section | None:
    if not points:
        return None
    opening = _("These go on without the service. From now on you look after them yourself.")
    return Section(heading=_("What goes on"), paragraphs=[opening], points=points)


def _followed(found: Sequence[Settled]) -> Section | None:
    """What somebody else looks after, and who."""
    others = (OpenEnd.Holder.COLLEAGUE, OpenEnd.Holder.MUNICIPALITY)
    points = [f"{title(one.about)}: {holder(one.end)}" for one in found if one.end.holder in others]
    return Section(heading=_("What somebody follows for you"), paragraphs=[], points=points) if points else None


def _ends() -> str:
    return _(
        "Your consents end. Visits, team meetings and requests for statements that were agreed are cancelled. "
        "The members of the team no longer see your case."
    )


def _kept(ended_on: date | None, on: date) -> Section:
    lines = retention.remaining(ended_on, today=on)
    points = [f"{line.what}: {line.until} ({citation(written([line.origin]))})." for line in lines]
    return Section(heading=_("Which of your data are kept"), points=points)


def _back(case: Case) -> str:
    """Whom to ask. Under a protective order the address is left out: its domain names the municipality."""
    contact = "" if case.client.is_protected else case.coordinator.email
    who = ", ".join(part for part in (case.coordinator.name, contact) if part)
    return _("Ask %(who)s. Your case can be opened again.") % {"who": who}
