"""Events about referrals."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "referral.accepted": (_("Referral accepted"), "inbox", "primary", "case"),
    "referral.corrected": (_("Referral corrected"), "pen-line", "", "case"),
    "referral.removed": (_("Referral taken back"), "undo-2", "warning", "case"),
}
