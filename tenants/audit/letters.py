"""The daily mail to the data-protection officers: the head of the log, and whether the log was found whole."""

import logging
from datetime import date, datetime
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from tenants.accounts.models import User
from tenants.accounts.permissions import Permission, roles_with
from tenants.audit import anchors, checking, sealing
from tenants.audit.anchors import Anchor
from tenants.audit.models import Seal
from tenants.mail import outbox
from tenants.mail.models import OutgoingEmail

logger = logging.getLogger(__name__)


def tell_officers(*, on: date, at: datetime) -> int:
    """Check the log, seal its head and mail both to the officers, once a day; answer how many mails were written."""
    if not _officers().exists() or _were_told(on):
        return 0
    report = checking.check()
    if not report.is_whole:
        logger.error("The access log is not as it was written: %s", ", ".join(found.fault for found in report.findings))
    return _tell(is_whole=report.is_whole, on=on, at=at)


@transaction.atomic
def _tell(*, is_whole: bool, on: date, at: datetime) -> int:
    officers = list(_officers().select_for_update())  # so that two at once do it one after the other
    if _were_told(on):
        return 0
    sealed = sealing.seal(Seal.Kind.MAILED) or sealing.newest()  # of a log that was cut off, what it should hold
    if sealed is None:
        return 0
    for officer in officers:
        _write(Anchor(sealed.entries, sealed.head), is_whole=is_whole, to=officer, on=on, at=at)
    return len(officers)


def _write(head: Anchor, *, is_whole: bool, to: User, on: date, at: datetime) -> None:
    asked = urlencode({"check": 1, "entries": head.entries, "head": head.head})
    context = {
        "day": on,
        "entries": head.entries,
        "head": sealing.in_eights(head.head).replace(".", " "),
        "is_whole": is_whole,
        "path": f"{reverse('access_log')}?{asked}",
    }
    outbox.write(anchors.MAIL, to=to, context=context, key=anchors.key_of_mail(head, on=on, to=str(to.pk)), at=at)


def _officers() -> QuerySet[User]:
    roles = [role.value for role in roles_with(Permission.READ_ACCESS_LOG)]
    return User.objects.filter(is_active=True, roles__overlap=roles).order_by("pk")


def _were_told(on: date) -> bool:
    return OutgoingEmail.objects.filter(key__startswith=anchors.beginning_of(on)).exists()
