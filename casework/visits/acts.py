"""What the access log calls looks and acts about visits and private calendars that no timeline tells of."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ACTIONS: "dict[str, StrOrPromise]" = {
    "appointment.listed": _("Seen among appointments"),
    "appointment.printed": _("Preparation sheet printed"),
    "appointment.revealed": _("Protected place of an appointment shown"),
    "calendar.read": _("Read by one's own calendar"),
    "calendar.made": _("Made a private calendar address"),
    "calendar.stopped": _("Ended a private calendar address"),
}
