"""Doing a flow with a fault at each of its words, and judging what it answered and left behind."""

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import close_old_connections
from lxml import html

from casework.documents import strays
from tenants.database.current import connection
from tenants.scope import in_municipality
from tests.bench.visiting import Answer, Visitor
from tests.faults.books import Books, Change
from tests.faults.flows import Flow
from tests.faults.line import LOST, Kind, fault_at, way_of

# Who came, which run began, and when to look again: written whatever becomes of it. What is due has tests of its own.
OWN_BOOKS = {"django_session", "caching_cachedvalue", "tenants_jobrun", "tenants_duework"}
LOG = "audit_accessentry"
ERRORS = {500, 503}
KEYS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+")


@dataclass(frozen=True)
class Whole:
    """A flow without a fault: its answer, what it writes, and how many words it says to the database."""

    shape: tuple[Any, ...]
    change: Change
    words: int


@dataclass
class Trial:
    """A house as it was, to which everything is brought back after each run, and the neighbour who looks in between.

    `own` is a word of the neighbour's pages, `others` are words that nobody but Kaavi may read.
    """

    books: Books
    files: Path
    mails: Path
    neighbour: Visitor
    own: str
    others: Sequence[str]
    faults: int = 0
    bad: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._known_files = {path for path in self.files.rglob("*") if path.is_file()}

    def whole(self, flow: Flow) -> Whole:
        """Do it twice without a fault, the second time with everything warm."""
        for _turn in range(2):
            answer, words = self._run(flow, 0, LOST)
            assert answer is not None, flow.name
            assert answer.status == flow.status, f"{flow.name} answers {answer.status}"
            change = self.books.change()
            assert flow.writes <= change.keys(), f"{flow.name} writes {change}"
            self._tidy(change)
            whole = Whole(shape_of(answer), judged(change), len(words))
        return whole

    def each_word(self, flow: Flow, kinds: Sequence[Kind], *, every: int = 1) -> int:
        """Let every word of a flow go wrong in each way; answer how many words it has."""
        whole = self.whole(flow)
        for kind in kinds:
            number = 1
            while self._try(flow, whole, number, kind):
                number += every
        return whole.words

    def _try(self, flow: Flow, whole: Whole, number: int, kind: Kind) -> bool:
        """Tell whether there was such a word: after a new connection there is one less."""
        answer, words = self._run(flow, number, kind)
        if len(words) < number:
            self._tidy(self.books.change())
            return False
        self.faults += 1
        where = f"{flow.name}, word {number} ({words[number - 1]}), {way_of(number, kind).__name__}"
        self.bad += [f"{where}: {what}" for what in self._faults_of_run(flow, whole, answer)]
        change = self.books.change()
        self.bad += [f"{where}: {what}" for what in self._faults_of_change(flow, whole, judged(change))]
        if is_refused(flow, answer) and without_log(judged(change)):
            self.bad.append(f"{where}: says that it could not, and has written {change}")
        self._tidy(change)
        return True

    def _run(self, flow: Flow, number: int, kind: Kind) -> tuple[Answer | None, list[str]]:
        """Do it; no answer is a task that failed."""
        with fault_at(number, kind) as fault:
            try:
                return flow.run(), fault.said
            except Exception:
                if flow.again is None or not number:
                    raise
                return None, fault.said
            finally:
                if flow.again:  # as a worker does between two tasks
                    connection.leave()
                    close_old_connections()

    def _faults_of_run(self, flow: Flow, whole: Whole, answer: Answer | None) -> Iterator[str]:
        if connection.tenant is not None or connection.schema_name is not None:
            yield f"the connection stays in {connection.schema_name}"
        if flow.again:  # first: the neighbour's look is written down, and would be sealed
            flow.again()
            connection.leave()
        yield from self._looked_at_by_the_neighbour()
        if not flow.again and answer is not None:
            yield from self._faults_of_answer(flow, whole, answer)

    def _faults_of_change(self, flow: Flow, whole: Whole, change: Change) -> Iterator[str]:
        if flow.again and without_log(change) != without_log(whole.change):
            yield f"done again it has written {change}, whole it writes {whole.change}"
        elif not flow.again and without_log(change) not in ({}, without_log(whole.change)):
            yield f"written by halves: {change}, whole it is {whole.change}"
        elif not flow.again:
            yield from _faults_of_log(whole, change)
        if not without_log(change):
            if self._pieces():
                self._forget_strays()
            yield from (f"the file {name} is left" for name in self._pieces())

    def _faults_of_answer(self, flow: Flow, whole: Whole, answer: Answer) -> Iterator[str]:
        text = answer.body.decode(errors="replace")
        if self.own in text:
            yield "shows the neighbour's"
        if answer.status in ERRORS:
            if not text.rstrip().endswith("</html>"):
                yield f"half an error page: {text[-40:]!r}"
            yield from (f"the error page tells {word}" for word in self.others if word in text)
        elif shape_of(answer) != whole.shape and not is_refused(flow, answer):
            yield f"neither an error nor right: {answer.status} {answer.headers.get('Location', '')} {text[:200]!r}"

    def _looked_at_by_the_neighbour(self) -> Iterator[str]:
        answer = self.neighbour.open("/clients/")
        text = answer.body.decode(errors="replace")
        if answer.status != 200 or self.own not in text:
            yield f"the neighbour's next page answers {answer.status}"
        yield from (f"the neighbour reads {word}" for word in self.others if word in text)

    def _forget_strays(self) -> None:
        """Do what an operator does now and then: a file is written before its row is saved for good."""
        with in_municipality("kaavi"):
            strays.forget()
        connection.leave()

    def _pieces(self) -> list[str]:
        return [path.name for path in self.files.rglob("*") if path.is_file() and path not in self._known_files]

    def _tidy(self, change: Change) -> None:
        self.books.put_back(change)
        for path in self.files.rglob("*"):
            if path.is_file() and path not in self._known_files:
                path.unlink()
        for path in self.mails.rglob("*"):
            if path.is_file():
                path.unlink()


def is_refused(flow: Flow, answer: Answer | None) -> bool:
    """Tell whether a form came back with a sentence: what breaks a constraint may be somebody else's row."""
    return answer is not None and (flow.status, answer.status) == (302, 200) and b'id="error-summary"' in answer.body


def _faults_of_log(whole: Whole, change: Change) -> Iterator[str]:
    """The log tells of what was done and of nothing else; a look may be in it whose page failed."""
    told, is_done = _told(change), bool(without_log(change))
    if without_log(whole.change) and is_done and told != _told(whole.change):
        yield f"done, and the log says {told} of {_told(whole.change)}"
    if without_log(whole.change) and not is_done and told >= _told(whole.change) > 0:
        yield f"the log tells of what was not done: {told}"


def _told(change: Change) -> int:
    return sum(rows for name, rows in change.items() if name in {f"kaavi.{LOG}", f"public.{LOG}"})


def judged(change: Change) -> Change:
    """What was written besides who came."""
    return {name: rows for name, rows in change.items() if name.partition(".")[2] not in OWN_BOOKS}


def without_log(change: Change) -> Change:
    """A look is written down before the page that it opens."""
    return {name: rows for name, rows in change.items() if name.partition(".")[2] != LOG}


def shape_of(answer: Answer) -> tuple[Any, ...]:
    """What an answer says, without keys of rows and of forms."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    leads_to = KEYS.sub("#", answer.headers.get("Location", ""))
    if kind == "text/html" and answer.body:
        page: Any = html.fromstring(answer.body)
        text = " ".join(page.text_content().split())
    elif kind == "application/pdf":
        text = f"{answer.body.startswith(b'%PDF')} {answer.body.rstrip().endswith(b'%%EOF')}"
    else:
        text = KEYS.sub("#", answer.body.decode(errors="replace"))
    return answer.status, leads_to, kind, text


@contextmanager
def quiet() -> Iterator[None]:
    """Every fault would be told with its traceback."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
