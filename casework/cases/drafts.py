"""Keeping what a person has typed into a form and not saved: per person and path, sealed, for a limited time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Draft
from tenants.accounts.models import User
from tenants.errors import Refusal

MOST = 200_000  # characters, as a browser would send them
LONGEST_PLACE = 200
KEPT_FOR = timedelta(days=30)


class TooLongToKeep(Refusal):
    user_message = _("This is too long to be kept on its own. Save it.")


@transaction.atomic
def save(*, place: str, case: Case | None, content: str, by: User, at: datetime) -> Draft:
    """Keep the fields of the form at a path (`content` as a browser would send them) instead of what was kept before.

    Raises:
        TooLongToKeep
    """
    if len(content) > MOST or len(place) > LONGEST_PLACE:
        raise TooLongToKeep
    known = {"case": case, "content": content, "saved_at": at}
    draft, _is_new = Draft.objects.update_or_create(user=by, place=place, defaults=known)
    return draft


def throw_away(*, place: str, by: User) -> None:
    """Forget what a person had typed into the form at a path: it was saved, or is not wanted. Twice is well."""
    Draft.objects.filter(user=by, place=place).delete()


def forget_old(*, at: datetime) -> int:
    """Forget what nobody came back to for a month; answer how many drafts that were."""
    return Draft.objects.filter(saved_at__lt=at - KEPT_FOR).delete()[0]
