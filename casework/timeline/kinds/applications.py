"""Events about applications and their evidence."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "application.drafted": (_("Application begun"), "file-plus", "", "applications"),
    "application.counted": (_("Time to claim counted from a day"), "calendar-clock", "", "applications"),
    "application.filed": (_("Application filed"), "send", "primary", "applications"),
    "application.more_asked": (
        _("The decider asked for more information"),
        "file-exclamation-point",
        "warning",
        "applications",
    ),
    "application.supplied": (_("More information sent"), "file-check", "", "applications"),
    "application.re_examination": (_("Re-examination asked with new evidence"), "refresh-ccw", "", "applications"),
    "application.decided_anew": (_("The decider decides anew after the removal"), "refresh-ccw", "", "applications"),
    "application.annulled": (_("The decision was annulled, and a new one is awaited"), "scale", "", "applications"),
    "application.joined": (_("One application to both pension systems"), "link", "", "applications"),
    "application.parted": (_("No longer one application to both pension systems"), "unlink", "", "applications"),
    "application.withdrawn": (_("Application withdrawn"), "undo-2", "", "applications"),
    "application.request_withdrawn": (_("Request for a re-examination withdrawn"), "undo-2", "", "applications"),
    "application.corrected": (_("Application corrected"), "pen-line", "", "applications"),
    "application.removed": (_("Application taken back"), "undo-2", "warning", "applications"),
    "application.evidence_attached": (_("Evidence attached"), "paperclip", "", "applications"),
    "application.evidence_detached": (_("Evidence taken off"), "paperclip", "", "applications"),
    "application.annex_not_needed": (_("Said not to go with the application"), "file-x", "", "applications"),
    "annex_answer.corrected": (_("Why it does not go with the application, corrected"), "pen-line", "", "applications"),
    "annex_answer.removed": (_("Goes with the application after all"), "undo-2", "", "applications"),
    "evidence.corrected": (_("Evidence corrected"), "pen-line", "", "applications"),
    "evidence.removed": (_("Evidence taken off"), "paperclip", "", "applications"),
}
