"""The client's own map in words: one page in plain Finnish, Swedish or English, the same on screen and on paper."""

from collections.abc import Iterator
from datetime import date

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casework.models import Appeal, Application, Appointment, Case, Decision, Meeting
from casework.models.hidden import told
from casework.overview.client_map import Road
from tenants.display import clock, day, helsinki
from tenants.printing import Report, Section
from tenants.scope import active_municipality

type Step = tuple[date, str]

LANGUAGES: dict[str, str] = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
MOST_STEPS = 7


def language_of(case: Case, asked: str) -> str:
    """The language that was asked for, else the client's own when there is a map in it, else Finnish."""
    return next((one for one in (asked, case.client.language) if one in LANGUAGES), "fi")


def client_map(road: Road, *, language: str) -> Report:
    """Write the map in a language. Under a protective order it names no place and nothing that tells of one."""
    is_protected, place = road.case.client.is_protected, active_municipality()
    with translation.override(language):
        return Report(
            language=language,
            title=_("My map"),
            author=place.name if place and not is_protected else _("Work-ability coordination"),
            on=road.today,
            subtitle=road.case.client.name,
            note=_("This is how things stand on %(day)s.") % {"day": day(road.today)},
            sections=[
                Section(heading=_("What is going on"), points=_going_on(road)),
                Section(heading=_("What comes next"), points=_next(road)),
                Section(heading=_("Who helps you"), points=_helpers(road)),
                Section(heading=_("If a letter comes"), points=_if_a_letter_comes()),
            ],
            footer=_("Case %(number)s") % {"number": road.case.number},
        )


def download_name(case: Case, *, on: date) -> str:
    """A file name of case number and day: no name."""
    return f"{case.number}-map-{on.isoformat()}.pdf"


def _going_on(road: Road) -> list[str]:
    found = [_application(application, road.today) for application in road.applications]
    found += map(_appeal, road.appeals)
    found += [_granted(decision) for decision in road.granted_until]
    for statement in road.statements:
        values = {"statement": statement.get_kind_display(), "day": day(statement.asked_on)}
        found.append(_("%(statement)s: asked for on %(day)s.") % values)
    return found or [_("Nothing is waiting for an answer right now.")]


def _application(application: Application, today: date) -> str:
    values = {"benefit": capfirst(application.benefit.name), "decider": application.decider.name}
    if application.is_returned and application.more_due_on:
        values["day"] = day(application.more_due_on)
        return _("%(benefit)s: %(decider)s wants to know more, by %(day)s. Your coordinator helps.") % values
    if application.filed_on is None:
        return _("%(benefit)s: we are preparing the application together.") % values
    values["day"] = day(application.waiting_since or application.filed_on)
    if application.expected_by is None:
        return _("%(benefit)s: waits at %(decider)s since %(day)s.") % values
    if application.is_overdue(today):
        return (
            _("%(benefit)s: waits at %(decider)s since %(day)s, longer than usual. Your coordinator asks why.") % values
        )
    values["until"] = day(application.expected_by)
    return _("%(benefit)s: waits at %(decider)s since %(day)s. An answer usually comes by %(until)s.") % values


def _appeal(appeal: Appeal) -> str:
    values = {"benefit": capfirst(appeal.decision.application.benefit.name)}
    if appeal.filed_on is None:
        return _("%(benefit)s: we are writing an appeal.") % values
    values["day"] = day(appeal.filed_on)
    return _("%(benefit)s: the appeal is there since %(day)s. An answer may take many months.") % values


def _granted(decision: Decision) -> str:
    values = {"benefit": capfirst(decision.application.benefit.name), "day": day(decision.granted_until or date.max)}
    return _("%(benefit)s: granted until %(day)s.") % values


def _next(road: Road) -> list[str]:
    """Everything with a day, the nearest first."""
    steps = sorted([*_visits(road), *_meetings(road.meetings), *_last_days(road)], key=lambda step: step[0])
    return [line for _on, line in steps[:MOST_STEPS]] or [_("No time is agreed. Your coordinator gets in touch.")]


def _visits(road: Road) -> Iterator[Step]:
    for visit in road.appointments:
        line = f"{_when(visit)}: {visit.get_kind_display()}"
        if place := told(visit, is_hidden=road.case.client.is_protected).place.strip():
            line = f"{line}, {place}"
        comes_along = _("Your coordinator comes along.")
        yield helsinki(visit.starts_at), f"{line}. {comes_along}" if visit.is_accompanied else line


def _meetings(meetings: list[Meeting]) -> Iterator[Step]:
    for meeting in meetings:
        line = _("%(kind)s, where your matters are talked over") % {"kind": meeting.get_kind_display()}
        yield helsinki(meeting.starts_at), f"{_when(meeting)}: {line}"


def _last_days(road: Road) -> Iterator[Step]:
    for application in road.applications:
        if application.is_returned and application.more_due_on:
            name = capfirst(application.benefit.name)
            values = {"day": day(application.more_due_on), "benefit": name}
            yield application.more_due_on, _("By %(day)s: more information about %(benefit)s") % values
    decided = [(found.last_day, found.application) for found in road.open_to_appeal]
    begun = [(found.last_day, found.decision.application) for found in road.appeals if found.is_draft]
    for last_day, application in [*decided, *begun]:
        if last_day and last_day >= road.today:
            values = {"day": day(last_day), "benefit": capfirst(application.benefit.name)}
            yield last_day, _("By %(day)s: the last day to appeal about %(benefit)s") % values


def _when(found: Appointment | Meeting) -> str:
    return f"{day(found.starts_at)} {clock(found.starts_at)}"


def _helpers(road: Road) -> list[str]:
    """The coordinator's e-mail names the municipality, so it goes with the places; the phone is written by hand."""
    coordinator = road.case.coordinator
    email = "" if road.case.client.is_protected else coordinator.email
    own = ", ".join(part for part in (coordinator.name, _("your coordinator"), email) if part)
    phone = _("Phone of your coordinator: %(line)s") % {"line": "_" * 24}
    return [own, phone, *(f"{helper.name}, {str(helper.get_role_display()).lower()}" for helper in road.helpers)]


def _if_a_letter_comes() -> list[str]:
    return [
        _("Keep the letter and its envelope. Write on it the day it came."),
        _("An answer in OmaKela or Suomi.fi counts as a letter, too."),
        _("Call your coordinator at once, because the time to appeal runs from that day."),
        _("If the answer is no, it is not the end: you can appeal or apply again, and you get help."),
        _("You have done nothing wrong. Whatever the letter says, it can be talked over."),
    ]
