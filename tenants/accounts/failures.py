"""Sign-ins that failed, as lines of the process log: where, from which address, at which step; never what was typed."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from tenants.accounts.models import User

logger = logging.getLogger(__name__)


def note(step: str, request: HttpRequest, *, of: User | None = None) -> None:
    """Say that somebody did not get past a step; `of` is whose, where an earlier step has shown it."""
    whose = f" of person {of.pk}" if of else ""
    logger.warning("A sign-in failed at %s%s, from %s", step, whose, get_adapter().get_client_ip(request))


@contextmanager
def noted(step: str, request: HttpRequest, *, of: User | None = None) -> Iterator[None]:
    """Say it when what is checked in the block is refused."""
    try:
        yield
    except ValidationError:
        note(step, request, of=of)
        raise
