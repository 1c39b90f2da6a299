"""Events about the description of work and functional ability."""

from casework.events.kinds import Kind

EVENTS: dict[str, Kind] = {}
