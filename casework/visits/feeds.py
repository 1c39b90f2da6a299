"""A worker's private calendar address: make (a new one ends the old one) and stop. Only a hash of it is kept."""

import secrets
from datetime import datetime

from django.db import transaction

from casework.models import CalendarFeed
from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject


@transaction.atomic
def make(*, user: User, at: datetime) -> str:
    """Make a new address for a person and answer its secret part, which is shown once and never again."""
    secret = secrets.token_urlsafe(32)
    new = {"secret_hash": CalendarFeed.hash_of(secret), "made_at": at, "logged_on": None, "logged_cases": []}
    CalendarFeed.objects.update_or_create(user=user, defaults=new)
    access_log.record(by=user, action="calendar.made", subjects=[_subject(user)])
    return secret


@transaction.atomic
def stop(*, user: User) -> None:
    """End a person's address. Twice is well."""
    ended, _ = CalendarFeed.objects.filter(user=user).delete()
    if ended:
        access_log.record(by=user, action="calendar.stopped", subjects=[_subject(user)])


def _subject(user: User) -> Subject:
    return Subject("person", str(user.pk))
