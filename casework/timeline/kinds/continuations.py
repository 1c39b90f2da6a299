"""Events about the continuation of what was granted until a day."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "no_continuation.said": (_("No continuation is applied for"), "ban", "", "applications"),
    "no_continuation.corrected": (_("Why no continuation is applied for, corrected"), "pen-line", "", "applications"),
    "no_continuation.removed": (_("A continuation is applied for after all"), "undo-2", "", "applications"),
}
