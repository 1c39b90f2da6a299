"""One conversation with the mail server, and what each fault in it means for the mail.

Before the server has the whole mail, a fault means that it was not taken. After that, only its answer counts; without
an answer nobody can know.
"""

import email.policy
import smtplib
from contextlib import suppress
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, EmailMultiAlternatives, mailers
from django.core.mail.backends.smtp import EmailBackend

from tenants.mail.models import OutgoingEmail

FOR_GOOD = 500  # reply codes from here on say never, those from 400 on say not now


class Unreachable(Exception):
    """The mail server does not answer or does not let us in; no mail was begun."""


class Fault(Exception):
    """What became of one mail; `reason` is a reply code or the name of an error, never content."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotTaken(Fault):
    """The server does not have the mail; another try may succeed."""


class Refused(Fault):
    """The server does not want the mail, now or later."""


class Unclear(Fault):
    """The server was given the mail and did not answer."""


class Conversation:
    """A connection to the mail server of settings.MAILERS, opened when first needed and used for many mails."""

    def __init__(self) -> None:
        backend = mailers.default
        if not isinstance(backend, EmailBackend):
            raise ImproperlyConfigured("Mails are delivered by SMTP: settings.MAILERS must name its backend.")
        self._backend = backend

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Connect and sign in, unless that is done.

        Raises:
            Unreachable: with the name of the error.
        """
        try:
            if self._backend.open():
                self._smtp.ehlo_or_helo_if_needed()
        except OSError as error:  # smtplib's errors are OSErrors, too
            self.close()
            raise Unreachable(type(error).__name__) from error

    def send(self, mail: OutgoingEmail) -> None:
        """Hand over one mail; returns only when the server has said that it took it.

        Raises:
            NotTaken, Refused, Unclear: what became of it.
        """
        message = message_of(mail)
        try:
            sender = self._backend.prep_address(message.from_email)
            recipient = self._backend.prep_address(mail.to_email)
            content = message.message(policy=email.policy.SMTP).as_bytes()
        except ValueError as error:
            raise Refused(type(error).__name__) from error
        self._introduce(sender, recipient)
        self._hand_over(content)

    def close(self) -> None:
        """Say goodbye if the server still listens."""
        with suppress(OSError):
            self._backend.close()

    @property
    def _smtp(self) -> smtplib.SMTP:
        if self._backend.connection is None:
            raise RuntimeError("The conversation has not been opened.")
        return self._backend.connection

    def _introduce(self, sender: str, recipient: str) -> None:
        try:
            self._judge(self._smtp.mail(sender)[0])
            self._judge(self._smtp.rcpt(recipient)[0])
        except smtplib.SMTPException as error:
            self.close()
            raise NotTaken(type(error).__name__) from error

    def _hand_over(self, content: bytes) -> None:
        try:
            code, _ = self._smtp.data(content)
        except smtplib.SMTPDataError as error:  # the server did not want to hear it
            code = error.smtp_code
        except smtplib.SMTPException as error:
            self.close()
            raise Unclear(type(error).__name__) from error
        self._judge(code)

    def _judge(self, code: int) -> None:
        if 200 <= code < 300:
            return
        self._forget_mail()
        raise (Refused if code >= FOR_GOOD else NotTaken)(str(code))

    def _forget_mail(self) -> None:
        """Make the connection ready for the next mail, or give it up (421 says goodbye)."""
        try:
            self._smtp.rset()
        except smtplib.SMTPException:
            self.close()


def message_of(mail: OutgoingEmail) -> EmailMessage:
    """Build the message: text and HTML, with the Message-ID by which it can be found again."""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.to_email],
        headers={
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",  # RFC 3834
            "X-Auto-Response-Suppress": "All",  # the same to Exchange, which does not read it ([MS-OXCMAIL] 2.2.3.2.14)
            "Content-Language": mail.language,
            **({"X-Request-ID": mail.trace} if mail.trace else {}),  # of our log lines, for who asks after a mail
        },
    )
    message.attach_alternative(mail.html, "text/html")
    return message


def is_server_reachable() -> bool:
    """Tell whether the mail server answers now."""
    with Conversation() as conversation:
        try:
            conversation.open()
        except Unreachable:
            return False
    return True
