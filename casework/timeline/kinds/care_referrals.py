"""Events about referrals to a clinic."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "care_referral.begun": (_("Referral to a clinic begun"), "file-plus", "", "applications"),
    "care_referral.sent": (_("Referral sent to the clinic"), "send", "primary", "applications"),
    "care_referral.more_asked": (
        _("The clinic asked for more information"),
        "file-exclamation-point",
        "warning",
        "applications",
    ),
    "care_referral.supplied": (_("More information sent to the clinic"), "file-check", "", "applications"),
    "care_referral.accepted": (_("The clinic accepted the referral"), "calendar-check", "primary", "applications"),
    "care_referral.refused": (_("The clinic refused the referral"), "x", "warning", "applications"),
    "care_referral.complained": (_("Complaint sent to the clinic's unit"), "mail", "", "applications"),
    "care_referral.complaint_answered": (_("The unit answered the complaint"), "mail-open", "", "applications"),
    "care_referral.examined": (_("Client examined at the clinic"), "stethoscope", "", "applications"),
    "care_referral.reported": (_("The clinic's report has come"), "file-check", "primary", "applications"),
    "care_referral.withdrawn": (_("Referral to a clinic withdrawn"), "undo-2", "", "applications"),
    "care_referral.corrected": (_("Referral to a clinic corrected"), "pen-line", "", "applications"),
    "care_referral.removed": (_("Referral to a clinic taken back"), "undo-2", "warning", "applications"),
}
