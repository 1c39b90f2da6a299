"""Events about the mapping, the network and target groups."""

from casework.events.kinds import Kind

EVENTS: dict[str, Kind] = {}
