"""Events about a case as such, its team and its notes."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "case.opened": (_("Case opened"), "folder-open", "primary", "case"),
    "case.reassigned": (_("New coordinator"), "arrow-left-right", "", "case"),
    "case.direction_set": (_("Direction set"), "compass", "primary", "case"),
    "case.closed": (_("Case closed"), "archive", "primary", "case"),
    "case.corrected": (_("Days or outcome of the case corrected"), "pen-line", "", "case"),
    "case.reopened": (_("Case opened again"), "folder-open", "primary", "case"),
    "case.participant_added": (_("Joined the team"), "user-plus", "", "case"),
    "case.participant_corrected": (_("Day of joining the team corrected"), "pen-line", "", "case"),
    "case.participant_removed": (_("Taken off the team"), "user-minus", "", "case"),
    "note.note": (_("Note"), "pen-line", "primary", "notes"),
    "note.call": (_("Phone call"), "phone", "primary", "notes"),
    "note.meeting": (_("Meeting"), "users", "primary", "notes"),
    "note.message": (_("Message"), "message-square", "primary", "notes"),
    "note.corrected": (_("Note corrected"), "pen-line", "", "notes"),
    "note.removed": (_("Note taken back"), "undo-2", "", "notes"),
}
