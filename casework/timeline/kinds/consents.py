"""Events about consents and handing over documents."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "consent.given": (_("Consent given"), "signature", "", "consents"),
    "consent.corrected": (_("Consent corrected"), "pen-line", "", "consents"),
    "consent.removed": (_("Consent that was never given taken off"), "undo-2", "warning", "consents"),
    "document.handed_over": (_("Document handed over"), "send", "", "consents"),
    "disclosure.corrected": (_("Handing over of a document corrected"), "pen-line", "", "consents"),
    "disclosure.removed": (_("Document was not handed over after all"), "undo-2", "warning", "consents"),
}
