"""Events about documents."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "document.added": (_("Document added"), "paperclip", "", "documents"),
    "document.replaced": (_("Newer version of a document"), "files", "", "documents"),
    "document.infected": (_("The virus scan found something in a document"), "bug", "danger", "documents"),
}
