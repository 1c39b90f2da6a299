"""Consents, facts, visits, statements and agendas in a walk: each function is one step, by the real actions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from casework.assessments import actions as assessments
from casework.assessments import instruments
from casework.assessments.actions import AssessmentDetails, Scored
from casework.assessments.instruments import ResultDetails
from casework.care_referrals import actions as care_referrals
from casework.care_referrals.actions import ReferralDetails
from casework.clients import network
from casework.clients.network import NetworkDetails
from casework.consents import actions as consents
from casework.consents import disclosures
from casework.consents.actions import ConsentDetails
from casework.meetings import agenda
from casework.models import (
    AgendaItem,
    Appointment,
    Assessment,
    CareReferral,
    Client,
    Document,
    Meeting,
    StatementRequest,
)
from casework.models.consent import Partner, Purpose
from casework.situation import mapping, target_groups
from casework.situation.mapping import EntryDetails
from casework.situation.target_groups import Belonging
from casework.statements import actions as statements
from casework.statements.actions import Arrival, StatementDetails
from casework.visits import actions as appointments
from casework.visits.actions import AppointmentDetails, Debrief, Preparation, Work
from deploy.demo import papers
from deploy.demo.walk import Walk
from tenants.accounts.models import User
from tenants.rough_days import RoughDay


def allow(walk: Walk, partner: str, purpose: str, ago: int, *, who: str = "", ends_in: int | None = None) -> None:
    """Write down a consent in writing, until further notice or until so many days from today."""
    on = walk.days.ago(ago)
    until = None if ends_in is None else walk.days.today + timedelta(days=ends_in)
    details = ConsentDetails(partner=partner, partner_name=who, purpose=purpose, given_on=on, valid_until=until)
    consents.add(case=walk.case, details=details, by=walk.by, at=walk.moment(on))


def interview(walk: Walk, texts: Mapping[str, str], ago: int) -> None:
    """Write down what the client told at a first meeting."""
    mapping.interview(case=walk.case, texts=texts, by=walk.by, at=walk.moment(walk.days.ago(ago)))


def learn(walk: Walk, area: str, text: str, ago: int, *, source: str, note: str = "", period: str = "") -> None:
    """Write down a fact of the mapping with its source."""
    on = walk.days.ago(ago)
    details = EntryDetails(area=area, text=text, learned_on=on, source=source, source_note=note, period=period)
    mapping.add(case=walk.case, details=details, by=walk.by, at=walk.moment(on))


def know(walk: Walk, person: NetworkDetails, ago: int) -> None:
    """Write somebody into the network."""
    network.add(case=walk.case, details=person, by=walk.by, at=walk.moment(walk.days.ago(ago)))


def belong(walk: Walk, groups: Mapping[str, tuple[str, int]], ago: int) -> None:
    """Record the target groups of the client: of each who told it, and for how many days it has been so."""
    told = {
        group: Belonging(source=source, since=RoughDay(walk.days.ago(days))) for group, (source, days) in groups.items()
    }
    client = Client.objects.get(pk=walk.case.client_id)
    at = walk.moment(walk.days.ago(ago))
    target_groups.record(case=walk.case, groups=told, version=client.version, by=walk.by, at=at)
    walk.case.client = Client.objects.get(pk=client.pk)


def assess(
    walk: Walk,
    kind: str,
    scores: Mapping[str, tuple[int, str]],
    ago: int,
    *,
    summary: str,
    recommendation: str = "",
    by: User | None = None,
) -> Assessment:
    """Write an assessment with its scores, each with how it shows in daily life."""
    on, by = walk.days.ago(ago), by or walk.by
    details = AssessmentDetails(
        kind=kind,
        assessed_on=on,
        assessor=by.name,
        summary=summary,
        recommendation=recommendation,
        scores={code: Scored(score=score, note=note) for code, (score, note) in scores.items()},
    )
    return assessments.write(case=walk.case, details=details, by=by, at=walk.moment(on))


def measure(walk: Walk, instrument: str, result: str, ago: int, *, comment: str = "") -> None:
    """Keep the result of an instrument that the client has filled in."""
    on = walk.days.ago(ago)
    details = ResultDetails(instrument=instrument, taken_on=on, taken_with=walk.by.name, result=result, comment=comment)
    instruments.add(case=walk.case, details=details, by=walk.by, at=walk.moment(on))


def visit(
    walk: Walk,
    kind: str,
    on: date,
    begins: time,
    *,
    agreed: int,
    lasts: int = 45,
    place: str = "",
    whom: str = "",
    is_accompanied: bool = False,
) -> Appointment:
    """Agree on a visit, `agreed` days ago."""
    ends = (datetime.combine(on, begins) + timedelta(minutes=lasts)).time()
    details = AppointmentDetails(
        kind=kind,
        on=on,
        begins=begins,
        ends=ends,
        worker=walk.by,
        place=place,
        with_whom=whom,
        is_accompanied=is_accompanied,
    )
    at = walk.moment(walk.days.ago(agreed))
    return appointments.agree(case=walk.case, details=details, by=walk.by, at=at)


def prepare(walk: Walk, appointment: Appointment, sheet: Preparation, ago: int) -> Appointment:
    """Write the preparation sheet of a visit."""
    at = walk.moment(walk.days.ago(ago))
    return appointments.prepare(
        appointment=appointment, preparation=sheet, version=appointment.version, by=walk.by, at=at
    )


def debrief(
    walk: Walk, appointment: Appointment, said: Debrief, ago: int, *, next_in: int | None = None, work: Work | None
) -> Appointment:
    """Write down what came of a visit; its next step is due `next_in` days from today."""
    next_on = None if next_in is None else walk.days.today + timedelta(days=next_in)
    return appointments.debrief(
        appointment=appointment,
        debrief=replace(said, next_on=next_on),
        work=work,
        version=appointment.version,
        by=walk.by,
        at=walk.moment(walk.days.ago(ago), after=appointment.ends_at),
    )


def ask_statement(walk: Walk, kind: str, of: str, purpose: str, ago: int) -> StatementRequest:
    """Ask for a statement, to be expected as usual."""
    on = walk.days.ago(ago)
    details = StatementDetails(kind=kind, asked_of=of, purpose=purpose, asked_on=on)
    return statements.ask(case=walk.case, details=details, by=walk.by, at=walk.moment(on))


def remind(walk: Walk, request: StatementRequest, ago: int) -> StatementRequest:
    """Ask after a statement."""
    on = walk.days.ago(ago)
    return statements.remind(request=request, reminded_on=on, version=request.version, by=walk.by, at=walk.moment(on))


def receive(walk: Walk, request: StatementRequest, title: str, paragraphs: list[str], ago: int) -> StatementRequest:
    """Take in a statement that was written two days before it came, with its paper."""
    on = walk.days.ago(ago)
    file = papers.paper(
        title, [f"{walk.case.client.name}, syntynyt {walk.case.client.born_on:%-d.%-m.%Y}", *paragraphs]
    )
    arrival = Arrival(received_on=on, written_on=walk.days.ago(ago + 2), file=file)
    return statements.receive(request=request, arrival=arrival, version=request.version, by=walk.by, at=walk.moment(on))


def refer_to_clinic(walk: Walk, details: ReferralDetails, ago: int) -> CareReferral:
    """Ask for a referral to a clinic."""
    on = walk.days.ago(ago)
    details = replace(details, asked_on=on)
    return care_referrals.begin(case=walk.case, details=details, by=walk.by, at=walk.moment(on))


def send_referral(walk: Walk, referral: CareReferral, sent_by: str, ago: int) -> CareReferral:
    """Hear that the doctor has sent it."""
    on = walk.days.ago(ago)
    sent: dict[str, Any] = {"sent_on": on, "sent_by": sent_by, "version": referral.version}
    return care_referrals.send(referral=referral, **sent, by=walk.by, at=walk.moment(on))


def accept_referral(walk: Walk, referral: CareReferral, ago: int, *, visit_in: int) -> CareReferral:
    """Hear that the clinic invites the client, so many days from today."""
    on = walk.days.ago(ago)
    said: dict[str, Any] = {"accepted_on": on, "first_visit_on": walk.days.today + timedelta(days=visit_in)}
    version = referral.version
    return care_referrals.accept(referral=referral, **said, version=version, by=walk.by, at=walk.moment(on))


def hand_over(walk: Walk, document: Document, partner: str, recipient: str, ago: int) -> None:
    """Hand a document over with the client's consent."""
    on = walk.days.ago(ago)
    disclosures.hand_over(
        document=document,
        partner=partner,
        recipient=recipient,
        on=on,
        ground="consent",
        by=walk.by,
        at=walk.moment(on),
    )


def put_on_agenda(walk: Walk, meeting: Meeting, question: str, ago: int) -> AgendaItem:
    """Ask the team about a client who allows it."""
    at = walk.moment(walk.days.ago(ago))
    return agenda.add(meeting=meeting, case=walk.case, basis="consent", question=question, by=walk.by, at=at)


def allow_team(walk: Walk, ago: int) -> None:
    """The client lets the team discuss their matters."""
    allow(walk, Partner.TEAM, Purpose.DISCUSS, ago, who="Kunnan työkykytiimi")
