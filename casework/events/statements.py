"""Events about statement requests."""

from casework.events.kinds import Kind

EVENTS: dict[str, Kind] = {}
