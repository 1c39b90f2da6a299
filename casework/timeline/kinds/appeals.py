"""Events about appeals."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "appeal.drafted": (_("Appeal begun"), "scale", "", "applications"),
    "appeal.notice_confirmed": (_("Last day of appeal confirmed"), "calendar-check", "", "applications"),
    "appeal.edited": (_("Appeal edited"), "pen-line", "", "applications"),
    "appeal.filed": (_("Appeal filed"), "scale", "primary", "applications"),
    "appeal.partly_corrected": (_("The decider corrected its decision in part"), "scale", "", "applications"),
    "appeal.self_corrected": (_("The decider corrected its decision"), "gavel", "primary", "applications"),
    "appeal.forwarded": (_("Appeal passed on to the board"), "send", "", "applications"),
    "appeal.comment_asked": (_("The client may comment on the appeal"), "message-square", "", "applications"),
    "appeal.commented": (_("Comment on the appeal"), "message-square", "", "applications"),
    "supplement.written": (_("Letter after the appeal begun"), "file-plus", "", "applications"),
    "supplement.edited": (_("Letter after the appeal edited"), "pen-line", "", "applications"),
    "supplement.sent": (_("Letter after the appeal sent"), "send", "", "applications"),
    "supplement.corrected": (_("Letter after the appeal corrected"), "pen-line", "", "applications"),
    "supplement.removed": (_("Letter after the appeal taken back"), "undo-2", "warning", "applications"),
    "appeal.decided": (_("Ruling on the appeal"), "gavel", "primary", "applications"),
    "appeal.corrected": (_("Appeal corrected"), "pen-line", "", "applications"),
    "appeal.removed": (_("Appeal taken back"), "undo-2", "warning", "applications"),
    "appeal.withdrawn": (_("Appeal withdrawn"), "undo-2", "", "applications"),
}
