"""What casework is called in the access log: subjects, looks and acts; acts on a case as on its timeline."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds import EVENTS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MINUTES_SAVED = "minutes.saved"

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
    "agenda.seen": _("Agenda of a meeting viewed"),
    "minutes.seen": _("Minutes of a meeting viewed"),
    MINUTES_SAVED: _("Minutes of a meeting written"),
    "minutes.fetched": _("Minutes of a meeting printed"),
    "description.printed": _("Description of abilities printed"),
    "client_map.seen": _("Client's own map viewed"),
    "client_map.printed": _("Client's own map printed"),
    "withdrawal.printed": _("Paper about the withdrawal printed"),
    "appointment.listed": _("Seen among appointments"),
    "appointment.printed": _("Preparation sheet printed"),
    "appointment.revealed": _("Protected place of an appointment shown"),
    "calendar.read": _("Read by one's own calendar"),
    "calendar.made": _("Made a private calendar address"),
    "calendar.stopped": _("Ended a private calendar address"),
    "task.seen": _("Task viewed"),
    "referral.received": _("Referral recorded"),
    "referral.listed": _("Referral seen in a list"),
    "referral.seen": _("Referral viewed"),
    "referral.new": _("Referral supplemented"),
    "referral.returned": _("Referral returned for more"),
    "referral.declined": _("Referral declined"),
}
