"""The instruments whose results are kept, read from instruments.toml. Pure. Never their items or scoring."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

TABLE = Path(__file__).parent / "data" / "instruments.toml"


class UnknownInstrument(LookupError):
    """No instrument has this code."""


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """An instrument by its code; texts are by language. A scale is known only where it is our own."""

    code: str
    names: dict[str, str]
    terms: dict[str, str]
    result: dict[str, str]
    owner: str = ""
    link: str = ""
    lowest: int | None = None
    highest: int | None = None
    needs_edition: bool = False

    @property
    def name(self) -> str:
        """The name in the active language."""
        return self.names[_language()]

    @property
    def licence(self) -> str:
        """What its owner allows, in the active language."""
        return self.terms[_language()]

    @property
    def result_hint(self) -> str:
        """How a result looks, in the active language."""
        return self.result[_language()]

    def takes(self, result: str) -> bool:
        """Tell whether this can be a result: on our own scale a whole number of it, otherwise any text."""
        if self.lowest is None or self.highest is None:
            return True
        return result.strip() in {str(number) for number in range(self.lowest, self.highest + 1)}


@lru_cache(maxsize=1)
def instruments() -> tuple[Instrument, ...]:
    """Read the table, once, in its order."""
    return tuple(Instrument(**row) for row in tomllib.loads(TABLE.read_text(encoding="utf-8"))["instrument"])


def instrument(code: str) -> Instrument:
    """Find an instrument.

    Raises:
        UnknownInstrument
    """
    for found in instruments():
        if found.code == code:
            return found
    raise UnknownInstrument(code)


def choices() -> list[tuple[str, str]]:
    """Answer (code, name) pairs for a form, in the active language."""
    return [(found.code, found.name) for found in instruments()]


def _language() -> str:
    return (get_language() or "fi").split("-")[0]
