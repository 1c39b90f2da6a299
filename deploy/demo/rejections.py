"""Stories in which a decision was rejected: checked, appealed in time or late, accepted, examined anew."""

from casework.models import Decision
from deploy.demo import appealing, claims, texts
from deploy.demo.claims import PENSIONS
from deploy.demo.road import describe, follow_up, stay_in_touch, walk_to
from deploy.demo.stories import Direction, Result, Story
from deploy.demo.walk import Walk

APPEAL_DAYS = 37  # of a posted decision; the real last day is reckoned by casework
LATE = "Asiakas oli sairaalahoidossa valitusajan viimeiset kaksi viikkoa, eikä saanut postiaan."


def to_be_checked(walk: Walk) -> None:
    """The decision has just come; nobody has looked through it yet."""
    _rejected(walk, walk.between(4, 20))
    walk.task(walk.chance.choice(texts.TASKS["checking"]), 4, due_in=walk.chance.choice((-1, 0, 1, 3)))


def appeal_under_way(walk: Walk) -> None:
    """An appeal is being written and its last day is near."""
    days_left = walk.between(3, 12)
    decision = _rejected(walk, APPEAL_DAYS - days_left)
    _gap(walk, decision, ago=APPEAL_DAYS - days_left - 8)
    appealing.draft_appeal(walk, decision, APPEAL_DAYS - days_left - 10)
    walk.task(walk.chance.choice(texts.TASKS["appealing"]), 8, due_in=walk.chance.choice((1, 2, 3)))


def appeal_running_late(walk: Walk) -> None:
    """The last day has passed and the appeal is not filed."""
    decision = _rejected(walk, APPEAL_DAYS + 6)
    _gap(walk, decision, ago=30)
    appealing.draft_appeal(walk, decision, 28)
    walk.task("Lähetä valitus ja perustele myöhästyminen", 5, due_in=0)


def appealed(walk: Walk) -> None:
    decided = walk.between(60, 100)
    decision = _rejected(walk, decided)
    _gap(walk, decision, ago=decided - 8)
    appeal = appealing.draft_appeal(walk, decision, decided - 10)
    appealing.file_appeal(walk, appeal, decided - 20)
    stay_in_touch(walk, texts.WAITING, since=decided - 20)
    _ask_again(walk)


def appealed_late(walk: Walk) -> None:
    decided = walk.between(70, 90)
    decision = _rejected(walk, decided)
    _gap(walk, decision, ago=decided - 9)
    appeal = appealing.draft_appeal(walk, decision, decided - 12)
    appealing.file_appeal(walk, appeal, decided - APPEAL_DAYS - 9, late_reason=LATE)
    _ask_again(walk)


def on_the_way_to_court(walk: Walk) -> None:
    """The board has rejected the appeal too; the clock of the court runs."""
    decision = _rejected(walk, 150)
    _gap(walk, decision, ago=140)
    appeal = appealing.draft_appeal(walk, decision, 138)
    appeal = appealing.file_appeal(walk, appeal, 125)
    stay_in_touch(walk, texts.WAITING, since=125, until=20)
    appealing.answer_appeal(walk, appeal, "rejected", 15)
    walk.task("Päätä asiakkaan kanssa, valitetaanko vakuutusoikeuteen", 10, due_in=5)


def accepted(walk: Walk) -> None:
    decided = walk.between(40, 70)
    decision = _rejected(walk, decided)
    reason = "Asiakas ei halua hakea muutosta. Hän aloittaa ammatillisen kuntoutuksen."
    claims.conclude(walk, decision, "accept", decided - 9, reason=reason)
    follow_up(walk, Direction.REHABILITATION, decided - 10)


def examined_anew(walk: Walk) -> None:
    decided = walk.between(45, 70)
    decision = _rejected(walk, decided)
    missed = walk.illnesses[-1:]
    reason = "Uusi erikoislääkärin lausunto kuvaa sairauden, jota päätös ei mainitse."
    claims.conclude(walk, decision, "re_examination", decided - 9, reason=reason, passed_over=missed)
    claims.re_examine(walk, decision.application, decided - 16)
    stay_in_touch(walk, texts.WAITING, since=decided - 16)
    _ask_again(walk)


def applied_anew(walk: Walk) -> None:
    decided = walk.between(50, 75)
    decision = _rejected(walk, decided)
    reason = "Valitusaikana ei saatu lausuntoa. Haetaan ammatillista kuntoutusta ja sen jälkeen uudelleen eläkettä."
    claims.conclude(walk, decision, "new_application", decided - 12, reason=reason)
    claims.apply(walk, claims.Claim("AK-K", "kela"), 20)
    _ask_again(walk)


def _rejected(walk: Walk, ago: int) -> Decision:
    """Walk to a rejection that passes over the last illness when there are several."""
    claim = walk.chance.choice(PENSIONS[:5])
    filed = ago + claim.usual_days(walk) + walk.between(-6, 10)
    walk_to(walk, describe, until=filed + 15)
    application = claims.apply(walk, claim, filed)
    stay_in_touch(walk, texts.WAITING, since=filed, until=ago + 2)
    decision = claims.decide(walk, application, Result.REJECTED, ago, passed_over=walk.illnesses[1:][-1:])
    walk.note(walk.chance.choice(texts.REJECTED), max(1, ago - 5))
    return decision


def _ask_again(walk: Walk) -> None:
    """Nothing waits without a next day and somebody who asks."""
    walk.task(walk.chance.choice(texts.TASKS["asking"]), 3, due_in=walk.between(5, 30))


def _gap(walk: Walk, decision: Decision, *, ago: int) -> None:
    missed = walk.illnesses[-1:]
    reason = "Kaikkia sairauksia ei ole arvioitu yhdessä."
    claims.conclude(walk, decision, "appeal", ago, reason=reason, passed_over=missed)


REJECTIONS = (
    Story(to_be_checked, 4, (160, 230)),
    Story(appeal_under_way, 3, (180, 240)),
    Story(appeal_running_late, 1, (200, 250)),
    Story(appealed, 4, (240, 300)),
    Story(appealed_late, 1, (240, 290)),
    Story(on_the_way_to_court, 1, (310, 320)),
    Story(accepted, 1, (210, 260)),
    Story(examined_anew, 1, (210, 260)),
    Story(applied_anew, 1, (220, 270)),
)
