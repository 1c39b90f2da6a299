"""Events about the team's meetings and minutes. Facts hold the day of the meeting and nothing that was said."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "agenda.added": (_("On the agenda of a meeting"), "users-round", "primary", "meetings"),
    "agenda.taken_off": (_("Taken off the agenda of a meeting"), "calendar-minus", "warning", "meetings"),
    "meeting.moved": (_("Meeting moved"), "calendar-cog", "", "meetings"),
    "meeting.cancelled": (_("Meeting cancelled"), "calendar-x", "warning", "meetings"),
    "minutes.finalised": (_("Minutes of a meeting finalised"), "file-check", "primary", "meetings"),
    "minutes.reopened": (_("Minutes of a meeting opened again"), "file-pen-line", "warning", "meetings"),
}
