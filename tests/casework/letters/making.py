"""Puts letters into cases, and lets them be read here instead of in a process of their own, which takes a while."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from unittest import mock

from casework.documents import actions as documents
from casework.letters import actions as letters
from casework.letters import child, reading
from casework.letters.reading import Asked
from casework.models import Case, Document, Letter
from tenants import files
from tenants.accounts.models import User
from tests.casework.letters import samples
from tests.conftest import NOON


def a_letter(
    case: Case, content: bytes, *, by: User, name: str = "päätös.pdf", at: datetime = NOON, **details: Any
) -> Document:
    """Add the file of a decision to a case."""
    file = files.check_upload(io.BytesIO(content), name)
    known: dict[str, Any] = {"kind": "decision", "title": "", "dated_on": date(2026, 11, 20)}
    return documents.add(case=case, file=file, **known | details, by=by, at=at)


@contextmanager
def read_here() -> Iterator[mock.Mock]:
    """Read letters in this process, with the very code of the child."""

    def answered(asked: Asked) -> Mapping[str, Any]:
        return child.answer(reading.told(asked), asked.content)

    with mock.patch.object(reading, "read", side_effect=answered) as read:
        yield read


def read_all(*, at: datetime = NOON) -> int:
    """Read what waits."""
    with read_here():
        return letters.read_waiting(at=at)


def letter_of(document: Document) -> Letter:
    return Letter.objects.get(document=document)


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, Any]:
    """A letter that was read and that no decision names yet."""
    client = case.client
    text = samples.KELA.replace("Meikäläinen Matti", client.name).replace("010180-999A", client.identity_code)
    a_letter(case, samples.pdf(text), by=by, at=at, dated_on=None)
    read_all(at=at)
    return {}
