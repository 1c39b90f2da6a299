"""Events about the paid days of sickness allowance and the registration as a jobseeker."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "sickness_days.counted": (_("Paid days typed from Kela's count"), "calendar-check", "", "applications"),
    "sickness_days.corrected": (_("Count of paid days corrected"), "pen-line", "", "applications"),
    "sickness_days.removed": (_("Count of paid days taken back"), "undo-2", "", "applications"),
    "jobseeker.registered": (_("Registered as a jobseeker"), "check", "", "applications"),
    "jobseeker.corrected": (_("Registration as a jobseeker corrected"), "pen-line", "", "applications"),
    "jobseeker.removed": (_("Registration as a jobseeker taken back"), "undo-2", "", "applications"),
}
