"""What a line of the timeline says about a service entry, besides its kind."""

from collections.abc import Callable

from casework.law import products
from casework.timeline.reading import Line
from tenants.display import duration


def _service(line: Line) -> str:
    return f"{products.product(str(line.facts['product'])).name}, {duration(int(line.facts['minutes']))}"


PAGES: tuple[str, ...] = ()  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = {
    "service.logged": _service,
    "service.corrected": _service,
    "service.removed": _service,
}
