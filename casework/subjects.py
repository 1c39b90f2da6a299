"""The one table of subjects. Whatever needs a list of all of them reads it here, so a new subject is one row.

A subject is a package of casework, with templates and tests of the same name. These of its modules are found by name:

    urls        `urlpatterns`, read by `casework.urls`
    details     `DETAILS`: what its lines of a timeline say besides their kind; `PAGES`: nouns that have a page
    acts        `ACTIONS`: what the access log calls looks and acts that no timeline tells of
    occasions   `SOURCES`: what its rules ask to be told or done, read by the sweep of `casework.reminders`
    mail_kinds  `MAILS`: what the console calls its mails

The kinds of its lines lie one floor lower, in `timeline/kinds/<subject>.py`, and are found there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tenants.accounts.permissions import Permission
from tenants.navigation import Entry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TODAY, CLIENTS, REFERRALS = "today", "client_list", "referral_list"
APPOINTMENTS, MEETINGS, FIGURES, PHRASES = "appointment_list", "meeting_list", "figure_list", "phrase_list"


@dataclass(frozen=True)
class Tab:
    """A tab of a case; `counted` names the number of `CaseInView` that stands beside it."""

    label: "StrOrPromise"
    url_name: str
    counted: str = ""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One noun of the business. `words` begin the URL names of its pages, which lie under `place` in the navigation."""

    name: str
    words: tuple[str, ...] = ()
    place: str = CLIENTS
    tabs: tuple[Tab, ...] = ()


# In the order of the tabs of a case.
SUBJECTS = (
    Subject(name="overview", words=("case",), tabs=(Tab(_("Overview"), "case"), Tab(_("Timeline"), "case_timeline"))),
    Subject(
        name="situation",
        words=("situation", "mapping", "network", "target"),
        tabs=(Tab(_("Situation"), "case_situation"),),
    ),
    Subject(name="descriptions", words=("description", "ability"), tabs=(Tab(_("Work ability"), "case_ability"),)),
    Subject(name="assessments", words=("assessment", "instrument")),
    Subject(
        name="visits",
        words=("appointment", "calendar"),
        place=APPOINTMENTS,
        tabs=(Tab(_("Visits"), "case_visits"),),
    ),
    Subject(name="statements", words=("statement",)),
    Subject(
        name="meetings",
        words=("meeting", "agenda", "minutes"),
        place=MEETINGS,
        tabs=(Tab(_("Team meetings"), "case_meetings"),),
    ),
    Subject(name="case_tasks", words=("task",), tabs=(Tab(_("Tasks"), "case_tasks"),)),
    Subject(
        name="applications",
        words=("application",),
        tabs=(Tab(_("Applications"), "case_applications", "application_count"),),
    ),
    Subject(name="care_referrals", words=("care",)),
    Subject(name="sickness_days", words=("sickness", "jobseeker")),
    Subject(name="continuations", words=("continuation",)),
    Subject(name="decisions", words=("decision", "coverage")),
    Subject(name="letters"),
    Subject(name="appeals", words=("appeal", "brought")),
    Subject(name="removals", words=("removal",)),
    Subject(name="portfolio", words=("benefit",)),
    Subject(name="readings", words=("reading",)),
    Subject(name="documents", words=("document",), tabs=(Tab(_("Documents"), "case_documents", "document_count"),)),
    Subject(name="services", words=("service",), tabs=(Tab(_("Logged work"), "case_services"),)),
    Subject(name="clients", words=("client", "illness"), tabs=(Tab(_("Basic details"), "case_basics"),)),
    Subject(name="cases", words=("case", "note", "participant")),
    Subject(name="representatives", words=("representative",)),
    Subject(name="consents", words=("consent", "disclosure")),
    Subject(name="endings", words=("end", "closing")),
    Subject(name="feedback", words=("feedback",)),
    Subject(name="withdrawals", words=("withdrawal",)),
    Subject(name="referrals", words=("referral",), place=REFERRALS),
    Subject(name="reminders"),
    Subject(name="phrases", words=("phrase",), place=PHRASES),
    Subject(name="figures", words=("figure",), place=FIGURES),
)


def _covers(place: str) -> tuple[str, ...]:
    return tuple(word for subject in SUBJECTS if subject.place == place for word in subject.words)


NAVIGATION = (
    Entry(_("Today"), TODAY, "calendar-check", Permission.SEE_CASE),
    Entry(_("Clients"), CLIENTS, "users", Permission.SEE_CASE, _covers(CLIENTS)),
    Entry(_("Referrals"), REFERRALS, "inbox", Permission.ACCEPT_REFERRAL, _covers(REFERRALS)),
    Entry(_("Appointments"), APPOINTMENTS, "calendar-days", Permission.SEE_CASE, _covers(APPOINTMENTS)),
    Entry(_("Team meetings"), MEETINGS, "users-round", Permission.SEE_CASE, _covers(MEETINGS)),
    Entry(_("Phrases"), PHRASES, "quote", Permission.WRITE_PHRASES, _covers(PHRASES)),
    Entry(_("Figures"), FIGURES, "scale", Permission.CORRECT_FIGURES, _covers(FIGURES)),
)
TABS = tuple(tab for subject in SUBJECTS for tab in subject.tabs)


def modules(kind: str) -> Iterator[ModuleType]:
    """Import the modules of a kind (`details`, `acts`, …) that the subjects have."""
    for subject in SUBJECTS:
        name = f"casework.{subject.name}.{kind}"
        if find_spec(name) is not None:
            yield import_module(name)


def gathered(kind: str, table: str) -> dict[str, Any]:
    """Put the tables of one name together, from the modules of a kind.

    Raises:
        ValueError: two subjects have the same key.
    """
    found: dict[str, Any] = {}
    for module in modules(kind):
        rows = getattr(module, table)
        if twice := found.keys() & rows.keys():
            raise ValueError(f"{module.__name__}.{table} has {sorted(twice)} a second time.")
        found |= rows
    return found
