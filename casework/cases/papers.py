"""What every paper of a case has in common: who it is from."""

from django.utils.translation import gettext as _

from tenants.display import in_sentence
from tenants.scope import active_municipality


def author(*, is_protected: bool) -> str:
    """Name the municipality and the service; where a protective order hides the place, the service only."""
    service, place = _("Work-ability coordination"), active_municipality()
    return service if place is None or is_protected else f"{place.name}, {in_sentence(service)}"
