"""The side navigation and the frame around every page, from one table per side. A context processor."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.accounts.second_factor import is_verified
from tenants.accounts.sessions import clock


class Entry(NamedTuple):
    """A place of the navigation; `covers` are first words of the URL names of the pages that belong to it."""

    label: Promise
    url_name: str
    icon: str
    permission: Permission
    covers: tuple[str, ...] = ()


PORTAL_NAVIGATION = (
    Entry(_("Today"), "today", "calendar-check", Permission.SEE_CASE),
    Entry(
        _("Clients"),
        "client_list",
        "users",
        Permission.SEE_CASE,
        (
            "client",
            "case",
            "illness",
            "application",
            "decision",
            "coverage",
            "appeal",
            "task",
            "note",
            "document",
            "mapping",
            "network",
            "consent",
            "disclosure",
            "assessment",
            "instrument",
            "statement",
            "description",
        ),
    ),
    Entry(_("Referrals"), "referral_list", "inbox", Permission.ACCEPT_REFERRAL, ("referral",)),
    Entry(_("Appointments"), "appointment_list", "calendar-days", Permission.SEE_CASE, ("appointment", "calendar")),
    Entry(_("Team meetings"), "meeting_list", "users-round", Permission.SEE_CASE, ("meeting", "agenda", "minutes")),
    Entry(_("People"), "people", "user-cog", Permission.MANAGE_PEOPLE, ("person", "invitation")),
    Entry(_("Access log"), "access_log", "scroll-text", Permission.READ_ACCESS_LOG, ("access",)),
)
CONSOLE_NAVIGATION = (
    Entry(_("Municipalities"), "municipality_list", "landmark", Permission.MANAGE_MUNICIPALITIES, ("municipality",)),
    Entry(
        _("Contracts"),
        "contract_list",
        "file-pen-line",
        Permission.MANAGE_CONTRACTS,
        ("contract", "price", "seller"),
    ),
    Entry(_("Months"), "month_list", "calendar-days", Permission.SEE_BILLING, ("month",)),
    Entry(_("Invoices"), "invoice_list", "receipt-text", Permission.SEE_BILLING, ("invoice",)),
    Entry(_("Outgoing mail"), "mail_list", "mail", Permission.SEE_MAIL, ("mail",)),
    Entry(_("Jobs"), "job_list", "list-checks", Permission.SEE_JOBS, ("job",)),
    Entry(_("People"), "people", "user-cog", Permission.MANAGE_PEOPLE, ("person", "invitation")),
)


class Count(NamedTuple):
    """A number beside an entry; `note` says to screen readers what it counts, tone is "" or "danger"."""

    number: int
    note: str
    tone: str = ""


@dataclass(frozen=True)
class Item:
    """An entry as one person sees it on one page: `current` is "", "page" or "true" (a page below it)."""

    label: Promise
    url: str
    icon: str
    current: str
    count: Count | None


type Counter = Callable[[HttpRequest], Count | None]
_counters: dict[str, Counter] = {}


def count_with(url_name: str, counter: Counter) -> None:
    """Let an upper floor show a number beside an entry; called once from its AppConfig.ready."""
    _counters[url_name] = counter


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give every template its frame: municipality, side of the house, navigation."""
    municipality = getattr(request, "municipality", None)
    person = _person_let_in(request)
    return {
        "municipality": municipality,
        "languages": settings.LANGUAGES,  # each by its own name
        "shell_template": "console.html" if municipality is None else "portal.html",
        "navigation": _navigation(request, person) if person else [],
        "session_clock": clock(request) if person else None,
        "can_search": municipality is not None and person is not None and person.has(Permission.SEE_CASE),
    }


def _person_let_in(request: HttpRequest) -> User | None:
    user = getattr(request, "user", None)
    if isinstance(user, User) and (settings.SECOND_FACTOR_OFF or is_verified(request)):
        return user
    return None


def _navigation(request: HttpRequest, person: User) -> list[Item]:
    table = CONSOLE_NAVIGATION if getattr(request, "municipality", None) is None else PORTAL_NAVIGATION
    return [_item(request, entry) for entry in table if person.has(entry.permission)]


def _item(request: HttpRequest, entry: Entry) -> Item:
    counter = _counters.get(entry.url_name)
    return Item(
        label=entry.label,
        url=reverse(entry.url_name, urlconf=getattr(request, "urlconf", None)),
        icon=entry.icon,
        current=_current(request, entry),
        count=counter(request) if counter else None,
    )


def _current(request: HttpRequest, entry: Entry) -> str:
    here = (request.resolver_match.url_name or "") if request.resolver_match else ""
    if here == entry.url_name:
        return "page"
    return "true" if here.split("_")[0] in entry.covers else ""
