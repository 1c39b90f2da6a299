"""Events about service entries."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "service.logged": (_("Service logged"), "clock", "", "services"),
    "service.corrected": (_("Service corrected"), "pen-line", "", "services"),
    "service.removed": (_("Service taken back"), "undo-2", "", "services"),
}
