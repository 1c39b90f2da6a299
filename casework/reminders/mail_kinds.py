"""What the mails of reminders are called on the console."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAILS: "dict[str, StrOrPromise]" = {
    "casework/emails/appeal_deadline": _("Reminder: last day of appeal"),
    "casework/emails/claim_deadline": _("Reminder: last day to claim"),
    "casework/emails/decision_overdue": _("Reminder: a decision takes long"),
}
