"""Reading what waits to be read: the one writer of letters. Nobody waits for it, and it decides nothing."""

import json
import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.law import benefits as rules
from casework.law.deadlines import AppealLevel
from casework.letters import reading, searching
from casework.letters.proposals import Known
from casework.letters.queries import waiting
from casework.letters.reading import Asked
from casework.letters.whose import Whose
from casework.models import Client, Document, Illness, Letter, LetterSearch
from tenants import due, files
from tenants.display import helsinki
from tenants.files import CONTENT_TYPES, Kind
from tenants.names import search_key
from tenants.rounds import Round

State, Why = Letter.State, Letter.Why
KINDS = {content_type: kind for kind, content_type in CONTENT_TYPES.items() if kind != Kind.ODT}
TURN = 10.0  # seconds after which a turn begins no further letter: files of others wait to be scanned
# As letters write themselves; the tables have the names in use.
ALSO_CALLED = {
    "kela": ("Kansaneläkelaitos", "Folkpensionsanstalten"),
    "employment_area": ("työllisyysalue", "työvoimaviranomainen", "sysselsättningsområde", "arbetskraftsmyndigheten"),
    "wellbeing_county": ("hyvinvointialue", "välfärdsområde"),
    "unemployment_fund": ("työttömyyskassa", "arbetslöshetskassa"),
}


def ask(document: Document | None, *, at: datetime) -> None:
    """Let a document be read that became the text of a decision, in the transaction that makes it so."""
    if document is not None and document.is_served:
        due.announce(due.Kind.LETTERS, at=at)


def read_waiting(*, at: datetime, most: int = 50) -> int:
    """Read the letters of this municipality that wait; answer how many have been.

    Raises:
        SomeFailed: the reader itself is broken; the letters are tried again.
    """
    everything, begun = Round(), time.monotonic()
    for document in waiting()[:most]:
        if time.monotonic() - begun > TURN:
            break
        with everything.turn(f"document {document.pk}"):
            _read(document, at=at)
            everything.count += 1
    return everything.end()


def _read(document: Document, *, at: datetime) -> None:
    """Note the try first: of a file over which this process dies, too, it is known that it was tried."""
    Letter.objects.update_or_create(document=document, defaults={"tried_at": at})
    client, kind = document.case.client, KINDS.get(document.content_type)
    illnesses = list(Illness.objects.filter(client=client))
    answer: Mapping[str, Any] = {"why": Why.OTHER_KIND}
    if kind is not None:
        try:
            answer = reading.read(_asked(kind, files.read(document.file_id), client, illnesses, on=helsinki(at)))
        except files.FileMissing:
            answer = {"why": Why.MISSING}
    _keep(document, answer, illnesses, client)


@transaction.atomic
def _keep(document: Document, answer: Mapping[str, Any], illnesses: Sequence[Illness], client: Client) -> None:
    letter = Letter.objects.select_for_update().get(document=document)
    letter.state, letter.why = _outcome(answer)
    letter.pages, letter.read_pages = answer.get("pages", 0), answer.get("read", 0)
    letter.unread_pages, letter.client_version = answer.get("unread", 0), client.version
    letter.content = _written({name: answer[name] for name in ("proposals", "mismatches") if name in answer})
    letter.save()
    letter.searches.all().delete()
    places = answer.get("illnesses", {})
    LetterSearch.objects.bulk_create(
        LetterSearch(
            letter=letter,
            illness=illness,
            illness_version=illness.version,
            places=_written(places[str(illness.pk)]),
        )
        for illness in illnesses
        if str(illness.pk) in places
    )


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _outcome(answer: Mapping[str, Any]) -> tuple[str, str]:
    if why := answer.get("why"):
        return State.UNREADABLE, why
    return (State.NOT_THE_CLIENTS if "mismatches" in answer else State.READ), ""


def _asked(kind: Kind, content: bytes, client: Client, illnesses: Sequence[Illness], *, on: date) -> Asked:
    return Asked(
        kind=kind,
        content=content,
        client=Whose(first_name=client.first_name, last_name=client.last_name, identity_code=client.identity_code),
        illnesses=[searching.Illness(str(one.pk), one.name, one.icd10) for one in illnesses],
        known=_known(on, client),
    )


def _known(on: date, client: Client) -> Known:
    """The names of those who decide, and of those who decide an appeal, in the languages of letters.

    A decider that is called as the client is (Elo, Varma) is not looked for: every letter would be from it.
    """
    own = search_key(client.first_name, client.last_name).split()
    deciders = {row.code: (*_both(row), *ALSO_CALLED.get(row.code, ())) for row in rules.deciders_on(on)}
    first = {row.body for row in rules.tables().stages if row.level == AppealLevel.FIRST}
    bodies = {row.code: _both(row) for row in rules.tables().bodies if row.is_valid_on(on)}
    return Known(
        deciders={code: [name for name in names if search_key(name) not in own] for code, names in deciders.items()},
        bodies={code: names for code, names in bodies.items() if code in first},
        boards=[name for names in bodies.values() for name in names],
    )


def _both(row: rules.NamedRow) -> tuple[str, ...]:
    return tuple(dict.fromkeys((row.names.fi, row.names.sv)))
