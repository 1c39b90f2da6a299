"""Seija's story: she leaves the service in the middle of it, a day before the team would have spoken about her."""

from datetime import date, time

from casework.clients.actions import ClientDetails
from casework.clients.illnesses import IllnessDetails
from casework.clients.network import NetworkDetails
from casework.models import Appointment, Note
from casework.models.consent import Partner, Purpose
from casework.visits.actions import Preparation
from deploy.demo import claims, steps, texts
from deploy.demo.accounts import DOCTOR
from deploy.demo.municipalities import KAAVI
from deploy.demo.names import details_of
from deploy.demo.road import agree, call
from deploy.demo.walk import Walk

OPENED = 74
HEALTH_CENTRE = "Kaavin terveysasema"
REASON = (
    "Toimistotyö päättyi pitkään sairauslomaan. Uupumus ja migreeni ovat jatkuneet, ja paluuta on yritetty kahdesti. "
    "Asiakas on suostunut palveluun, mutta epäilee jaksamistaan."
)
FATIGUE = IllnessDetails(
    name="Keskivaikea masennus",
    icd10="F32.1",
    effect="Keskittyminen riittää noin puoleen tuntiin. Väsyy ihmisjoukossa.",
)
MIGRAINE = IllnessDetails(
    name="Migreeni", icd10="G43.9", effect="Kohtaus noin kerran viikossa. Näyttötyö ja kirkas valo laukaisevat."
)
TOLD = {
    "health": "Uupumus alkoi kaksi vuotta sitten. Migreeni on ollut nuoresta asti.",
    "family": "Asuu puolison kanssa. Äiti tarvitsee apua, ja Seija käy hänen luonaan joka päivä.",
    "hopes": "Toivoo lepoa. Työhön paluuta ei jaksa nyt ajatella.",
}
LEAVES = (
    "Seija soitti ja kertoi, ettei jaksa nyt enempää tapaamisia eikä halua, että tiimi puhuu hänen asioistaan. Hän "
    "jatkaa hoitoa terveysasemalla ja ottaa yhteyttä, jos mieli muuttuu. Kerroin, mitä päättyy ja että Kelan "
    "hakemus on hänen omansa ja jatkuu."
)


def details() -> ClientDetails:
    """Answer who Seija is."""
    return details_of("Seija", "Honkavaara", date(1979, 2, 3), KAAVI, 62)


def tell(walk: Walk) -> None:
    """Tell it to the day she left; her application at Kela goes on without us."""
    _begin(walk)
    _wait(walk)
    _plan_and_leave(walk)


def _begin(walk: Walk) -> None:
    call(walk, 72)
    agree(walk, 70)
    walk.note(
        "Tavattiin kahvilassa. Seija väsyi puolessa tunnissa, joten jatketaan toisella kertaa.", 63, Note.Kind.MEETING
    )
    walk.serve("first_meeting", 60, 63, "Ensimmäinen tapaaminen")
    steps.interview(walk, TOLD, 63)
    for illness, years in ((FATIGUE, 2), (MIGRAINE, 25)):
        walk.illness(illness, 63, years=years)
    steps.allow_team(walk, 63)
    steps.allow(walk, Partner.HEALTH_CARE, Purpose.HAND_OVER, 63, who=HEALTH_CENTRE)
    spouse = NetworkDetails(name="Ari Honkavaara", role="spouse", phone="050 000 0904", safety="safe")
    steps.know(walk, spouse, 63)
    walk.join(DOCTOR.profession, 56)


def _wait(walk: Walk) -> None:
    application = claims.begin(walk, claims.Claim("SPR", "kela"), 30)
    claims.file(walk, application, 16)
    steps.ask_statement(walk, "psychologist", "psykologi Aila Sarkkinen, terveysasema", texts.STATEMENT_PURPOSE, 15)


def _plan_and_leave(walk: Walk) -> None:
    steps.visit(
        walk,
        Appointment.Kind.OFFICE,
        walk.days.working(2),
        time(13),
        agreed=9,
        place="Työkykypalvelu, huone 3",
    )
    visit = steps.visit(
        walk,
        Appointment.Kind.DOCTOR,
        walk.days.working(9),
        time(10, 30),
        agreed=9,
        place=HEALTH_CENTRE,
        whom=texts.DOCTOR_ASKED,
        is_accompanied=True,
    )
    steps.prepare(walk, visit, Preparation(asked_for="Aikaa toipua. En halua vielä puhua työstä."), 8)
    steps.put_on_agenda(walk, walk.team.coming, "Mitä tukea Seija jaksaa ottaa vastaan juuri nyt?", 8)
    walk.task("Soita Seijalle ennen tiimiä", 8, due_in=0)
    walk.withdraw(LEAVES, 1)
