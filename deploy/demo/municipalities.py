"""The four municipalities of the demo. Making them needs the migrator's login; filling them does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from tenants import provisioning
from tenants.models import Municipality
from tenants.scope import in_console


@dataclass(frozen=True)
class Place:
    """A municipality as the demo knows it: who looks after its people, and where its clients live."""

    schema: str
    name: str
    business_id: str
    administrator: str
    postal_code: str
    streets: tuple[str, ...]

    @property
    def domain(self) -> str:
        return f"{self.schema}.{settings.BASE_DOMAIN}"


VARKAUS = Place(
    "varkaus",
    "Varkaus",
    "0207506-5",
    "kaisa@varkaus.example",
    "78200",
    ("Esimerkkikatu", "Mallipolku", "Kokeilukuja", "Harjoitustie", "Näytekatu"),
)
KAAVI = Place(
    "kaavi", "Kaavi", "0172337-4", "bertta@kaavi.example", "73600", ("Esimerkkitie", "Mallikuja", "Harjoituspolku")
)
TUUSNIEMI = Place(
    "tuusniemi", "Tuusniemi", "0172739-1", "antti@tuusniemi.example", "71200", ("Esimerkkiraitti", "Mallitie")
)
RAUTAVAARA = Place(
    "rautavaara", "Rautavaara", "0172642-8", "jarmo@rautavaara.example", "73900", ("Esimerkkivaarantie", "Mallikuja")
)
PLACES = (VARKAUS, KAAVI, TUUSNIEMI, RAUTAVAARA)


def add_missing(*, at: datetime) -> Iterator[str]:
    """Make the municipalities that are not in use yet, those of an interrupted run included, and name each."""
    with in_console():
        found = {municipality.schema_name: municipality for municipality in Municipality.objects.all()}
    for place in PLACES:
        municipality = found.get(place.schema) or _request(place)
        if not municipality.is_active:
            _take_over(municipality)
            provisioning.provision(municipality, at=at)
            yield place.name


def _take_over(municipality: Municipality) -> None:
    """Ask again for what an earlier run of the demo had begun: it is dead, however long its lease would last."""
    mine = Municipality.objects.filter(pk=municipality.pk)
    mine.update(lease_until=None)
    if municipality.state != Municipality.State.REQUESTED:
        provisioning.request_again(municipality)


def _request(place: Place) -> Municipality:
    return provisioning.request(
        schema_name=place.schema,
        name=place.name,
        business_id=place.business_id,
        domain=place.domain,
        admin_email=place.administrator,
    )
