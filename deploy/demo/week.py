"""The calendar of ordinary clients: visits of this week and the next, some that were held, and one not told of yet."""

from datetime import time

from casework.models import Appointment
from casework.visits import actions as appointments
from casework.visits.actions import Debrief, Preparation, Work
from deploy.demo import steps, texts
from deploy.demo.walk import Walk

Kind = Appointment.Kind
EVERY = 6  # of six clients two have a visit to come, one had a visit, and now and then one is not written up
HOURS = (time(9), time(10, 30), time(13), time(14, 30))
KINDS = (Kind.OFFICE, Kind.DOCTOR, Kind.HOME, Kind.PHONE, Kind.OFFICE)
PLACES = {Kind.OFFICE: "Työkykypalvelu, huone 3", Kind.DOCTOR: "Terveysasema", Kind.HOME: "Asiakkaan koti"}
HORIZON = 11  # days; with four hours a day, forty-four visits follow each other without two at once


def fill(walk: Walk, turn: int) -> None:
    """Give the client of an open case what stands in the calendar; `turn` counts the clients of one coordinator."""
    if not walk.case.is_open or walk.opened < 12:
        return
    place, round_ = turn % EVERY, turn // EVERY
    if place in (0, 3):
        _come(walk, turn)
    elif place == 1:
        _been(walk, turn, ago=walk.between(4, 10))
    elif place == 4 and round_ == 1:
        _agree(walk, turn, in_days=-1)
    elif place == 5 and round_ == 0:
        _missed(walk, turn)


def _come(walk: Walk, turn: int) -> None:
    appointment = _agree(walk, turn, in_days=turn // 3 * 5 % HORIZON)
    if appointment.kind == Kind.DOCTOR and turn % 2:
        steps.prepare(walk, appointment, Preparation(**walk.chance.choice(texts.SHEETS)), 1)


def _been(walk: Walk, turn: int, *, ago: int) -> None:
    appointment = _agree(walk, turn, in_days=-ago)
    product = "doctor_visit" if appointment.kind == Kind.DOCTOR else "client_meeting"
    said = Debrief(said=walk.chance.choice(texts.SAID))
    steps.debrief(walk, appointment, said, ago - 1, work=Work(product=product, minutes=60))


def _missed(walk: Walk, turn: int) -> None:
    appointment = _agree(walk, turn, in_days=-4)
    at = walk.moment(walk.days.ago(2), after=appointment.ends_at)  # before a weekend both days are Friday
    appointments.miss(appointment=appointment, by=walk.by, at=at)


def _agree(walk: Walk, turn: int, *, in_days: int) -> Appointment:
    kind = KINDS[turn % len(KINDS)]
    is_doctor = kind == Kind.DOCTOR
    return steps.visit(
        walk,
        kind,
        walk.days.ago(-in_days) if in_days < 0 else walk.days.working(in_days),
        HOURS[turn // 3 % len(HOURS)],
        agreed=max(1, 9 - in_days) if in_days < 0 else 7,
        lasts=20 if kind == Kind.PHONE else 45,
        place=PLACES.get(kind, ""),
        whom=texts.DOCTOR_ASKED if is_doctor else "",
        is_accompanied=is_doctor,
    )
