"""Raija's story, which the demo is shown with: a rejection that misses an illness, and an appeal clock that runs."""

from datetime import date, time

from casework.case_tasks import actions as tasks
from casework.clients.actions import ClientDetails
from casework.clients.illnesses import IllnessDetails
from casework.models import Appointment, Case, Document, Note
from deploy.demo import claims, steps
from deploy.demo.accounts import DOCTOR
from deploy.demo.municipalities import KAAVI
from deploy.demo.names import details_of
from deploy.demo.road import agree, call
from deploy.demo.stories import Result
from deploy.demo.walk import Walk

OPENED = 206
BACK = IllnessDetails(
    name="Alaselän välilevyrappeuma",
    icd10="M51.3",
    effect="Pystyy istumaan tai seisomaan noin puoli tuntia. Siivoustyön nostot ja kumarat asennot eivät onnistu.",
)
HANDS = IllnessDetails(
    name="Rannekanavaoireyhtymä, molemmat kädet",
    icd10="G56.0",
    effect="Kädet puutuvat yöllä ja työssä. Puristusvoima on heikentynyt leikkauksen jälkeenkin.",
)
MOOD = IllnessDetails(
    name="Toistuva masennus, keskivaikea jakso",
    icd10="F33.1",
    effect="Aloitekyky ja keskittyminen ovat heikentyneet. Jaksaa keskittyä noin tunnin, yöuni on rikkonaista.",
)
PSYCHIATRY = "Psykiatrian poliklinikan lausunto"
QUESTION = "Miten kipu ja masennus vaikuttavat yhdessä? Kuka kirjoittaa siitä lausunnon valitukseen?"
REASON = (
    "Siivoojana 24 vuotta, työttömänä kohta kolme vuotta. Selkä ja kädet eivät kestä, ja mieliala on laskenut. Asiakas "
    "ei jaksa yksin selvittää eläkeasiaa. Pyydämme kokonaisarviota työkyvystä."
)


def details() -> ClientDetails:
    """Answer who Raija is."""
    return details_of("Raija", "Hiltunen", date(1968, 4, 17), KAAVI, 60)


def tell(walk: Walk) -> None:
    """Tell it to the day on which the gap is found and the appeal is still to be written."""
    _begin(walk)
    _assess(walk)
    _apply_and_wait(walk)


def _begin(walk: Walk) -> None:
    call(walk, 204)
    agree(walk, 201)
    walk.note(
        "Tavattiin Raijan kotona. Hän kertoi työvuosistaan kouluilla ja siitä, miten kädet alkoivat puutua. Toive: "
        "että joku katsoisi koko tilanteen eikä yhtä vaivaa kerrallaan.",
        194,
        Note.Kind.MEETING,
    )
    walk.serve("first_meeting", 90, 194, "Kotikäynti, ensimmäinen tapaaminen")
    walk.note(
        "Puhuttu terveydestä lapsuudesta asti. Koulu oli raskas: lukeminen takkusi, mutta apua ei saanut. Masennus on "
        "alkanut ensimmäisen kerran jo 2009. Tytär auttaa papereissa.",
        180,
        Note.Kind.MEETING,
    )
    walk.serve("client_meeting", 75, 180, "Kartoitus: terveys, työ, toimeentulo, perhe")
    walk.task("Pyydä epikriisit terveysasemalta ja psykiatrian poliklinikalta", 180, done=168)


def _assess(walk: Walk) -> None:
    walk.illness(BACK, 180, years=9)
    walk.illness(HANDS, 180, years=5)
    walk.illness(MOOD, 166, years=17)
    walk.join(DOCTOR.profession, 160)
    walk.note(
        "Lääkärin vastaanotolla yhdessä. Raija oli kirjoittanut oireet paperille. Selkä ja kädet tutkittiin, ja "
        "puhuttiin myös mielialasta. Lääkäri kirjoittaa B-lausunnon, psykiatrian poliklinikalta pyydetään oma "
        "lausunto.",
        152,
        Note.Kind.MEETING,
    )
    walk.serve("doctor_visit", 150, 152, "Mukana lääkärin vastaanotolla")
    walk.note(
        "Työkykytiimi: siivoustyöhön ei ole paluuta. Jäljellä oleva työkyky on vähäinen, koska kipu ja masennus "
        "vaikuttavat yhdessä. Suositus: haetaan työkyvyttömyyseläkettä.",
        138,
        Note.Kind.MEETING,
    )
    walk.serve("team_meeting", 30, 138, "Käsittely työkykytiimissä")
    walk.serve("ability_description", 180, 120, "Työ- ja toimintakyvyn kuvaus")
    lines = [BACK.effect, HANDS.effect, MOOD.effect]
    walk.document(Document.Kind.OTHER, "Työ- ja toimintakyvyn kuvaus", lines, 120)


def _apply_and_wait(walk: Walk) -> None:
    [mood] = [illness for illness in walk.illnesses if illness.icd10 == MOOD.icd10]
    application = claims.begin(walk, claims.Claim("TKE-T", "keva"), 99)
    paper = walk.document(Document.Kind.MEDICAL, PSYCHIATRY, [MOOD.effect], 98)
    claims.attach(walk, application, paper, 97, kind="other", title=PSYCHIATRY, about=[mood])
    application = claims.file(walk, application, 92)
    walk.note("Soitettu Kevaan: hakemus on käsittelyssä, lisäselvityksiä ei tarvita.", 66, Note.Kind.CALL)
    walk.serve("coordination", 20, 66, "Yhteydenpito käsittelijään")
    walk.note("Raija soitti. Odottaminen valvottaa, mutta tyttären kanssa on käyty marjassa.", 45, Note.Kind.CALL)
    walk.serve("coordination", 30, 45, "Puhelu asiakkaan kanssa")
    decision = claims.decide(walk, application, Result.REJECTED, 28, passed_over=[mood])
    walk.note(
        "Luettiin Kevan päätös yhdessä. Siinä puhutaan selästä ja käsistä, mutta masennusta ei mainita lainkaan, "
        "vaikka lausunto oli liitteenä. Raija on pettynyt, mutta haluaa hakea muutosta.",
        20,
        Note.Kind.MEETING,
    )
    walk.serve("client_meeting", 60, 20, "Päätöksen läpikäynti")
    claims.look_through(walk, decision, 18, passed_over=[mood])
    walk.task("Pyydä psykiatrian poliklinikalta tuore lausunto valitusta varten", 18, due_in=2)
    walk.task("Viimeistele valitus Raijan kanssa ja lähetä se", 18, due_in=4)
    _ask_doctor(walk)
    _plan(walk)


def _ask_doctor(walk: Walk) -> None:
    """The doctor is in the team of this case and has promised something, too."""
    on = walk.days.ago(12)
    tasks.add(
        case=Case.objects.get(pk=walk.case.pk),
        title="Täydennä B-lausuntoa: kipu ja masennus yhdessä",
        due_on=walk.days.ahead(3),
        assignee=walk.team.member(DOCTOR.profession),
        by=walk.by,
        at=walk.moment(on),
    )


def _plan(walk: Walk) -> None:
    """They write the appeal together today, and the team is asked what the decision left out."""
    steps.allow_team(walk, 11)
    steps.put_on_agenda(walk, walk.team.coming, QUESTION, 7)
    steps.visit(
        walk,
        Appointment.Kind.OFFICE,
        walk.days.working(0),
        time(13),
        agreed=7,
        lasts=90,
        place="Työkykypalvelu, huone 3",
    )
