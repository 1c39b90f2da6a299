"""Writing mails into the outbox, in the transaction of what they tell about. tenants.mail.delivery sends them."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from tenants import due, tracing
from tenants.accounts.models import User
from tenants.hosts import address_of
from tenants.mail.models import OutgoingEmail
from tenants.scope import active_municipality


def write(
    template: str, *, to: User, context: dict[str, Any], key: str, at: datetime, about: str = ""
) -> OutgoingEmail:
    """Write a mail to somebody with an account, due at once; writing the same key again returns what was written first.

    `template` names three files: `.subject.txt`, `.txt`, `.html`. The context holds no personal data of clients: case
    numbers, counts and links only. `about` is the case number whose timeline shows the mail.
    """
    return _write(template, email=to.email, to=to, language=to.language, context=context, key=key, at=at, about=about)


def write_to_address(
    template: str, *, email: str, language: str, context: dict[str, Any], key: str, at: datetime
) -> OutgoingEmail:
    """Write a mail to somebody who has no account yet."""
    return _write(template, email=email, to=None, language=language, context=context, key=key, at=at, about="")


def _write(
    template: str,
    *,
    email: str,
    to: User | None,
    language: str,
    context: dict[str, Any],
    key: str,
    at: datetime,
    about: str,
) -> OutgoingEmail:
    with translation.override(language):
        values = {**context, "municipality": active_municipality(), "site": address_of(active_municipality(), "")}
        parts = {
            "subject": " ".join(render_to_string(f"{template}.subject.txt", values).split()),
            "text": render_to_string(f"{template}.txt", values),
            "html": render_to_string(f"{template}.html", values),
        }
    mail = OutgoingEmail(
        key=key,
        to=to,
        to_email=email,
        template=template,
        language=language,
        about=about,
        due_at=at,
        trace=tracing.current(),
        **parts,
    )
    OutgoingEmail.objects.bulk_create([mail], ignore_conflicts=True)  # INSERT … ON CONFLICT DO NOTHING
    due.announce(due.Kind.MAIL, at=at)
    return OutgoingEmail.objects.get(key=key)
