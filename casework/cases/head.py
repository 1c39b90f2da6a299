"""What the head of every page of a case says: who, where it stands, what is next, and which tabs there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from casework import subjects
from casework.cases.next_thing import NextThing, things_of
from casework.cases.queries import CaseInView, phase_of
from casework.cases.representing import is_reachable, terms_told
from casework.law.phases import Phase
from casework.models import Case, Representation
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.display import day, distance, near

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TONES = {
    Phase.CLOSED: "neutral",
    Phase.CHECKING: "warning",
    Phase.APPEALING: "warning",
    Phase.WAITING: "info",
}


@dataclass(frozen=True)
class Fact:
    """One labelled value of the head."""

    label: str
    value: "StrOrPromise"
    note: str = ""


@dataclass(frozen=True)
class Tab:
    """A tab with its own address."""

    label: "StrOrPromise"
    url: str
    count: int | None


@dataclass(frozen=True)
class CaseHead:
    """Everything cases/parts/case_head.html needs besides the case itself."""

    name: str
    note: str
    tag: "StrOrPromise"
    tone: str
    facts: list[Fact]
    tabs: list[Tab]
    protective_order: str
    client_has_died: bool  # in whichever case of theirs it was written down
    can_work: bool
    can_log_service: bool
    can_reassign: bool
    access_log_url: str  # empty for those who may not read it


def head(seen: CaseInView, *, user: User, today: date, things: Sequence[NextThing] | None = None) -> CaseHead:
    """Describe a case for the top of its pages; `things` when they were read."""
    case = seen.case
    phase = phase_of(case)
    works = user.has(Permission.WORK_CASE)
    return CaseHead(
        name=case.client.name,
        note=_identity_line(case, today=today),
        tag=phase.label,
        tone=TONES.get(phase, "success"),
        facts=[
            _direction(case),
            _next(case, things, today=today),
            _coordinator(case),
            _voluntariness(case),
            _consents(seen, today=today),
            *_representatives(seen, today=today),
        ],
        tabs=_tabs(seen),
        protective_order=protective_order(case, today=today),
        client_has_died=seen.client_has_died,
        can_work=works,
        can_log_service=user.has(Permission.LOG_SERVICE),
        can_reassign=user.has(Permission.REASSIGN_CASE),
        access_log_url=_access_log_url(case, user=user),
    )


def _access_log_url(case: Case, *, user: User) -> str:
    """The log of everything about this client: all cases, and the client before there was one."""
    if not user.has(Permission.READ_ACCESS_LOG):
        return ""
    subjects = [*case.client.cases.values_list("number", flat=True), str(case.client_id)]
    return f"{reverse('access_log')}?{urlencode({'subject': ', '.join(subjects)})}"


def protective_order(case: Case, *, today: date) -> str:
    """Say until when the client's contact data are protected; empty when they are not."""
    until = case.client.protective_order_until
    if not case.client.is_protected:
        return ""
    if until is None:
        return _("In force until further notice.")
    if until < today:
        return _("Its end, %(day)s, has passed. Check whether it was renewed.") % {"day": day(until)}
    return _("In force until %(day)s.") % {"day": day(until)}


def age(born_on: date, *, today: date) -> int:
    """Count whole years of life."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def _identity_line(case: Case, *, today: date) -> str:
    years = age(case.client.born_on, today=today)
    parts = [
        ngettext("%(years)d year old", "%(years)d years old", years) % {"years": years},
        _("case %(number)s") % {"number": case.number},
        str(case.client.get_language_display()),
    ]
    if case.client.needs_interpreter is True:
        parts.append(_("needs an interpreter"))
    return " · ".join(parts)


def _direction(case: Case) -> Fact:
    if not case.is_open:
        note = _("closed %(day)s") % {"day": day(case.closed_on)} if case.closed_on else ""
        return Fact(_("Outcome"), case.get_outcome_display(), note)
    if case.direction and case.direction_on:
        return Fact(_("Direction"), case.get_direction_display(), _("set %(day)s") % {"day": day(case.direction_on)})
    return Fact(_("Direction"), _("Not clear yet"))


def _next(case: Case, things: Sequence[NextThing] | None, *, today: date) -> Fact:
    found = things_of(case, on=today, most=1) if things is None else things
    thing = next(iter(found), None)
    if thing is None:
        return Fact(
            _("What is next"),
            _("Nothing agreed is recorded"),
            "" if not case.is_open else _("add a task"),
        )
    note = " · ".join(part for part in (near(thing.when), distance(thing.on, today=today), thing.who) if part)
    return Fact(_("What is next"), thing.title, note)


def _coordinator(case: Case) -> Fact:
    return Fact(_("Coordinator"), case.coordinator.name, _("opened %(day)s") % {"day": day(case.opened_on)})


def _voluntariness(case: Case) -> Fact:
    client = case.client
    if client.is_voluntary is None:
        return Fact(_("Wants the service"), _("Not asked yet"))
    note = _("asked %(day)s") % {"day": day(client.voluntary_asked_on)} if client.voluntary_asked_on else ""
    return Fact(_("Wants the service"), _("Yes") if client.is_voluntary else _("No"), note)


def _consents(seen: CaseInView, *, today: date) -> Fact:
    """Count those that count today, and name the one that ends next."""
    valid = [consent for consent in seen.consents if consent.counts_on(today)]
    if not valid:
        return Fact(_("Consents"), pgettext("consents", "None recorded"))
    value = ngettext("%(number)d valid", "%(number)d valid", len(valid)) % {"number": len(valid)}
    ending = min(valid, key=lambda consent: consent.valid_until or date.max)
    if ending.valid_until is None:
        return Fact(_("Consents"), value)
    note = _("%(partner)s until %(day)s") % {"partner": ending.partner.label, "day": day(ending.valid_until)}
    return Fact(_("Consents"), value, note)


def _representatives(seen: CaseInView, *, today: date) -> list[Fact]:
    """Name who acts for the client, in what and how long; of a paper whose last day has passed it is asked."""
    is_dead = seen.client_has_died
    standing = [found for found in seen.representations if is_dead or found.ended_on is None]
    return [_representative(found, is_dead=is_dead, today=today) for found in standing]


def _representative(found: Representation, *, is_dead: bool, today: date) -> Fact:
    label = found.get_kind_display()
    if is_dead:
        return Fact(label, found.person.name, _("The task ended when the client died."))
    notes = [terms_told(found)]
    if found.terms.is_over(today):
        notes.append(_("the last day has passed: ask whether it goes on"))
    if not is_reachable(found.person):
        notes.append(_("not to be contacted"))
    return Fact(label, found.person.name, " · ".join(notes))


def _tabs(seen: CaseInView) -> list[Tab]:
    return [
        Tab(
            tab.label,
            reverse(tab.url_name, args=[seen.case.number]),
            getattr(seen, tab.counted) if tab.counted else None,
        )
        for tab in subjects.TABS
    ]
