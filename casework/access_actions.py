"""What casework is called in the access log: subjects, looks and acts; acts on a case as on its timeline."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.timeline import EVENTS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ACTIONS: "dict[str, StrOrPromise]" = {kind: event.label for kind, event in EVENTS.items()} | {
    "client": _("Client"),
    "referral": _("Referral"),
    "case.seen": _("Case viewed"),
    "case.listed": _("Seen in a list"),
    "today.seen": _("Seen in a list"),
    "case.found": _("Found by a search"),
    "case.reason_given": _("Reason given for opening the case"),
    "client.created": _("Client recorded"),
    "client.matched": _("Compared with a referral"),
    "client.revealed": _("Protected contact data shown"),
    "document.fetched": _("Document fetched"),
    "task.seen": _("Task viewed"),
    "referral.received": _("Referral recorded"),
    "referral.listed": _("Referral seen in a list"),
    "referral.seen": _("Referral viewed"),
    "referral.new": _("Referral supplemented"),
    "referral.returned": _("Referral returned for more"),
    "referral.declined": _("Referral declined"),
}
