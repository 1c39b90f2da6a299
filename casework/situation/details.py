"""What a line of the timeline says about the mapping, the network and target groups, besides its kind."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from casework.models import MappingEntry, NetworkPerson, TargetGroup
from casework.timeline.reading import Line


def _area(line: Line) -> str:
    return str(MappingEntry.Area(line.facts["area"]).label)


def _areas(line: Line) -> str:
    return ", ".join(str(MappingEntry.Area(area).label) for area in str(line.facts["areas"]).split(","))


def _role(line: Line) -> str:
    return str(NetworkPerson.Role(line.facts["role"]).label)


def _groups(line: Line) -> str:
    """Name the groups that came and went; empty when only a day or a source changed."""
    added, left = (_names(str(line.facts[key])) for key in ("added", "left"))
    parts = [_("Added: %(groups)s") % {"groups": added}] if added else []
    parts += [_("Taken off: %(groups)s") % {"groups": left}] if left else []
    return ". ".join(parts)


def _names(codes: str) -> str:
    return ", ".join(str(TargetGroup.Group(code).label) for code in codes.split(",") if code)


PAGES: tuple[str, ...] = ("mapping_entry",)  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = {
    "mapping.interviewed": _areas,
    "mapping.added": _area,
    "mapping.corrected": _area,
    "mapping.removed": _area,
    "network.added": _role,
    "network.changed": _role,
    "network.not_safe": _role,
    "network.removed": _role,
    "target_groups.changed": _groups,
}
