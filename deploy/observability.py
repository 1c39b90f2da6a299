"""Logging and errors: every line and every event carries its municipality, nothing carries a client.

The settings import this module, so it knows no models. Health is in deploy.health.
"""

import json
import logging
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import sentry_sdk
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.types import Event, Hint

from tenants import tracing
from tenants.keys.sealing import EncryptionError
from tenants.scrubbing import LEFT_OUT, scrubbed

NAMES_PLACES_ONLY = (ImproperlyConfigured, EncryptionError)  # what they say is ours, and about no client
LONG_ENOUGH = 8  # letters of what an error says, to be sought elsewhere in its line

OF_PROTOCOL = ("event_id", "timestamp", "level", "platform", "release", "environment", "sdk")  # no client is in them
OF_EVENT = ("logger", "transaction")
OF_EXCEPTION = ("type", "module")
OF_FRAME = (
    "filename", "abs_path", "function", "module", "lineno", "in_app", "pre_context", "context_line", "post_context",
)  # fmt: skip


# --- log lines ----------------------------------------------------------------------------------------------------


class PlaceFilter(logging.Filter):
    """Gives every log line the municipality it belongs to, and the id of the request or task that it is about."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.municipality = getattr(connection, "schema_name", None) or "-"
        record.trace = tracing.current() or "-"
        return True


class AnswerFilter(logging.Filter):
    """Gives a line of gunicorn's access log, which is written when the request is over, the id in its answer's head."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, Mapping):
            record.trace = record.args["{x-request-id}o"]
        return True


class JsonLines(logging.Formatter):
    """Writes a line as JSON, of named parts only: what libraries hang on their records (requests, arguments) stays out.

    This is why no library writes it: theirs take along whatever is there.
    """

    def format(self, record: logging.LogRecord) -> str:
        super().format(record)  # lays message and traceback ready, scrubbed
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "municipality": getattr(record, "municipality", "-"),
            "trace": getattr(record, "trace", "-"),
            "message": record.message,
        }
        return json.dumps({**line, "traceback": record.exc_text} if record.exc_text else line)


class ScrubbedRecord(logging.LogRecord):
    """Says nothing that nobody may read, its traceback neither, to whatever handler of whatever logger asks.

    The web server, Celery and Django's own loggers have handlers and formatters that we do not set. What an error says
    is left out: most quote what they stumbled over, and nobody can tell a name from another word.
    """

    def __init__(self, *known: Any, **more: Any) -> None:
        super().__init__(*known, **more)
        self.msg = _told(self.msg)
        if isinstance(self.args, tuple):
            self.args = tuple(map(_told, self.args))

    def getMessage(self) -> str:  # noqa: N802 (logging's name)
        text = super().getMessage()
        for error in _errors(self):
            for said in (repr(error), str(error)):
                is_told = len(said) < LONG_ENOUGH or said in named(error)
                text = text if is_told else text.replace(said, named(error))
        return scrubbed(text)

    @property
    def exc_text(self) -> str | None:
        """The traceback, as every formatter keeps it here before it writes it."""
        return self._exc_text

    @exc_text.setter
    def exc_text(self, text: str | None) -> None:
        self._exc_text = scrubbed("\n\nand then\n\n".join(map(_traceback, _errors(self))) or text) if text else text


def named(error: BaseException) -> str:
    """Name an error by its kind, and where it happened in the database or the operating system."""
    return f"{type(error).__module__}.{type(error).__qualname__}: {_place(error)}"


def _place(error: BaseException) -> str:
    if isinstance(error, NAMES_PLACES_ONLY):
        return str(error)
    if diag := getattr(error, "diag", None):  # psycopg's
        names = (diag.sqlstate, diag.schema_name, diag.table_name, diag.column_name, diag.constraint_name)
        return " ".join(filter(None, names)) or LEFT_OUT
    return getattr(error, "strerror", None) or LEFT_OUT


def _told(value: Any) -> Any:
    return named(value) if isinstance(value, BaseException) else value


def _errors(record: logging.LogRecord) -> list[BaseException]:
    """The error of a line and those it came from, the first one first."""
    error = record.exc_info[1] if record.exc_info else None
    return list(_behind(error))[::-1]


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    seen = set[int]()
    while error is not None and id(error) not in seen:
        yield error
        seen.add(id(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _traceback(error: BaseException) -> str:
    """Write from where an error came: lines of code, and no values."""
    return f"Traceback (most recent call last):\n{''.join(traceback.format_tb(error.__traceback__))}{named(error)}"


# --- errors -------------------------------------------------------------------------------------------------------


def start_sentry(*, dsn: str, release: str) -> None:
    """Report errors from now on: where in the code and in which municipality, and nothing of what it was about."""
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        integrations=[DjangoIntegration(transaction_style="function_name", middleware_spans=False)],
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_breadcrumb=lambda crumb, hint: None,
        before_send=only_what_is_safe,
        before_send_transaction=lambda event, hint: None,
        auto_session_tracking=False,
    )


def only_what_is_safe(event: Event, hint: Hint) -> Event:
    """Build the event anew from parts that hold code and names only.

    Left out: request, user, extra, contexts, breadcrumbs, and what an exception says, which may quote its data.
    """
    safe: dict[str, Any] = _only(event, OF_EVENT)
    safe["tags"] = _tags(event)
    if "logentry" in event:
        safe["logentry"] = {"message": event["logentry"].get("message", "")}  # without what was filled in
    if "exception" in event:
        safe["exception"] = {"values": [_exception(value) for value in event["exception"]["values"]]}
    return {**_only(event, OF_PROTOCOL), **_deeply_scrubbed(safe)}  # type: ignore[typeddict-item]


def _tags(event: Event) -> dict[str, str]:
    """Say where it happened: the schema one is inside of, and the municipality that a task was for."""
    place = {"municipality": getattr(connection, "schema_name", None) or "-"}
    key = (event.get("tags") or {}).get("municipality_id") or ""  # set by tasks.app
    return {**place, "municipality_id": key} if key.isdigit() else place


def _exception(value: Mapping[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames", [])
    return {**_only(value, OF_EXCEPTION), "stacktrace": {"frames": [_only(frame, OF_FRAME) for frame in frames]}}


def _only(values: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _deeply_scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        return scrubbed(value)
    if isinstance(value, Mapping):
        return {key: _deeply_scrubbed(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_deeply_scrubbed(part) for part in value]
    return value
