"""What can be done to a phrase: write, change, approve as a second person, retire."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.models import Phrase, PhraseWording
from casework.phrases.queries import second_persons
from casework.timeline import emails
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.errors import Refusal
from tenants.scrubbing import without_codes


class OfAClient(Refusal):
    user_message = _(
        "A personal identity code stands here. Everybody reads a phrase, so nothing of a client may stand in it."
    )

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field


class WrittenByOneself(Refusal):
    user_message = _("You wrote this wording, so somebody else approves it: %(names)s.")


class NothingToApprove(Refusal):
    user_message = _("This wording is approved already.")


class AlreadyRetired(Refusal):
    user_message = _("This phrase is not offered any more. Approve it again to offer it.")


@transaction.atomic
def write(*, kind: str, language: str, title: str, text: str, by: User, at: datetime) -> Phrase:
    """Write a phrase. It is offered when somebody else has approved it.

    Raises:
        OfAClient: an identity code stands in it.
    """
    _check(Permission.WRITE_PHRASES, by)
    phrase = Phrase.objects.create(kind=kind, language=language)
    _add_wording(phrase, 1, title, text, by=by, at=at)
    _tell("phrase.written", phrase, by=by)
    return phrase


@transaction.atomic
def change(*, phrase: Phrase, title: str, text: str, version: int, by: User, at: datetime) -> Phrase:
    """Write the next wording; until it is approved the one that was approved last stays in use.

    Raises:
        EditedMeanwhile, OfAClient, AlreadyRetired
    """
    _check(Permission.WRITE_PHRASES, by)
    phrase = phrase.locked()
    phrase.check_version(version)
    if phrase.is_retired:
        raise AlreadyRetired
    newest = phrase.newest
    if (title, text) == (newest.title, newest.text):
        return phrase
    _add_wording(phrase, newest.number + 1, title, text, by=by, at=at)
    phrase.save_version("version")
    _tell("phrase.changed", phrase, by=by)
    return phrase


@transaction.atomic
def approve(*, phrase: Phrase, version: int, by: User, at: datetime) -> Phrase:
    """Approve the newest wording, also of a phrase that was retired: it is offered from now on.

    Raises:
        EditedMeanwhile: somebody has written another wording since.
        WrittenByOneself: and there is somebody else who could approve it.
        NothingToApprove
    """
    _check(Permission.APPROVE_PHRASES, by)
    phrase = phrase.locked()
    phrase.check_version(version)
    wording = phrase.newest
    if wording.is_approved and not phrase.is_retired:
        raise NothingToApprove
    others = second_persons(wording.written_by)
    if wording.written_by_id == by.pk and (names := [person.name for person in others]):
        raise WrittenByOneself(names=", ".join(names))
    if not wording.is_approved:  # who approved it before it was retired stays who did
        wording.approved_by, wording.approved_at = by, at
        wording.save(update_fields=["approved_by", "approved_at"])
    phrase.retired_by, phrase.retired_at = None, None
    phrase.save_version("retired_by", "retired_at")
    _tell("phrase.approved", phrase, by=by)
    return phrase


@transaction.atomic
def retire(*, phrase: Phrase, version: int, by: User, at: datetime) -> Phrase:
    """Offer a phrase no more. What was written with it stays as it is.

    Raises:
        EditedMeanwhile, AlreadyRetired
    """
    _check(Permission.APPROVE_PHRASES, by)
    phrase = phrase.locked()
    phrase.check_version(version)
    if phrase.is_retired:
        raise AlreadyRetired
    phrase.retired_by, phrase.retired_at = by, at
    phrase.save_version("retired_by", "retired_at")
    _tell("phrase.retired", phrase, by=by)
    return phrase


def _check(permission: Permission, by: User) -> None:
    if not by.has(permission):
        raise PermissionDenied


def _add_wording(phrase: Phrase, number: int, title: str, text: str, *, by: User, at: datetime) -> None:
    """Add a wording and ask those who may approve it."""
    for field, said in (("title", title), ("text", text)):
        if without_codes(said) != said:
            raise OfAClient(field)
    PhraseWording.objects.create(phrase=phrase, number=number, title=title, text=text, written_by=by, written_at=at)
    for somebody in second_persons(by):
        emails.phrase_waits(phrase=phrase, number=number, to=somebody, at=at)


def _tell(action: str, phrase: Phrase, *, by: User) -> None:
    access_log.record(by=by, action=action, subjects=[Subject("phrase", str(phrase.pk))])
