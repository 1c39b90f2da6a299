"""Many coordinators' clients from one's: the rows that real actions wrote, again under new keys, names and numbers.

A copy holds what the same actions would have written for other clients: every reference leads to the copy's own rows,
sealed values are sealed anew for their rows, numbers go on from the last, the access log goes on in its chain. Only the
files of documents are not copied: no measured page opens one.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.base import ModelState

from casework.clients.identity import identity_index
from casework.models import Case, CaseCounter, Client, Draft
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.audit.models import AccessEntry
from tests.bench.population import code_of, last_name_of
from tests.people import person

type Rows = dict[type[models.Model], list[Any]]
type Keys = dict[uuid.UUID, uuid.UUID]

NOT_COPIED = {CaseCounter, Draft}
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def multiply(coordinator: User, *, clients: int, times: int) -> None:
    """Copy everything in this municipality, which is one coordinator's, so many times, each for a coordinator."""
    rows = _rows()
    log = _log()
    for turn in range(1, times + 1):
        colleague = person(f"{coordinator.name}{turn}", Role.COORDINATOR)
        with transaction.atomic():
            _copy(rows, log, _Copy(coordinator, colleague, first_client=turn * clients))


class _Copy:
    """One copy: what the new rows are called."""

    def __init__(self, coordinator: User, colleague: User, *, first_client: int) -> None:
        self.users = {coordinator.pk: colleague}
        self.keys: Keys = {coordinator.pk: colleague.pk}
        self.numbers: dict[str, str] = {}
        self.clients = first_client

    def key_of(self, key: Any) -> Any:
        return self.keys.get(key, key)

    def text_of(self, text: str) -> str:
        """Lead the keys in a text (causes of tasks, facts of events) to the copy's rows."""
        return UUID.sub(lambda found: str(self.key_of(uuid.UUID(found[0]))), text) if len(text) >= 36 else text


def _rows() -> Rows:
    found = apps.get_app_config("casework").get_models(include_auto_created=True)
    return {model: list(model._base_manager.order_by(*_order(model))) for model in found if model not in NOT_COPIED}


def _order(model: type[models.Model]) -> tuple[str, ...]:
    return ("created_at", "pk") if hasattr(model, "created_at") else ("pk",)


def _log() -> list[tuple[uuid.UUID, str, list[Subject]]]:
    """Who did what to whom, each act with all its subjects."""
    acts: dict[tuple[uuid.UUID, str], list[Subject]] = defaultdict(list)
    for entry in AccessEntry.objects.order_by("id"):
        acts[entry.actor, entry.action].append(Subject(entry.subject_kind, entry.subject))
    return [(actor, action, subjects) for (actor, action), subjects in acts.items()]


def _copy(rows: Rows, log: Iterable[tuple[uuid.UUID, str, list[Subject]]], made: _Copy) -> None:
    for found in rows.values():
        made.keys.update({row.pk: uuid.uuid4() for row in found if isinstance(row.pk, uuid.UUID)})
    _number(rows[Case], made)
    for model, found in rows.items():
        model._base_manager.bulk_create([_row(row, made) for row in found], batch_size=2000)
    for actor, action, subjects in log:
        by = made.users.get(actor) or User.objects.get(pk=actor)
        access_log.record(by=by, action=action, subjects=[_subject(subject, made) for subject in subjects])


def _number(cases: Iterable[Case], made: _Copy) -> None:
    """Give every case the next number of its year."""
    counters = {counter.year: counter for counter in CaseCounter.objects.all()}
    for case in cases:
        counter = counters[int(case.number[:4])]
        counter.last += 1
        made.numbers[case.number] = f"{counter.year}-{counter.last:04}"
    CaseCounter.objects.bulk_update(counters.values(), ["last"])


def _row(row: Any, made: _Copy) -> Any:
    new = row.__class__.__new__(row.__class__)
    new.__dict__ = {name: value for name, value in row.__dict__.items() if name != "_state"}
    new._state = ModelState()
    for field in row._meta.concrete_fields:
        value = new.__dict__[field.attname]
        if isinstance(field, models.AutoField):
            new.__dict__[field.attname] = None
        elif isinstance(value, uuid.UUID):
            new.__dict__[field.attname] = _uuid(field, value, made)
        elif isinstance(value, str):
            new.__dict__[field.attname] = made.text_of(value)
        elif isinstance(value, dict):
            new.__dict__[field.attname] = {name: _fact(fact, made) for name, fact in value.items()}
    _rename(new, made)
    return new


def _uuid(field: Any, value: uuid.UUID, made: _Copy) -> uuid.UUID:
    is_own = field.unique and not field.primary_key and not field.is_relation  # as the UID of a calendar entry
    return uuid.uuid4() if is_own else made.key_of(value)


def _fact(value: Any, made: _Copy) -> Any:
    return made.text_of(value) if isinstance(value, str) else value


def _rename(row: Any, made: _Copy) -> None:
    if isinstance(row, Case):
        row.number = made.numbers[row.number]
    if isinstance(row, Client):
        row.first_name, row.last_name = f"Etunimi{made.clients}", last_name_of(made.clients)
        row.identity_code = code_of(made.clients)
        row.identity_index = identity_index(row.identity_code)
        made.clients += 1


def _subject(subject: Subject, made: _Copy) -> Subject:
    return Subject(subject.kind, made.numbers.get(subject.key) or made.text_of(subject.key))
