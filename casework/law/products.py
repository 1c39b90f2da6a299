"""The services that are logged and billed, read from products.toml. Pure: billing prices these codes."""

import enum
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from casework.law.phases import Phase

TABLE = Path(__file__).parent / "data" / "products.toml"


class Unit(enum.StrEnum):
    """What a price is for."""

    HOUR = "hour"
    PIECE = "piece"


class UnknownProduct(LookupError):
    """No product has this code."""


@dataclass(frozen=True, kw_only=True)
class Product:
    """A service by its code; `phase` is what logging it shows of the case, None when it shows nothing."""

    code: str
    names: dict[str, str]
    unit: Unit
    phase: Phase | None = None

    @property
    def name(self) -> str:
        """The name in the active language."""
        return self.names[(get_language() or "fi").split("-")[0]]


@lru_cache(maxsize=1)
def products() -> tuple[Product, ...]:
    """Read the table, once, in its order."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["product"]
    return tuple(
        Product(
            code=row["code"],
            names=row["names"],
            unit=Unit(row["unit"]),
            phase=Phase(row["phase"]) if "phase" in row else None,
        )
        for row in rows
    )


def product(code: str) -> Product:
    """Find a product.

    Raises:
        UnknownProduct
    """
    for found in products():
        if found.code == code:
            return found
    raise UnknownProduct(code)


def choices() -> list[tuple[str, str]]:
    """Answer (code, name) pairs for a form, in the active language."""
    return [(found.code, found.name) for found in products()]


def codes_showing(phase: Phase) -> list[str]:
    """Answer the codes whose logging shows that a case has come to a phase."""
    return [found.code for found in products() if found.phase is phase]
