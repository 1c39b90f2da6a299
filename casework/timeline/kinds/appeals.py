"""Events about appeals."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

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

# The same by what it is called at its level: appeal, request for review, application for leave to appeal.
NAMED: "dict[str, StrOrPromise]" = {
    "appeal.drafted": _("%(name)s begun"),
    "appeal.edited": _("%(name)s edited"),
    "appeal.filed": _("%(name)s filed"),
    "appeal.comment_asked": _("%(name)s: the client may comment on it"),
    "appeal.commented": _("%(name)s: comment"),
    "supplement.written": _("%(name)s: a letter after it begun"),
    "supplement.edited": _("%(name)s: a letter after it edited"),
    "supplement.sent": _("%(name)s: a letter after it sent"),
    "supplement.corrected": _("%(name)s: a letter after it corrected"),
    "supplement.removed": _("%(name)s: a letter after it taken back"),
    "appeal.decided": _("%(name)s: ruling"),
    "appeal.corrected": _("%(name)s corrected"),
    "appeal.removed": _("%(name)s taken back"),
    "appeal.withdrawn": _("%(name)s withdrawn"),
}
