"""Events about assessments and results of instruments."""

from casework.events.kinds import Kind

EVENTS: dict[str, Kind] = {}
