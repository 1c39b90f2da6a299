"""What the access log calls looks and acts about meetings and minutes that no timeline tells of."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MEETING_CHANGED = "meeting.changed"
MINUTES_SAVED = "minutes.saved"

ACTIONS: "dict[str, StrOrPromise]" = {
    MEETING_CHANGED: _("Meeting changed"),
    "agenda.seen": _("Agenda of a meeting viewed"),
    "minutes.seen": _("Minutes of a meeting viewed"),
    MINUTES_SAVED: _("Minutes of a meeting written"),
    "minutes.fetched": _("Minutes of a meeting printed"),
}
