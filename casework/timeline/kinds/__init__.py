"""The kinds of lines of a timeline, one module a subject; a module here needs to be named nowhere else."""

from importlib import import_module
from pkgutil import iter_modules

from casework.timeline.kinds.kind import EventKind

EVENTS: dict[str, EventKind] = {
    kind: EventKind(*parts)
    for module in iter_modules(__path__)
    for kind, parts in getattr(import_module(f"{__name__}.{module.name}"), "EVENTS", {}).items()
}
