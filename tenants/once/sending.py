"""Doing what a form asks for once: the key and the first answer are written with what the form does, or not at all.

A second sending of the same form with the same content, one click later or a minute, waits for the first and gets its
answer. With other content it is a form of its own: whoever went back and typed something else loses nothing.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from tenants.encryption import blind_index
from tenants.once.models import SentForm

FIELD = "once"  # the hidden field with the key
NOT_TYPED = {FIELD, "csrfmiddlewaretoken"}
KEPT_FOR = timedelta(days=1)


def new_key() -> str:
    """Draw the key of a form that is being shown."""
    return secrets.token_urlsafe(16)


def first_answer(request: HttpRequest) -> HttpResponse | None:
    """Answer a sending as its first one was answered; None when it is the first."""
    if not request.POST.get(FIELD):
        return None
    first = SentForm.objects.filter(**_digests(request)).first()
    return _again(request, first) if first else None


def answered_once(request: HttpRequest, act: Callable[[], HttpResponse], *, at: datetime) -> HttpResponse:
    """Act, unless another request is doing it for the same sending: then wait for its end, and answer as it did.

    Whatever `act` raises leaves nothing behind: the same form can be sent again. A form without a key just acts.
    """
    if not request.POST.get(FIELD):
        return act()
    with transaction.atomic():
        sending = SentForm(**_digests(request), sent_at=at)
        try:
            with transaction.atomic():
                sending.save()  # waits here for a first sending that is still under way
        except IntegrityError:
            return _again(request, SentForm.objects.get(form=sending.form, content=sending.content))
        is_other = SentForm.objects.filter(form=sending.form).exclude(pk=sending.pk).exists()
        answer = act()
        if is_other:
            messages.info(request, _("You had sent this form once before. What you sent then is saved, too."))
        sending.address, sending.said = answer.headers.get("Location", ""), list(_said(request))
        sending.save(update_fields=["address", "said"])
    return answer


def forget_old(*, at: datetime) -> int:
    """Forget sendings that nobody repeats any more, of the side one is on; answer how many."""
    return SentForm.objects.filter(sent_at__lt=at - KEPT_FOR).delete()[0]


def _again(request: HttpRequest, first: SentForm) -> HttpResponse:
    """Lead where the first answer led, with its messages; what still waits to be shown is not said twice."""
    waiting: Any = messages.get_messages(request)
    known = {str(message) for message in waiting}
    waiting.used = False  # looked through, not shown
    for level, text in first.said:
        if text not in known:
            messages.add_message(request, level, text)
    return HttpResponseRedirect(first.address)


def _said(request: HttpRequest) -> Iterator[tuple[int, str]]:
    """What this request says to the person. The storage tells the new messages from older ones only inside itself."""
    storage: Any = messages.get_messages(request)
    for message in storage._queued_messages:
        yield message.level, str(message.message)


def _digests(request: HttpRequest) -> dict[str, str]:
    """Bound to the person and the path, so that a key is nothing to anybody else or anywhere else."""
    whose = f"{request.user.pk}\n{request.path}\n{request.POST[FIELD]}"
    return {"form": hashlib.sha256(whose.encode()).hexdigest(), "content": _content(request)}


def _content(request: HttpRequest) -> str:
    """Hash what was typed with a key: an identity code can be guessed, and its form's other fields lie open."""
    total = hashlib.sha256()
    for name, values in sorted(request.POST.lists()):
        if name not in NOT_TYPED:
            total.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            file.seek(0)
            total.update(repr((name, file.name, file.size)).encode())
            total.update(hashlib.file_digest(file, "sha256").digest())
            file.seek(0)
    return blind_index(total.hexdigest(), purpose="once.content").hex()
