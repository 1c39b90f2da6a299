"""Events about appointments, preparation and debrief."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "appointment.agreed": (_("Appointment agreed"), "calendar-plus", "", "visits"),
    "appointment.changed": (_("Appointment changed"), "calendar-cog", "", "visits"),
    "appointment.cancelled": (_("Appointment cancelled"), "calendar-x", "warning", "visits"),
    "appointment.missed": (_("The client did not come"), "user-x", "warning", "visits"),
    "appointment.prepared": (_("Preparation sheet written"), "clipboard-pen", "", "visits"),
    "appointment.sheet_changed": (_("Preparation sheet changed"), "clipboard-pen", "", "visits"),
    "appointment.held": (_("Appointment held"), "calendar-check", "primary", "visits"),
    "appointment.debrief_changed": (_("Notes of the visit corrected"), "pen-line", "", "visits"),
}
