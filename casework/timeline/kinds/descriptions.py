"""Events about the description of work and functional ability."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "description.begun": (_("Description of abilities begun"), "file-plus", "", "ability"),
    "description.edited": (_("Description of abilities edited"), "file-pen", "", "ability"),
    "description.brought_in": (_("New facts brought into the description of abilities"), "file-input", "", "ability"),
    "description.signed": (_("Description of abilities signed"), "signature", "primary", "ability"),
}
