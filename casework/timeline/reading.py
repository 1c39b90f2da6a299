"""Reading a case's timeline: its events, and the mails of the outbox that are about it, newest first, in one query."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db.models import (
    BinaryField,
    CharField,
    DateField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, JSONObject, TruncDate

from casework.models import Case, Correction, Event
from casework.timeline.kinds.kind import GROUPS, MAIL
from casework.timeline.writing import noun
from tenants.display import HELSINKI
from tenants.encryption import Sealed
from tenants.mail.models import OutgoingEmail
from tenants.prepared import Prepared

COLUMNS = ("written", "on", "at", "kind", "who", "about_kind", "about_id", "facts", "later")


@dataclass(frozen=True)
class Line:
    """One line of a timeline: an event with its words, or a mail (kind "mail", subject and state in its facts)."""

    on: date
    at: datetime
    kind: str
    who: str
    about_kind: str
    about_id: uuid.UUID | None
    facts: dict[str, Any]
    later: str  # what became of the thing itself: corrected, removed, or nothing
    words: str


def latest(case: Case, *, without: str = "", limit: int = 8) -> list[Line]:
    """The newest lines, without those of one group when it is named."""
    return _lines(_latest(without, limit)(case=case.pk, number=case.number))


@cache
def _latest(without: str, limit: int) -> Prepared[dict[str, Any]]:
    def newest(*, case: uuid.UUID, number: str) -> QuerySet[Any, dict[str, Any]]:
        return _rows(case, number, without=without)[:limit]

    return Prepared(newest)


def page(case: Case, *, group: str = "", number: str | None = None, size: int = 30) -> tuple[list[Line], Page[Any]]:
    """One page of the whole timeline, and the page for the links; a number that is no page is the nearest one."""
    shown = Paginator(_rows(case.pk, case.number, group=group), size).get_page(number)
    return _lines(shown), shown


def _rows(case: uuid.UUID, number: str, *, group: str = "", without: str = "") -> QuerySet[Any, dict[str, Any]]:
    """Events and mails as rows of the same columns; `written` orders what happened at one moment."""
    rows = _events(case, {"group": group} if group in GROUPS else {}, without)
    if group == MAIL.group or group not in GROUPS:
        rows = rows.union(_mails(number), all=True)
    return rows.order_by("-on", "-at", "-written")


def _events(case: uuid.UUID, asked: dict[str, str], without: str) -> QuerySet[Any, dict[str, Any]]:
    events = Event.objects.filter(case=case, **asked).exclude(group=without).order_by()
    known = {"written": F("created_at"), "who": Coalesce("by__name", Value("")), "later": _later()}
    rows: QuerySet[Any, dict[str, Any]] = events.annotate(**known, **_words()).values(*COLUMNS, *_words())
    return rows


def _mails(number: str) -> QuerySet[Any, dict[str, Any]]:
    nothing = Cast(Value(None, output_field=BinaryField()), BinaryField())
    known = {
        "written": F("created_at"),
        "on": TruncDate("created_at", tzinfo=HELSINKI, output_field=DateField()),
        "at": F("created_at"),
        "kind": Value(MAIL.group, output_field=CharField()),
        "who": Coalesce("to__name", "to_email", output_field=CharField()),
        "about_kind": Value("", output_field=CharField()),
        "about_id": Cast(Value(None, output_field=UUIDField()), UUIDField()),
        "facts": JSONObject(subject=F("subject"), state=F("state")),
        "later": Value("", output_field=CharField()),
        **dict.fromkeys(_words(), nothing),
    }
    mails = OutgoingEmail.objects.filter(about=number).order_by()
    rows: QuerySet[Any, dict[str, Any]] = mails.annotate(**known).values(*COLUMNS, *_words())
    return rows


def _later() -> Coalesce:
    after = Correction.objects.filter(about_id=OuterRef("about_id"), at__gt=OuterRef("at"))
    newest = after.order_by("-replaced_version").values("act")
    return Coalesce(Subquery(newest[:1]), Value(""), output_field=CharField())


@cache
def told_of() -> dict[type[Any], str]:
    """Whose words a line shows: a model names the field itself, as `WORDS`. Only what is shown is opened."""
    models: list[Any] = list(apps.get_app_config("casework").get_models())
    return {model: model.WORDS for model in models if hasattr(model, "WORDS")}


def _words() -> dict[str, Subquery]:
    return {
        f"words_of_{noun(model)}": Subquery(model.objects.filter(pk=OuterRef("about_id")).values(field)[:1])
        for model, field in told_of().items()
    }


def _lines(rows: Iterable[dict[str, Any]]) -> list[Line]:
    return [Line(**{name: row[name] for name in COLUMNS if name != "written"}, words=_opened(row)) for row in rows]


def _opened(row: dict[str, Any]) -> str:
    sealed = row.get(f"words_of_{row['about_kind']}")
    return sealed.opened(row["about_id"]) if isinstance(sealed, Sealed) else ""
