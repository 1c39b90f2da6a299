"""Events about what was open when a case ended."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "open_end.handed": (_("Open end handed on"), "arrow-left-right", "", "case"),
    "open_end.ended": (_("Open end ended"), "list-x", "", "case"),
    "open_end.changed": (_("Open end changed"), "arrow-left-right", "", "case"),
}
