"""The line to the database, on which the n-th word goes wrong in one of several ways.

psycopg waits in one place for every answer of the server: of a statement, of the switch of municipality, of the end of
a transaction. Each is one word here, and each fault is the server's own answer, or its silence.
"""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from types import GeneratorType
from typing import Any
from unittest import mock

import psycopg
from psycopg.pq import TransactionStatus

from tenants.database.current import connection as ours
from tests.databases import as_superuser

type Line = psycopg.Connection[Any]
type Asked = GeneratorType[Any, Any, Any]
type Way = Callable[[Line, Asked], Any]
type Kind = tuple[Way, ...]  # each next word goes wrong in the next of them

_wait = psycopg.Connection.wait
COMMIT, ROLLBACK = "_commit_gen", "_rollback_gen"
GONE = "server closed the connection unexpectedly"


@dataclass
class Fault:
    """One that was planted: `said` are the words up to the end of what was run."""

    number: int
    said: list[str] = field(default_factory=list)

    @property
    def word(self) -> str:
        return self.said[self.number - 1]


@contextmanager
def fault_at(number: int, kind: Kind) -> Iterator[Fault]:
    """Let one word of this thread's connection go wrong; 0 is none, and counts them."""
    fault = Fault(number)

    def wait(line: Line, asked: Asked, *words: Any, **options: Any) -> Any:
        if line is not ours.connection or not _is_said(line, asked):
            return _wait(line, asked, *words, **options)
        fault.said.append(_text(asked))
        if len(fault.said) != number:
            return _wait(line, asked, *words, **options)
        way = way_of(number, kind)
        if way is away:
            nowhere.enter_context(mock.patch.object(psycopg, "connect", side_effect=psycopg.OperationalError(GONE)))
        return way(line, asked)

    with ExitStack() as nowhere, mock.patch.object(psycopg.Connection, "wait", wait):
        yield fault


def way_of(number: int, kind: Kind) -> Way:
    """Tell in which way of a kind a word goes wrong."""
    return kind[number % len(kind)]


def cut(line: Line, asked: Asked) -> Any:
    """The line is cut; the server has not heard the word."""
    _hang_up(line)
    return _wait(line, asked)


def away(line: Line, asked: Asked) -> Any:
    """The same, and nobody connects again before all is over."""
    return cut(line, asked)


def ended(line: Line, asked: Asked) -> Any:
    """The server ends the session, as when it starts again."""
    with as_superuser() as superuser:
        superuser.execute("select pg_terminate_backend(%s, 5000)", [line.info.backend_pid])
    return _wait(line, asked)


def unheard(line: Line, asked: Asked) -> Any:
    """The server does what it is told, and the line is cut before its answer."""
    _wait(line, asked)
    _hang_up(line)
    with suppress(psycopg.Error):
        line.pgconn.exec_(b"select")
    raise psycopg.OperationalError(GONE)


def cancelled(line: Line, asked: Asked) -> Any:
    """The statement is cancelled: it took too long, or somebody wanted the table."""
    return _refused(line, asked, b"query_canceled")


def broken(line: Line, asked: Asked) -> Any:
    """The statement breaks a constraint."""
    return _refused(line, asked, b"unique_violation")


LOST: Kind = (cut, away, ended)  # before the word is heard
KINDS: tuple[Kind, ...] = (LOST, (unheard,), (cancelled,), (broken,))


def _refused(line: Line, asked: Asked, condition: bytes) -> Any:
    """Let the server refuse something else in its place, so that transaction and session are as they would be."""
    if asked.__name__ == ROLLBACK:  # which no server refuses
        return _wait(line, asked)
    is_idle = line.pgconn.transaction_status == TransactionStatus.IDLE
    if asked.__name__ == COMMIT:
        line.pgconn.exec_(b"rollback")
    elif is_idle and not line.autocommit:
        line.pgconn.exec_(b"begin")
    asked.close()
    answer = line.pgconn.exec_(b"do $$ begin raise " + condition + b"; end $$")
    raise psycopg.errors.error_from_result(answer)


def _hang_up(line: Line) -> None:
    with socket.socket(fileno=os.dup(line.pgconn.socket)) as end:
        end.shutdown(socket.SHUT_RDWR)


def _is_said(line: Line, asked: Asked) -> bool:
    """Tell whether this goes to the server: settings of the driver do not, nor does the end of no transaction."""
    if asked.__name__ in {COMMIT, ROLLBACK}:
        return line.pgconn.transaction_status != TransactionStatus.IDLE
    return not asked.__name__.startswith("_set_")


def _text(asked: Asked) -> str:
    frame = asked.gi_frame
    query = frame.f_locals.get("query", "") if frame else ""
    return str(query)[:100] or asked.__name__
