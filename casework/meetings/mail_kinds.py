"""What the mails about meetings are called on the console."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAILS: "dict[str, StrOrPromise]" = {
    "casework/emails/meeting_invitation": _("Invitation to a meeting"),
    "casework/emails/meeting_cancelled": _("A meeting was cancelled"),
}
