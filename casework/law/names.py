"""A name or a short text in the three languages of the service. Pure."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True, kw_only=True)
class Names:
    """The same in Finnish, Swedish and English; as text it is in the active language."""

    fi: str
    sv: str
    en: str

    def __str__(self) -> str:
        return str(getattr(self, (get_language() or "fi")[:2], self.fi))
