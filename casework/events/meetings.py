"""Events about the team's meetings and minutes."""

from casework.events.kinds import Kind

EVENTS: dict[str, Kind] = {}
