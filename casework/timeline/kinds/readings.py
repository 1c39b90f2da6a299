"""Events about drafts that a colleague reads."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "reading.asked": (_("A colleague was asked to read a draft"), "glasses", "", "tasks"),
    "reading.remarked": (_("Remark on a draft"), "message-square", "", "tasks"),
    "reading.read": (_("A draft was read by a colleague"), "check", "", "tasks"),
    "reading.taken_back": (_("Reading of a draft taken back"), "undo-2", "", "tasks"),
}
