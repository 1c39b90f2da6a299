"""Events about the client's own details and illnesses."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "client.changed": (_("Basic details changed"), "user-pen", "", "case"),
    "client.voluntary_yes": (_("The client wants the service"), "handshake", "primary", "case"),
    "client.voluntary_no": (_("The client does not want the service"), "hand", "warning", "case"),
    "illness.added": (_("Illness added"), "heart-pulse", "", "case"),
    "illness.changed": (_("Illness changed"), "heart-pulse", "", "case"),
    "illness.removed": (_("Illness removed from the list"), "heart-off", "", "case"),
}
