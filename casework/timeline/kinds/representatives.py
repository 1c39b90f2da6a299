"""Events about who signs and receives for the client."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "representation.added": (_("Representative of the client written down"), "user-check", "", "consents"),
    "representation.corrected": (_("Representative of the client corrected"), "pen-line", "", "consents"),
    "representation.ended": (_("Acts for the client no more"), "user-minus", "warning", "consents"),
    "representation.removed": (_("Representative of the client taken off"), "undo-2", "warning", "consents"),
}
