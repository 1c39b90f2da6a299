"""Events about appointments, preparation and debrief."""

from casework.events.kinds import Kind

EVENTS: dict[str, Kind] = {}
