"""What a line of the timeline says about consents and handing over documents, besides its kind."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from casework.law import legal_grounds
from casework.models import Disclosure
from casework.models.consent import Partner, Purpose
from casework.timeline.reading import Line

PAGES: tuple[str, ...] = ()  # nouns whose page has the noun as its URL name


def consent(line: Line) -> str:
    return f"{Partner(line.facts['partner']).label} – {Purpose(line.facts['purpose']).label}"


def _handed_over(line: Line) -> str:
    ground = str(line.facts["ground"])
    basis = Disclosure.Basis.CONSENT.label if ground == Disclosure.Basis.CONSENT else None
    name = str(basis) if basis else legal_grounds.law_told(ground, line.on)
    return _("%(partner)s. Ground: %(ground)s") % {"partner": Partner(line.facts["partner"]).label, "ground": name}


DETAILS: dict[str, Callable[[Line], str]] = {
    "consent.given": consent,
    "consent.corrected": consent,
    "consent.removed": consent,
    "document.handed_over": _handed_over,
    "disclosure.corrected": _handed_over,
    "disclosure.removed": _handed_over,
}
