"""Events about consents, handing over documents, and a client who withdraws."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "consent.given": (_("Consent given"), "signature", "", "consents"),
    "consent.withdrawn": (_("Consent taken back"), "hand", "warning", "consents"),
    "document.handed_over": (_("Document handed over"), "send", "", "consents"),
    "case.withdrew": (_("The client does not want to go on"), "hand", "warning", "case"),
    "task.dropped": (_("Task no longer needed"), "list-x", "", "tasks"),
}
