"""Events about consents and handing over documents."""

from casework.events.kinds import Kind

EVENTS: dict[str, Kind] = {}
