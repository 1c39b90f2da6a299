"""The side navigation and the frame around every page, from a table per side that upper floors add to."""

from collections.abc import Callable, Sequence
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


_PEOPLE = Entry(_("People"), "people", "user-cog", Permission.MANAGE_PEOPLE, ("person", "invitation", "role"))
_places: dict[str, tuple[Entry, ...]] = {
    "portal": (
        _PEOPLE,
        Entry(_("Access log"), "access_log", "scroll-text", Permission.READ_ACCESS_LOG, ("access",)),
    ),
    "console": (
        Entry(
            _("Municipalities"), "municipality_list", "landmark", Permission.MANAGE_MUNICIPALITIES, ("municipality",)
        ),
        Entry(_("Outgoing mail"), "mail_list", "mail", Permission.SEE_MAIL, ("mail",)),
        Entry(_("Jobs"), "job_list", "list-checks", Permission.SEE_JOBS, ("job",)),
        _PEOPLE,
    ),
}
_searches: dict[str, str] = {}


def add_places(side: str, entries: Sequence[Entry], *, after: str = "", search: str = "") -> None:
    """Let an upper floor add its places to a side, first or behind one; called once from its AppConfig.ready.

    `search` is the URL name to which the search box at the top sends.
    """
    known = _places[side]
    at = [entry.url_name for entry in known].index(after) + 1 if after else 0
    _places[side] = (*known[:at], *entries, *known[at:])
    if search:
        _searches[side] = search


def places(side: str) -> tuple[Entry, ...]:
    """All places of a side, in their order."""
    return _places[side]


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
        "search_url": _search_url(request, person),
    }


def _person_let_in(request: HttpRequest) -> User | None:
    user = getattr(request, "user", None)
    if isinstance(user, User) and (settings.SECOND_FACTOR_OFF or is_verified(request)):
        return user
    return None


def _search_url(request: HttpRequest, person: User | None) -> str:
    """Where the search box sends; empty for those who search nothing."""
    search = _searches.get(_side(request), "")
    if not search or person is None or not person.has(Permission.SEE_CASE):
        return ""
    return reverse(search, urlconf=getattr(request, "urlconf", None))


def _navigation(request: HttpRequest, person: User) -> list[Item]:
    return [_item(request, entry) for entry in places(_side(request)) if person.has(entry.permission)]


def _side(request: HttpRequest) -> str:
    return "console" if getattr(request, "municipality", None) is None else "portal"


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
