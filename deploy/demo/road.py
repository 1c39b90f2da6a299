"""The road every client walks at first: contact, meeting, mapping, doctor, team, description; and staying in touch."""

from collections.abc import Callable

from casework.models import Case, Document, Note
from deploy.demo import texts
from deploy.demo.accounts import DOCTOR
from deploy.demo.walk import Walk

type Step = Callable[[Walk, int], None]

WAITS_BETWEEN_CALLS = (17, 27)


def call(walk: Walk, ago: int) -> None:
    walk.note(walk.chance.choice(texts.CONTACT), ago, Note.Kind.CALL)
    walk.serve("coordination", walk.chance.choice((15, 20, 30)), ago, "Yhteydenotto asiakkaaseen")


def agree(walk: Walk, ago: int) -> None:
    walk.note(walk.chance.choice(texts.WILLING), ago, Note.Kind.CALL)
    walk.ask(ago)


def meet(walk: Walk, ago: int) -> None:
    walk.note(walk.chance.choice(texts.FIRST_MEETING), ago, Note.Kind.MEETING)
    walk.serve("first_meeting", walk.chance.choice((60, 75, 90)), ago, "Ensimmäinen tapaaminen")
    walk.fall_ill(ago, kinds=walk.chance.choice((1, 2, 2, 3)))


def map_situation(walk: Walk, ago: int) -> None:
    walk.note(walk.chance.choice(texts.MAPPING), ago, Note.Kind.MEETING)
    walk.serve("client_meeting", walk.chance.choice((45, 60, 90)), ago, texts.MEETING_WORDS[1])
    walk.task(walk.chance.choice(texts.TASKS["mapping"]), ago, done=max(1, ago - 6))


def gather_network(walk: Walk, ago: int) -> None:
    walk.note(walk.chance.choice(texts.NETWORK), ago, Note.Kind.MEETING)
    walk.serve("network_meeting", 60, ago, "Verkostopalaveri")


def see_doctor(walk: Walk, ago: int) -> None:
    walk.join(DOCTOR.profession, ago)
    walk.note(walk.chance.choice(texts.DOCTOR), ago, Note.Kind.MEETING)
    walk.serve("doctor_visit", walk.chance.choice((90, 120, 150)), ago, "Mukana lääkärin vastaanotolla")


def gather_team(walk: Walk, ago: int) -> None:
    walk.note(walk.chance.choice(texts.TEAM), ago, Note.Kind.MEETING)
    walk.serve("team_meeting", 30, ago, "Käsittely työkykytiimissä")


def describe(walk: Walk, ago: int) -> None:
    illnesses = [f"{illness.name} ({illness.icd10}). {illness.effect}" for illness in walk.illnesses]
    walk.document(Document.Kind.OTHER, "Työ- ja toimintakyvyn kuvaus", illnesses, ago)
    walk.note(walk.chance.choice(texts.DESCRIPTION), ago)
    walk.serve("ability_description", walk.chance.choice((120, 150, 180)), ago, "Työ- ja toimintakyvyn kuvaus")


ROAD: tuple[Step, ...] = (call, agree, meet, map_situation, gather_network, see_doctor, gather_team, describe)


def walk_to(walk: Walk, last: Step, *, until: int) -> None:
    """Take the steps through the last one, spread from the day after the opening until a day."""
    steps = ROAD[: ROAD.index(last) + 1]
    start = max(until, walk.opened - 2)
    for place, step in enumerate(steps):
        step(walk, start - round((start - until) * place / max(1, len(steps) - 1)))


def stay_in_touch(walk: Walk, lines: tuple[str, ...], *, since: int, until: int = 2) -> None:
    """Call every few weeks: nothing waits without somebody who asks."""
    ago = since - walk.chance.randint(*WAITS_BETWEEN_CALLS)
    while ago >= until:
        walk.note(walk.chance.choice(lines), ago, Note.Kind.CALL)
        minutes = walk.chance.choice((15, 20, 30, 45))
        walk.serve("coordination", minutes, ago, walk.chance.choice(texts.COORDINATION))
        ago -= walk.chance.randint(*WAITS_BETWEEN_CALLS)


def work_lately(walk: Walk) -> None:
    """Log what was done in the last weeks for a case that is open: the month that piles up."""
    for earliest, latest in ((19, 12), (9, 2)):
        if walk.case.is_open and walk.opened > earliest:
            minutes = walk.chance.choice((15, 20, 30, 45, 60))
            walk.serve("coordination", minutes, walk.between(earliest, latest), walk.chance.choice(texts.COORDINATION))


def follow_up(walk: Walk, direction: str, ago: int) -> None:
    """Set the direction and look after the client for a while."""
    walk.point(direction, ago)
    stay_in_touch(walk, texts.FOLLOW_UP, since=ago)
    walk.task(walk.chance.choice(texts.TASKS["follow_up"]), ago, due_in=walk.chance.choice((4, 9, 30, 55)))


def end(walk: Walk, outcome: str, ago: int) -> None:
    """Close the case: nothing is left open."""
    words = {
        Case.Outcome.MOVED: "Asiakas muutti toiseen kuntaan. Sovittu, että tiedot siirtyvät hänen luvallaan.",
        Case.Outcome.WITHDREW: "Asiakas ei halua jatkaa nyt. Kerrottu, että takaisin voi tulla milloin vain.",
        Case.Outcome.OTHER_SERVICE: "Asiakas jatkaa sosiaalisessa kuntoutuksessa, josta hän on itse innostunut.",
    }
    walk.note(words.get(Case.Outcome(outcome), walk.chance.choice(texts.FOLLOW_UP)), ago, Note.Kind.CALL)
    walk.close(outcome, ago)
