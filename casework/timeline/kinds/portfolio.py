"""Events about benefits that nobody here applied for."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "benefit.added": (_("Benefit written down"), "hand-coins", "", "applications"),
    "benefit.changed": (_("Benefit changed"), "pen-line", "", "applications"),
    "benefit.removed": (_("Benefit taken off"), "undo-2", "", "applications"),
}
