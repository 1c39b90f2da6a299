"""Who can sign in to the demo. These people are invented; the password works only in a demo's own database."""

from dataclasses import dataclass

PASSWORD = "suunta-demo-2026"  # noqa: S105 (printed at every start of the demo)


@dataclass(frozen=True)
class Account:
    """One sign-in: at the console ("console") or in a municipality (its schema), with its roles.

    `profession` is what somebody of the team is at a meeting.
    """

    host: str
    email: str
    name: str
    roles: tuple[str, ...]
    profession: str = ""


@dataclass(frozen=True)
class Job:
    """The roles that come with a job."""

    roles: tuple[str, ...]
    profession: str = ""


def _staff(schema: str, *people: tuple[str, str, Job]) -> tuple[Account, ...]:
    return tuple(
        Account(schema, f"{key}@{schema}.example", name, job.roles, job.profession) for key, name, job in people
    )


COORDINATOR, SUPERVISOR = Job(("coordinator",)), Job(("supervisor", "portal_admin"))
PRIVACY = Job(("privacy_officer",))
DOCTOR, NURSE, PHYSIOTHERAPIST, SOCIAL_WORKER, EMPLOYMENT_EXPERT = (
    Job(("team_member",), profession)
    for profession in ("lääkäri", "terveydenhoitaja", "fysioterapeutti", "sosiaalityöntekijä", "työllisyysasiantuntija")
)

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
        ("hilkka", "Hilkka Rantala", NURSE),
        ("ilona", "Ilona Karhu", PHYSIOTHERAPIST),
        ("joonas", "Joonas Vesala", SOCIAL_WORKER),
        ("katri", "Katri Ojala", EMPLOYMENT_EXPERT),
    ),
    *_staff(
        "tuusniemi",
        ("cecilia", "Cecilia Holm", COORDINATOR),
        ("antti", "Antti Pitkänen", SUPERVISOR),
        ("sanna", "Sanna Miettinen", DOCTOR),
        ("veikko", "Veikko Kokkonen", PRIVACY),
    ),
)
