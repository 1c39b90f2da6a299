"""Events about applications for the removal of a decision."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "removal.drafted": (_("Application for removal begun"), "file-x", "", "applications"),
    "removal.edited": (_("Application for removal edited"), "pen-line", "", "applications"),
    "removal.filed": (_("Application for removal filed"), "file-x", "primary", "applications"),
    "removal.answered": (_("Answer to the application for removal"), "gavel", "primary", "applications"),
    "removal.withdrawn": (_("Application for removal withdrawn"), "undo-2", "", "applications"),
    "removal.corrected": (_("Application for removal corrected"), "pen-line", "", "applications"),
    "removal.removed": (_("Application for removal taken back"), "undo-2", "warning", "applications"),
}
