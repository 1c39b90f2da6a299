"""Every address of both sides of the house, with its view and made-up arguments."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import SlugConverter, StringConverter, UUIDConverter

from billing.urls import MonthConverter

SAMPLES: dict[type, object] = {
    MonthConverter: date(2026, 10, 1),
    UUIDConverter: uuid.UUID("00000000-0000-4000-8000-000000000000"),
    StringConverter: "2026-9999",
    SlugConverter: "kaavi",
}


@dataclass(frozen=True)
class Route:
    """One named address."""

    name: str
    side: str
    view: Callable[..., Any]
    arguments: tuple[tuple[str, type], ...]

    @property
    def is_public(self) -> bool:
        return getattr(self.view, "is_public", False) or not getattr(self.view, "login_required", True)

    @property
    def permissions(self) -> tuple[str, ...] | None:
        return getattr(self.view, "permissions", None)

    @property
    def is_of_allauth(self) -> bool:
        return self.view.__module__.startswith("allauth.")

    @property
    def urlconf(self) -> str:
        return f"deploy.urls_{self.side}"

    def sample_arguments(self) -> dict[str, Any]:
        """Made-up arguments that fit the address."""
        return {name: SAMPLES.get(converter, 1) for name, converter in self.arguments}

    def __str__(self) -> str:
        return f"{self.side}:{self.name}"


def all_routes() -> list[Route]:
    """List the named routes of both sides."""
    sides = ("portal", "console")
    return [route for side in sides for route in _routes(side, get_resolver(f"deploy.urls_{side}").url_patterns)]


def _routes(
    side: str, patterns: list[URLPattern | URLResolver], above: tuple[tuple[str, type], ...] = ()
) -> Iterator[Route]:
    for pattern in patterns:
        converters = (*above, *((name, type(one)) for name, one in getattr(pattern.pattern, "converters", {}).items()))
        if isinstance(pattern, URLResolver):
            yield from _routes(side, pattern.url_patterns, converters)
        else:
            yield Route(pattern.name or "", side, pattern.callback, converters)
