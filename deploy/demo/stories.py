"""How far clients have come without a decision that hurts: from the first call to a direction and the end."""

from dataclasses import dataclass
from typing import Protocol

from casework.models import Case, Decision, Note
from deploy.demo import claims, gatherings, steps, texts
from deploy.demo.claims import OTHERS, PENSIONS
from deploy.demo.road import (
    agree,
    describe,
    end,
    follow_up,
    gather_network,
    gather_team,
    map_situation,
    meet,
    see_doctor,
    stay_in_touch,
    walk_to,
)
from deploy.demo.walk import Walk

Direction = Case.Direction
Outcome = Case.Outcome
Result = Decision.Result


class Telling(Protocol):
    def __call__(self, walk: Walk) -> None: ...


@dataclass(frozen=True)
class Story:
    """One kind of story: how many of eighty clients have it, and how many days ago its case was opened."""

    tell: Telling
    share: int
    opened: tuple[int, int]


def first_contact(walk: Walk) -> None:
    if walk.opened > 4:
        walk.note(walk.chance.choice(texts.CONTACT), walk.between(2, walk.opened - 2), Note.Kind.CALL)
    walk.task(walk.chance.choice(texts.TASKS["contact"]), walk.opened, due_in=walk.chance.choice((-2, 0, 1, 2, 4)))


def mapping(walk: Walk) -> None:
    walk_to(walk, walk.chance.choice((meet, map_situation, gather_network)), until=walk.between(3, 12))
    walk.task(walk.chance.choice(texts.TASKS["mapping"]), 2, due_in=walk.chance.choice((-3, 0, 2, 3, 5, 8, 12)))


def assessing(walk: Walk) -> None:
    walk_to(walk, walk.chance.choice((see_doctor, gather_team, describe)), until=walk.between(4, 18))
    walk.task(walk.chance.choice(texts.TASKS["assessing"]), 3, due_in=walk.chance.choice((-1, 1, 3, 4, 9)))
    steps.ask_statement(walk, "B", texts.DOCTOR_ASKED, texts.STATEMENT_PURPOSE, walk.between(8, 40))
    gatherings.ask_team(walk)


def applying(walk: Walk) -> None:
    walk_to(walk, describe, until=walk.chance.choice((52, 25)))  # of the longer one, nobody has heard for weeks
    claims.begin(walk, walk.chance.choice(PENSIONS + OTHERS), walk.between(4, 14))
    walk.task(walk.chance.choice(texts.TASKS["applying"]), 3, due_in=walk.chance.choice((0, 1, 3, 6)))


def waiting(walk: Walk) -> None:
    claim = walk.chance.choice(PENSIONS + OTHERS)
    filed = walk.between(4, claim.usual_days(walk) - 4)
    walk_to(walk, describe, until=filed + 15)
    if walk.chance.random() < 0.4:
        _earlier_sickness_allowance(walk, until=filed + 14)
    claims.apply(walk, claim, filed)
    stay_in_touch(walk, texts.WAITING, since=filed)
    walk.task(walk.chance.choice(texts.TASKS["waiting"]), filed, due_in=walk.chance.choice((1, 4, 7, 11, 16)))


def overdue(walk: Walk) -> None:
    claim = walk.chance.choice(PENSIONS)
    filed = claim.usual_days(walk) + walk.between(6, 40)
    walk_to(walk, describe, until=filed + 15)
    claims.apply(walk, claim, filed)
    stay_in_touch(walk, texts.WAITING, since=filed, until=filed - claim.usual_days(walk))
    walk.note(walk.chance.choice(texts.OVERDUE), walk.between(2, 5), Note.Kind.CALL)
    walk.task(walk.chance.choice(texts.TASKS["overdue"]), 5, due_in=walk.chance.choice((-1, 0, 2)))


def more_asked(walk: Walk) -> None:
    claim = walk.chance.choice(PENSIONS)
    filed = walk.between(24, 36)
    walk_to(walk, describe, until=filed + 15)
    application = claims.apply(walk, claim, filed)
    claims.ask_for_more(walk, application, walk.between(8, 12), due_in=walk.chance.choice((-3, 2, 6, 9)))
    walk.task(walk.chance.choice(texts.TASKS["more"]), 8, due_in=walk.chance.choice((-2, 1, 3)))


def pension_granted(walk: Walk) -> None:
    _decided(walk, walk.chance.choice(PENSIONS), Result.GRANTED, decided := walk.between(20, 60))
    walk.note(walk.chance.choice(texts.GRANTED), decided - 4, Note.Kind.CALL)
    follow_up(walk, Direction.PENSION, decided - 6)


def granted_for_a_time(walk: Walk) -> None:
    claim = claims.Claim("KT", walk.chance.choice(("kela", "varma")))
    decision = _decided(walk, claim, Result.GRANTED_UNTIL, decided := walk.between(24, 50), granted_days=270)
    claims.conclude(walk, decision, "accept", decided - 8, reason="Kuntoutustuki vastaa sitä, mitä haettiin.")
    follow_up(walk, Direction.REHABILITATION, decided - 9)


def to_work(walk: Walk) -> None:
    pointed = walk.between(15, 45)
    walk_to(walk, describe, until=pointed + 50)
    walk.serve("employer_contact", 90, pointed + 20, "Käynti työpaikalla asiakkaan kanssa")
    pay_subsidy = claims.Claim("PAL", "employment_area")
    if pay_subsidy.is_known(walk.days.ago(pointed + 25)):  # employment areas began in 2025
        application = claims.apply(walk, pay_subsidy, pointed + 18)
        claims.decide(walk, application, Result.GRANTED, pointed + 3)
    walk.note("Työ alkoi puolikkaalla työajalla. Työnantaja on muokannut tehtäviä.", pointed, Note.Kind.CALL)
    follow_up(walk, Direction.WORK, pointed)


def to_education(walk: Walk) -> None:
    pointed = walk.between(15, 50)
    walk_to(walk, gather_team, until=pointed + 10)
    walk.note("Opiskelupaikka varmistui. Oppimisen tuki on sovittu oppilaitoksen kanssa.", pointed, Note.Kind.CALL)
    follow_up(walk, Direction.EDUCATION, pointed)


def closed_with_pension(walk: Walk) -> None:
    closed = walk.between(8, 55)
    _decided(walk, walk.chance.choice(PENSIONS[:3]), Result.GRANTED, closed + 40)
    walk.point(Direction.PENSION, closed + 30)
    end(walk, Outcome.PENSION, closed)


def closed_with_work(walk: Walk) -> None:
    closed = walk.between(6, 70)
    walk_to(walk, gather_team, until=closed + 40)
    walk.serve("employer_contact", 60, closed + 30, "Neuvottelu työnantajan kanssa")
    walk.point(Direction.WORK, closed + 20)
    end(walk, Outcome.WORK, closed)


def closed_early(walk: Walk) -> None:
    closed = walk.between(5, 60)
    walk_to(walk, walk.chance.choice((agree, meet, map_situation)), until=closed + 5)
    end(walk, walk.chance.choice((Outcome.MOVED, Outcome.WITHDREW, Outcome.OTHER_SERVICE)), closed)


def _earlier_sickness_allowance(walk: Walk, *, until: int) -> None:
    """A sickness allowance that ran before: applications rarely come alone."""
    filed = until + 35
    if filed + 8 < walk.opened:
        application = claims.apply(walk, claims.Claim("SPR", "kela"), filed)
        claims.decide(walk, application, Result.GRANTED, until + 12)


def _decided(walk: Walk, claim: claims.Claim, result: str, ago: int, *, granted_days: int = 0) -> Decision:
    filed = ago + claim.usual_days(walk) + walk.between(-8, 12)
    walk_to(walk, describe, until=filed + 15)
    application = claims.apply(walk, claim, filed)
    stay_in_touch(walk, texts.WAITING, since=filed, until=ago)
    return claims.decide(walk, application, result, ago, granted_days=granted_days)


UNHURT = (
    Story(first_contact, 8, (3, 15)),
    Story(mapping, 8, (24, 62)),
    Story(assessing, 7, (60, 125)),
    Story(applying, 5, (90, 160)),
    Story(waiting, 9, (130, 220)),
    Story(overdue, 4, (190, 270)),
    Story(more_asked, 3, (120, 190)),
    Story(pension_granted, 3, (220, 290)),
    Story(granted_for_a_time, 3, (210, 290)),
    Story(to_work, 3, (160, 240)),
    Story(to_education, 2, (120, 200)),
    Story(closed_with_pension, 2, (240, 300)),
    Story(closed_with_work, 3, (190, 270)),
    Story(closed_early, 3, (70, 140)),
)
