"""Events about what a client takes back."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "consent.withdrawn": (_("Consent taken back"), "hand", "warning", "consents"),
    "case.withdrew": (_("The client does not want to go on"), "hand", "warning", "case"),
}
