"""Events about the mapping, the network and target groups."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "mapping.interviewed": (_("First meeting written down"), "notebook-pen", "primary", "ability"),
    "mapping.added": (_("Fact added to the mapping"), "map-pin-plus", "", "ability"),
    "mapping.corrected": (_("Fact of the mapping corrected"), "pen-line", "", "ability"),
    "mapping.removed": (_("Fact taken off the mapping"), "map-pin-minus", "", "ability"),
    "network.added": (_("Person added to the network"), "user-plus", "", "ability"),
    "network.changed": (_("Person of the network changed"), "user-pen", "", "ability"),
    "network.not_safe": (_("Not to be contacted any more"), "user-x", "warning", "ability"),
    "network.removed": (_("Person taken off the network"), "user-minus", "", "ability"),
    "target_groups.changed": (_("Target groups changed"), "users", "", "ability"),
}
