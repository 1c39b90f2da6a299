"""Events about decisions and coverage checks."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "decision.granted": (_("Decision: granted"), "file-check-corner", "success", "applications"),
    "decision.granted_until": (_("Decision: granted until a day"), "file-check-corner", "success", "applications"),
    "decision.partly": (_("Decision: granted in part"), "file-minus", "warning", "applications"),
    "decision.rejected": (_("Decision: rejected"), "file-x-corner", "danger", "applications"),
    "decision.notice_confirmed": (_("Last day of appeal confirmed"), "calendar-check", "", "applications"),
    "decision.document_attached": (_("Text of the decision attached"), "paperclip", "", "applications"),
    "decision.corrected": (_("Decision corrected"), "pen-line", "", "applications"),
    "decision.removed": (_("Decision taken back"), "undo-2", "warning", "applications"),
    "coverage.changed": (_("Answers of the coverage check changed"), "pen-line", "", "applications"),
    "coverage.closed": (_("Coverage of the decision checked"), "list-checks", "", "applications"),
    "coverage.reopened": (_("Coverage check opened again"), "list-checks", "", "applications"),
}
