"""Events about statement requests."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "statement.asked": (_("Statement asked for"), "stethoscope", "", "visits"),
    "statement.letter_written": (_("Letter about a statement written"), "mail", "", "visits"),
    "statement.reminded": (_("Reminded of a statement"), "bell-ring", "", "visits"),
    "statement.sent_back": (_("Statement sent back as insufficient"), "undo-2", "warning", "visits"),
    "statement.received": (_("Statement received"), "file-check", "primary", "visits"),
    "statement.newer_kept": (_("Newer version of a statement kept"), "file-plus", "", "visits"),
    "statement.corrected": (_("Statement request corrected"), "pen-line", "", "visits"),
    "statement.removed": (_("Statement request taken back"), "undo-2", "", "visits"),
    "statement.cancelled": (_("Statement no longer needed"), "x", "", "visits"),
}
