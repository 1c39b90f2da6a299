"""Events about applications, decisions and appeals."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "application.drafted": (_("Application begun"), "file-plus", "", "applications"),
    "application.filed": (_("Application filed"), "send", "primary", "applications"),
    "application.more_asked": (
        _("The decider asked for more information"),
        "file-exclamation-point",
        "warning",
        "applications",
    ),
    "application.supplied": (_("More information sent"), "file-check", "", "applications"),
    "application.re_examination": (_("Re-examination asked with new evidence"), "refresh-ccw", "", "applications"),
    "application.withdrawn": (_("Application withdrawn"), "undo-2", "", "applications"),
    "application.evidence_attached": (_("Evidence attached"), "paperclip", "", "applications"),
    "application.evidence_detached": (_("Evidence taken off"), "paperclip", "", "applications"),
    "decision.granted": (_("Decision: granted"), "file-check-corner", "success", "applications"),
    "decision.granted_until": (_("Decision: granted until a day"), "file-check-corner", "success", "applications"),
    "decision.partly": (_("Decision: granted in part"), "file-minus", "warning", "applications"),
    "decision.rejected": (_("Decision: rejected"), "file-x-corner", "danger", "applications"),
    "decision.notice_confirmed": (_("Last day of appeal confirmed"), "calendar-check", "", "applications"),
    "decision.document_attached": (_("Text of the decision attached"), "paperclip", "", "applications"),
    "coverage.closed": (_("Coverage of the decision checked"), "list-checks", "", "applications"),
    "coverage.reopened": (_("Coverage check opened again"), "list-checks", "", "applications"),
    "appeal.drafted": (_("Appeal begun"), "scale", "", "applications"),
    "appeal.notice_confirmed": (_("Last day of appeal confirmed"), "calendar-check", "", "applications"),
    "appeal.edited": (_("Appeal edited"), "pen-line", "", "applications"),
    "appeal.filed": (_("Appeal filed"), "scale", "primary", "applications"),
    "appeal.decided": (_("Ruling on the appeal"), "gavel", "primary", "applications"),
    "appeal.withdrawn": (_("Appeal withdrawn"), "undo-2", "", "applications"),
}
