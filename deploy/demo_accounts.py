"""Who can sign in to the demo. These people are invented; the password works only in a demo's own database."""

from dataclasses import dataclass

PASSWORD = "suunta-demo-2026"  # noqa: S105 (printed at every start of the demo)


@dataclass(frozen=True)
class Account:
    """One sign-in: at the console ("console") or in a municipality (its schema), with its roles."""

    host: str
    email: str
    name: str
    roles: tuple[str, ...]


def _staff(schema: str, *people: tuple[str, str, tuple[str, ...]]) -> tuple[Account, ...]:
    return tuple(Account(schema, f"{key}@{schema}.example", name, roles) for key, name, roles in people)


COORDINATOR, SUPERVISOR, DOCTOR = ("coordinator",), ("supervisor", "portal_admin"), ("team_member",)
PRIVACY = ("privacy_officer",)

ACCOUNTS = (
    Account("console", "oiva@varkaus.example", "Oiva Operaattori", ("operator",)),
    Account("console", "fiona@varkaus.example", "Fiona Finanssi", ("finance",)),
    *_staff(
        "varkaus",
        ("eeva", "Eeva Virtanen", COORDINATOR),
        ("heikki", "Heikki Laine", COORDINATOR),
        ("kaisa", "Kaisa Mäkelä", SUPERVISOR),
        ("mikko", "Mikko Salo", DOCTOR),
        ("outi", "Outi Rinne", PRIVACY),
    ),
    *_staff(
        "rautavaara",
        ("liisa", "Liisa Heikkinen", COORDINATOR),
        ("jarmo", "Jarmo Niskanen", SUPERVISOR),
        ("riikka", "Riikka Aalto", DOCTOR),
        ("tapio", "Tapio Huttunen", PRIVACY),
    ),
    *_staff(
        "kaavi",
        ("aino", "Aino Korhonen", COORDINATOR),
        ("bertta", "Bertta Nieminen", SUPERVISOR),
        ("daavid", "Daavid Lehto", DOCTOR),
        ("elsa", "Elsa Räsänen", PRIVACY),
    ),
    *_staff(
        "tuusniemi",
        ("cecilia", "Cecilia Holm", COORDINATOR),
        ("antti", "Antti Pitkänen", SUPERVISOR),
        ("sanna", "Sanna Miettinen", DOCTOR),
        ("veikko", "Veikko Kokkonen", PRIVACY),
    ),
)
