"""Events about documents after they were added."""

from casework.events.kinds import Kind

EVENTS: dict[str, Kind] = {}
