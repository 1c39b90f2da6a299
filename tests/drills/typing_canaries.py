"""Typing canaries into every form that a page of the portal shows, as a browser sends it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from lxml import html

from tenants import identity_code
from tests.browser.furnishing import House
from tests.drills.canaries import Flock
from tests.people import PortalClient
from tests.rules.creating import CREATING
from tests.rules.ground import Ground
from tests.rules.routes import Route, all_routes
from tests.rules.test_routes import in_place
from tests.tenants.uploads import pdf

OF_WORDS = {"text", "search", "email", "tel", "file", ""}  # kinds of inputs
NO_WORDS = re.compile(r"icd10|postal_code|period$|begins$|ends$|_on$|minutes|^on$")  # they are checked
BORN = date(1985, 4, 6)
ENDS_THINGS = re.compile(r"remove|take_back|_off|close|cancel|disable|withdraw|refuse|missed|leave|stop|reset|decline")
FILLED = {str(form): form for form in CREATING}


@dataclass(frozen=True)
class Shown:
    """A form on a page: where it is sent, what it holds, and which of its fields take words."""

    action: str
    holds: dict[str, Any]
    of_words: tuple[str, ...]


@dataclass
class Typist:
    """Goes through the forms of the portal; `answers` counts what became of them.

    `prepares`: what a form needs is made first (tests.rules.creating); a database that refuses every row makes nothing.
    """

    house: House
    flock: Flock
    prepares: bool = True
    after: Callable[[], None] = lambda: None
    answers: Counter[int] = field(default_factory=Counter)

    def type_everywhere(self) -> None:
        """First what writes something new, then what changes it, at last what ends it."""
        routes = [route for route in all_routes() if route.side == "portal" and not route.is_of_allauth]
        for route in sorted(routes, key=lambda route: (bool(ENDS_THINGS.search(route.name)), str(route) not in FILLED)):
            self.type_at(route)

    def type_beside_forms(self) -> None:
        """Search for somebody, and leave a note half written, which a script keeps."""
        browser, number = self.house.browser("portal"), self.house.arguments["portal"]["case_number"]
        browser.post(reverse("client_search"), {"q": self.flock.word("client_search", "q")})
        typed = {"text": self.flock.word("draft_save", "content"), "autosave": "1"}
        place = reverse("note_add", args=[number])
        assert browser.post(reverse("draft_save"), {"place": place, "content": urlencode(typed)}).status_code == 200

    def type_at(self, route: Route) -> None:
        """Fill in the form of an address; words that it does not take are left as they were."""
        ground, browser = Ground(dict(self.house.arguments["portal"])), self.house.browser("portal")
        browser.raise_request_exception = False
        creating = FILLED.get(str(route)) if self.prepares else None
        with in_place("portal"):
            known = creating.fill(ground) if creating else {}
        page = creating.shown_on if creating and creating.shown_on else route.name
        for shown in forms_of(browser, path_of(page, ground), sent_to=path_of(route.name, ground)):
            before = shown.holds | known
            answer = browser.post(shown.action, before | self.words(route.name, shown))
            if wrong := errors_of(answer):
                again = {name: word for name, word in self.words(route.name, shown).items() if name not in wrong}
                answer = browser.post(shown.action, before | again)
            self.after()
            self.answers[answer.status_code] += 1

    def words(self, place: str, shown: Shown) -> dict[str, Any]:
        typed = {name: self.word(place, name) for name in shown.of_words if not NO_WORDS.search(name)}
        return typed | ({"born_on": BORN.isoformat()} if "identity_code" in typed else {})

    def word(self, place: str, name: str) -> Any:
        """A canary that looks as the field wants it."""
        if name.endswith("identity_code"):
            return self.flock.keep(identity_code.artificial(BORN, len(self.flock.typed) % 100), place, name)
        if name.endswith("phone"):
            return self.flock.keep(f"04{len(self.flock.typed):04}73521", place, name)
        word = self.flock.word(place, name)
        if name == "file":
            content = pdf(b"/Lang (%s)" % self.flock.word(place, "content").encode())
            return SimpleUploadedFile(f"{word}.pdf", content, "application/pdf")
        return f"{word}@kaavi.example" if name.endswith("email") else word


def path_of(name: str, ground: Ground) -> str:
    [route] = [route for route in all_routes() if (route.side, route.name) == ("portal", name)]
    arguments = {argument: ground.arguments[argument] for argument, _kind in route.arguments}
    return reverse(name, kwargs=arguments, urlconf="deploy.urls_portal")


def forms_of(browser: PortalClient, path: str, *, sent_to: str) -> Iterator[Shown]:
    """Read the forms of a page that are sent to an address."""
    answer = browser.get(path)
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return
    page: Any = html.fromstring(answer.content)
    for form in page.forms:
        if form.method == "POST" and (form.action or path) == sent_to:
            fields = [one for one in form.inputs if getattr(one, "name", None)]
            holds = dict(form.form_values()) | _chosen(fields)
            yield Shown(sent_to, holds, tuple(one.name for one in fields if _takes_words(one)))


def _takes_words(one: Any) -> bool:
    return one.tag == "textarea" or (one.tag == "input" and (one.get("type") or "") in OF_WORDS)


def _chosen(fields: list[Any]) -> dict[str, str]:
    """Answer what has to be answered: the first of what can be chosen, today, yes."""
    chosen = dict[str, str]()
    for one in fields:
        kind, value = one.get("type"), one.get("value") or ""
        if kind == "radio" and value and not chosen.get(one.name):
            chosen[one.name] = value
        elif one.get("required") is None or kind == "radio" or one.value:
            continue
        elif one.tag == "select":
            chosen[one.name] = next(filter(None, one.value_options), "")
        elif kind in {"date", "checkbox"}:
            chosen[one.name] = timezone.localdate().isoformat() if kind == "date" else value or "on"
    said = {one.name for one in fields if one.get("checked") is not None and one.get("value")}
    return {name: value for name, value in chosen.items() if name not in said}


def errors_of(answer: Any) -> dict[str, Any]:
    form = (answer.context or {}).get("form") if answer.status_code == 200 else None
    return dict(form.errors) if form is not None and form.is_bound else {}
