"""Invented clients: names, birth days, artificial identity codes and contact data that reach nobody."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from casework.clients.actions import ClientDetails
from casework.models import Client
from deploy.demo.municipalities import Place
from tenants import identity_code

FIRST_NAMES = (
    *("Anneli", "Marko", "Päivi", "Jari", "Tiina", "Timo", "Sari", "Petri", "Minna", "Juha", "Kirsi", "Arto"),
    *("Satu", "Hannu", "Merja", "Kari", "Tuula", "Pasi", "Anne", "Esa", "Katja", "Jukka", "Heidi", "Sami", "Jaana"),
    *("Teemu", "Niina", "Ville", "Johanna", "Tomi", "Elina", "Janne", "Mari", "Antti", "Laura", "Toni", "Emmi"),
    *("Joni", "Susanna", "Reijo", "Irja", "Seppo", "Helena", "Markku", "Leena", "Raimo", "Eija", "Ari", "Tanja"),
    *("Kimmo", "Outi", "Vesa"),
)
LAST_NAMES = (
    *("Ahonen", "Eskelinen", "Hakkarainen", "Halonen", "Hartikainen", "Heiskanen", "Hirvonen", "Huovinen"),
    *("Hyvärinen", "Immonen", "Jokinen", "Kainulainen", "Karjalainen", "Karppinen", "Kauppinen", "Kemppainen"),
    *("Kettunen", "Kinnunen", "Koistinen", "Kolehmainen", "Kosonen", "Kuosmanen", "Laakso", "Lappalainen"),
    *("Leskinen", "Liimatainen", "Lukkarinen", "Makkonen", "Markkanen", "Moilanen", "Mononen", "Mustonen"),
    *("Mähönen", "Nuutinen", "Ollikainen", "Partanen", "Pelkonen", "Pennanen", "Pesonen", "Puustinen", "Pääkkönen"),
    *("Rissanen", "Ruotsalainen", "Saarelainen", "Savolainen", "Sirviö", "Soininen", "Suhonen", "Tarvainen"),
    *("Tiainen", "Tirkkonen", "Toivanen", "Turunen", "Vainikainen", "Vartiainen", "Voutilainen", "Väisänen"),
    *("Ylönen",),
)
# Not everybody was born here, and not everybody speaks Finnish first: (first name, last name, language, interpreter?).
OTHERS = (
    ("Oksana", "Kovalenko", "uk", True),
    ("Camilla", "Lindqvist", "sv", False),
    ("Hamza", "Al-Najjar", "ar", True),
    ("Irina", "Sokolova", "ru", False),
    ("Kristjan", "Tamm", "et", False),
    ("Abdi", "Warsame", "so", True),
)
OTHERS_EVERY = 12
YOUNGEST, OLDEST = 23, 62
CHANNELS = (Client.DecisionChannel.POST, Client.DecisionChannel.ELECTRONIC, Client.DecisionChannel.UNKNOWN)


def strangers(place: Place, *, today: date, chance: random.Random) -> Iterator[ClientDetails]:
    """Invent one client after the other; no two of a municipality have the same name."""
    firsts, lasts, others = list(FIRST_NAMES), list(LAST_NAMES), list(OTHERS)
    for kind in (firsts, lasts, others):
        chance.shuffle(kind)
    turn = 0
    while True:
        first, last, language, interpreter = firsts[turn % len(firsts)], lasts[turn % len(lasts)], "fi", False
        if turn % OTHERS_EVERY == OTHERS_EVERY - 1 and others:
            first, last, language, interpreter = others.pop()
        days = chance.randrange(YOUNGEST * 365, OLDEST * 365)
        details = details_of(first, last, today - timedelta(days=days), place, turn)
        yield replace(details, language=language, needs_interpreter=interpreter)
        turn += 1


def details_of(first: str, last: str, born_on: date, place: Place, turn: int) -> ClientDetails:
    """Give an invented person an artificial identity code, and an address and a phone that do not exist."""
    return ClientDetails(
        first_name=first,
        last_name=last,
        identity_code=identity_code.artificial(born_on, turn % 100),
        phone=f"050 000 {turn + 100:04}",
        email=f"{_plain(first)}.{_plain(last)}@posti.example" if turn % 3 else "",
        street=f"{place.streets[turn % len(place.streets)]} {turn % 40 + 1}",
        postal_code=place.postal_code,
        city=place.name,
        decision_channel=CHANNELS[turn % len(CHANNELS)].value,
    )


def _plain(name: str) -> str:
    return name.lower().translate(str.maketrans("äöå", "aoa")).replace(" ", "")
