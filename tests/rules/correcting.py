"""One of every kind of row that people write, and how it is corrected and taken back, for the rule of corrections."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from billing import changes
from billing.actions import contracts
from billing.models import Contract, PriceRow, Seller
from billing.pricing import Unit
from casework.appeals import actions as appeals
from casework.appeals import correcting as corrected_appeals
from casework.appeals import filing, supplements
from casework.appeals.correcting import AppealFacts
from casework.applications import actions as applications
from casework.applications import annex_answers, evidence
from casework.applications import correcting as corrected_applications
from casework.applications.correcting import ApplicationFacts
from casework.assessments import actions as assessments
from casework.assessments import instruments
from casework.assessments.instruments import ResultDetails
from casework.care_referrals import correcting as corrected_care_referrals
from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases import notes
from casework.clients import actions as clients
from casework.clients import illnesses, network
from casework.clients.actions import ClientDetails
from casework.clients.illnesses import IllnessDetails
from casework.clients.network import NetworkDetails
from casework.consents import disclosures
from casework.consents.actions import ConsentDetails
from casework.continuations import actions as continuations
from casework.decisions import correcting as corrected_decisions
from casework.decisions import coverage
from casework.decisions.coverage import Findings
from casework.endings import actions as endings
from casework.endings.actions import Fate
from casework.meetings import actions as meetings
from casework.models import (
    AnnexAnswer,
    Appeal,
    AppealLetter,
    AppealSupplement,
    Application,
    Appointment,
    Assessment,
    CareReferral,
    Case,
    CaseParticipant,
    Client,
    Consent,
    CoverageCheck,
    Decision,
    Disclosure,
    Evidence,
    Illness,
    InstrumentResult,
    JobseekerRegistration,
    Meeting,
    NetworkPerson,
    NoContinuation,
    Note,
    OpenEnd,
    OtherBenefit,
    Referral,
    Removal,
    Representation,
    ServiceEntry,
    SicknessDayCount,
    StatementRequest,
    TargetGroup,
    Task,
)
from casework.models.correction import Correctable, KeepsHistory
from casework.portfolio import actions as benefits
from casework.referrals import actions as referrals
from casework.referrals.actions import ReferralDetails
from casework.removals import correcting as corrected_removals
from casework.removals.correcting import RemovalFacts
from casework.representatives import actions as representatives
from casework.representatives.actions import RepresentationDetails
from casework.services import actions as service_entries
from casework.sickness_days import actions as sickness_days
from casework.statements import correcting as corrected_statements
from casework.statements.correcting import StatementFacts
from casework.visits import actions as appointments
from casework.withdrawals import consents
from tenants.accounts.permissions import Role
from tests.billing.making import SELLER, a_contract, a_price, a_seller
from tests.casework.appeals.making import a_supplement
from tests.casework.applications.making import (
    a_decision,
    an_illness,
    appeal_at,
    application_at,
    evidence_of,
    not_needed,
)
from tests.casework.assessments.making import a_result, an_assessment, assessment_details
from tests.casework.care_referrals.making import a_care_referral
from tests.casework.cases.making import a_referral
from tests.casework.consents.making import a_consent, a_paper
from tests.casework.continuations.making import a_subsidy, none_applied_for
from tests.casework.endings.making import closed
from tests.casework.meetings.making import a_meeting
from tests.casework.meetings.making import details as meeting_details
from tests.casework.portfolio.making import a_benefit, benefit_details
from tests.casework.removals.making import a_final_decision, a_removal, filed
from tests.casework.representatives.making import a_representation
from tests.casework.sickness_days.making import a_count, a_registration, facts
from tests.casework.situation.making import a_network_person
from tests.casework.statements.making import a_statement
from tests.casework.visits.making import an_appointment, details
from tests.conftest import NOON
from tests.people import person

DAY = date(2026, 11, 20)


def _entry(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    typed: dict[str, Any] = {"on": DAY, "product": "client_meeting", "minutes": 60, "is_billable": True}
    entry = service_entries.log(case=case, what="Vanha teksti", **typed, by=by, at=NOON)
    return (
        entry,
        lambda **why: service_entries.correct(entry=entry, what="Uusi", **typed, **why),
        lambda **why: service_entries.take_back(entry=entry, **why),
    )


def _note(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    note = notes.write(case=case, kind="call", text="Vanha teksti", on=DAY, by=by, at=NOON)
    return (
        note,
        lambda **why: notes.correct(note=note, kind="call", text="Uusi", on=DAY, **why),
        lambda **why: notes.take_back(note=note, **why),
    )


def _task(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    task = tasks.add(case=case, title="Vanha teksti", due_on=DAY, assignee=by, by=by, at=NOON)
    return (
        task,
        lambda **why: tasks.correct(task=task, title="Uusi", due_on=DAY, assignee=by, **why),
        lambda **why: tasks.take_back(task=task, **why),
    )


def _decision(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    decision = a_decision(application=application_at("filed", by=by, case=case), reasons="Vanha teksti", by=by)
    said = {name: getattr(decision, name) for name in Decision.CORRECTED} | {"reasons": "Uusi"}
    return (
        decision,
        lambda **why: corrected_decisions.correct(decision=decision, **said, **why),
        lambda **why: corrected_decisions.take_back(decision=decision, **why),
    )


def _assessment(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    row = an_assessment(case, by=by, summary="Vanha teksti")
    return (
        row,
        lambda reason, **who: assessments.change(assessment=row, details=assessment_details(summary="Uusi"), **who),
        lambda **why: assessments.take_back(assessment=row, **why),
    )


def _illness(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    row = an_illness(case, "Vanha teksti", by=by)
    details = IllnessDetails(name="Uusi")
    return (
        row,
        lambda reason, **who: illnesses.change(case=case, illness=row, details=details, **who),
        lambda **why: illnesses.take_back(case=case, illness=row, **why),
    )


def _result(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    row = a_result(case, by=by, result="Vanha teksti")
    details = ResultDetails(instrument="kykyviisari", taken_on=DAY, result="Uusi")
    return (
        row,
        lambda reason, **who: instruments.change(result=row, details=details, **who),
        lambda **why: instruments.take_back(result=row, **why),
    )


def _appointment(case: Any, by: Any) -> tuple[KeepsHistory, Callable[..., Any]]:
    row = an_appointment(case, by=by, place="Vanha teksti")
    agreed = details(worker=by, place="Uusi")
    return row, lambda **who: appointments.change(appointment=row, details=agreed, **who)


def _meeting(case: Any, by: Any) -> tuple[KeepsHistory, Callable[..., Any]]:
    row = a_meeting(by=by, place="Vanha teksti")
    agreed = meeting_details(chair=by, place="Uusi")
    return row, lambda **who: meetings.change(meeting=row, details=agreed, **who)


def _network_person(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    row = a_network_person(case, by=by, note="Vanha teksti")
    known = NetworkDetails(name="Liisa", role="doctor", note="Uusi")
    return (
        row,
        lambda reason, **who: network.change(case=case, person=row, details=known, **who),
        lambda **why: network.take_back(case=case, person=row, **why),
    )


def _benefit(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    row = a_benefit(case, source_note="Vanha teksti", by=by)
    known = benefit_details(source_note="Uusi")
    return (
        row,
        lambda reason, **who: benefits.change(case=case, benefit=row, details=known, **who),
        lambda **why: benefits.take_back(case=case, benefit=row, **why),
    )


def _evidence(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    row = evidence_of(application_at("draft", by=by, case=case), title="Vanha teksti", by=by)
    return (
        row,
        lambda **why: evidence.correct(evidence=row, kind="B", title="Uusi", **why),
        lambda **why: evidence.take_back(evidence=row, **why),
    )


def _annex_answer(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    row = not_needed(application_at("draft", by=by, case=case), why="Vanha teksti", by=by)
    return (
        row,
        lambda **why: annex_answers.correct(answer=row, why="Uusi", **why),
        lambda **why: annex_answers.take_back(answer=row, **why),
    )


def _client(case: Any, by: Any) -> tuple[KeepsHistory, Callable[..., Any]]:
    details = ClientDetails(first_name="Matti", last_name="Uusi", born_on=date(1979, 1, 2))
    row = clients.create(details=replace(details, last_name="Vanha teksti"), by=by, at=NOON)
    cases.open(client=row, coordinator=by, opened_on=DAY, by=by, at=NOON)
    return row, lambda **who: clients.change(client=row, details=details, **who)


def _participant(case: Any, by: Any) -> tuple[KeepsHistory, Callable[..., Any]]:
    row = cases.add_participant(case=case, user=person("Daavid", Role.TEAM_MEMBER), since=DAY, by=by, at=NOON)
    before = date(2026, 11, 2)
    return row, lambda **who: cases.correct_participant(participant=row, since=before, reason="Väärä päivä", **who)


def _application(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    filed = application_at("filed", by=by, case=case)
    asked: dict[str, Any] = {"asked_on": DAY, "due_on": DAY, "what": "Vanha teksti", "version": filed.version}
    application = applications.ask_for_more(application=filed, **asked, by=by, at=NOON)
    said = {name: getattr(application, name) for name in ApplicationFacts.__dataclass_fields__} | {"more_asked": "Uusi"}
    facts = ApplicationFacts(**said)
    return (
        application,
        lambda **why: corrected_applications.correct(application=application, facts=facts, **why),
        lambda **why: corrected_applications.take_back(application=application, **why),
    )


def _appeal(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    application = application_at("filed", by=by, case=case)
    decision = a_decision(application=application, printed_last_day=DAY, by=by)
    late: dict[str, Any] = {"filed_on": NOON.date(), "late_reason": "Vanha teksti", "version": 1}
    appeal = appeals.file(appeal=appeal_at(decision=decision, by=by), **late, by=by, at=NOON)
    said = {name: getattr(appeal, name) for name in AppealFacts.__dataclass_fields__} | {"late_reason": "Uusi"}
    facts = AppealFacts(**said)
    return (
        appeal,
        lambda **why: corrected_appeals.correct(appeal=appeal, facts=facts, **why),
        lambda **why: corrected_appeals.take_back(appeal=appeal, **why),
    )


def _supplement(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    row = a_supplement(case, by=by)
    row = supplements.send(supplement=row, sent_on=NOON.date(), receipt="Vanha teksti", version=1, by=by, at=NOON)
    said: dict[str, Any] = {"sent_on": NOON.date(), "receipt": "Uusi"}
    return (
        row,
        lambda **why: supplements.correct(supplement=row, **said, **why),
        lambda **why: supplements.take_back(supplement=row, **why),
    )


def _removal(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    row = filed(a_removal(decision=a_final_decision(case, by=by), by=by), receipt="Vanha teksti", by=by)
    said = {name: getattr(row, name) for name in RemovalFacts.__dataclass_fields__} | {"receipt": "Uusi"}
    return (
        row,
        lambda **why: corrected_removals.correct(removal=row, facts=RemovalFacts(**said), **why),
        lambda **why: corrected_removals.take_back(removal=row, **why),
    )


def _appeal_letter(case: Any, by: Any) -> tuple[KeepsHistory, Callable[..., Any]]:
    application = application_at("filed", by=by, case=case)
    appeal = appeal_at(decision=a_decision(application=application, by=by), by=by)
    filing.file(appeal=appeal, filed_on=NOON.date(), receipt="Vanha teksti", version=1, by=by, at=NOON)
    letter = AppealLetter.objects.get(appeal=appeal)
    said: dict[str, Any] = {"document": None, "sent_time": None, "receipt": "Uusi", "reason": "Korjaan"}
    return letter, lambda **who: filing.correct_proof(letter=letter, **said, **who)


def _case(case: Any, by: Any) -> tuple[KeepsHistory, Callable[..., Any]]:
    before = date(2026, 5, 4)
    return case, lambda **who: cases.correct(case=case, opened_on=before, reason="Väärä päivä", **who)


def _consent(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    said: dict[str, Any] = {"partner": "kela", "purpose": "hand_over", "given_on": DAY}
    consent = a_consent(case, partner_name="Vanha teksti", given_on=DAY, by=by)
    known: dict[str, Any] = {"case": case, "consent": consent}
    return (
        consent,
        lambda **why: consents.correct(**known, details=ConsentDetails(partner_name="Uusi", **said), **why),
        lambda **why: consents.take_back(**known, **why),
    )


def _referral(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    referral = a_referral(reason="Vanha teksti", by=by)
    accepted: dict[str, Any] = {"coordinator": by, "opened_on": DAY, "version": 1}
    referrals.accept(referral=referral, client=case.client, **accepted, by=by, at=NOON)
    referral.refresh_from_db()
    said = {name: getattr(referral, name) for name in ReferralDetails.__dataclass_fields__} | {"reason": "Uusi"}
    details = ReferralDetails(**said)
    return (
        referral,
        lambda **why: referrals.correct(referral=referral, details=details, **why),
        lambda **why: referrals.take_back(referral=referral, **why),
    )


def _disclosure(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    ground: dict[str, Any] = {"partner": "kela", "on": DAY, "ground": "381/2023 15 §"}
    disclosure = disclosures.hand_over(
        document=a_paper(case, by=by), recipient="Vanha teksti", **ground, by=by, at=NOON
    )
    return (
        disclosure,
        lambda **why: disclosures.correct(disclosure=disclosure, recipient="Uusi", **ground, **why),
        lambda **why: disclosures.take_back(disclosure=disclosure, **why),
    )


def _representation(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    row = a_representation(case, scope="named", matter="Vanha teksti", by=by)
    known: dict[str, Any] = {"case": case, "representation": row}
    details = RepresentationDetails(person=row.person, kind=row.kind, scope="named", matter="Uusi")
    return (
        row,
        lambda **why: representatives.correct(**known, details=details, **why),
        lambda **why: representatives.take_back(**known, **why),
    )


def _statement(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    request = a_statement(case=case, purpose="Vanha teksti", by=by)
    said = {name: getattr(request, name) for name in StatementFacts.__dataclass_fields__} | {"purpose": "Uusi"}
    facts = StatementFacts(**said)
    return (
        request,
        lambda **why: corrected_statements.correct(request=request, facts=facts, **why),
        lambda **why: corrected_statements.take_back(request=request, **why),
    )


def _care_referral(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    row = a_care_referral("sent", case=case, question="Vanha teksti", by=by)
    facts = {name: getattr(row, name) for name in row.recorded} | {"question": "Uusi"}
    return (
        row,
        lambda **why: corrected_care_referrals.correct(referral=row, facts=facts, **why),
        lambda **why: corrected_care_referrals.take_back(referral=row, **why),
    )


def _count(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    row = a_count(case, told_by="Vanha teksti", by=by)
    return (
        row,
        lambda **why: sickness_days.correct_count(row=row, facts=facts(told_by="Uusi"), **why),
        lambda **why: sickness_days.take_back_count(row=row, **why),
    )


def _registration(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    row = a_registration(case, DAY, told_by="Vanha teksti", by=by)
    return (
        row,
        lambda **why: sickness_days.correct_registration(row=row, registered_on=DAY, told_by="Uusi", **why),
        lambda **why: sickness_days.take_back_registration(row=row, **why),
    )


def _no_continuation(case: Any, by: Any) -> tuple[Correctable, Callable[..., Any], Callable[..., Any]]:
    row = none_applied_for(a_subsidy(case, by=by), reason="Vanha teksti", by=by)
    return (
        row,
        lambda **why: continuations.correct(row=row, said_on=row.said_on, why_none="Uusi", **why),
        lambda **why: continuations.take_back(row=row, **why),
    )


def _coverage_check(case: Any, by: Any) -> tuple[KeepsHistory, Callable[..., Any]]:
    check = a_decision(application=application_at("filed", by=by, case=case), by=by).coverage_check
    old, new = Findings(client_decision="Vanha teksti"), Findings(client_decision="Uusi")
    check = coverage.fill(check=check, findings=old, version=1, by=by, at=NOON)
    return check, lambda **who: coverage.fill(check=check, findings=new, **who)


def _open_end(case: Any, by: Any) -> tuple[KeepsHistory, Callable[..., Any]]:
    tasks.add(case=case, title="Soita", due_on=DAY, assignee=by, by=by, at=NOON)
    ended = closed(case, Fate(holder="nobody", reason="Vanha teksti"), by=by)
    end = ended.ends.get()
    return end, lambda **who: endings.change(end=end, fate=Fate(holder="nobody", reason="Uusi"), **who)


MAKING: dict[type[Correctable], Callable[..., tuple[Correctable, Callable[..., Any], Callable[..., Any]]]] = {
    ServiceEntry: _entry,
    Note: _note,
    Task: _task,
    Decision: _decision,
    Assessment: _assessment,
    Illness: _illness,
    InstrumentResult: _result,
    NetworkPerson: _network_person,
    OtherBenefit: _benefit,
    Evidence: _evidence,
    AnnexAnswer: _annex_answer,
    Application: _application,
    Appeal: _appeal,
    AppealSupplement: _supplement,
    Removal: _removal,
    Consent: _consent,
    Referral: _referral,
    Disclosure: _disclosure,
    StatementRequest: _statement,
    CareReferral: _care_referral,
    Representation: _representation,
    SicknessDayCount: _count,
    JobseekerRegistration: _registration,
    NoContinuation: _no_continuation,
}
# Never taken back: it ends, is cancelled or is left, and stays.
CHANGING: dict[type[KeepsHistory], Callable[..., tuple[KeepsHistory, Callable[..., Any]]]] = {
    Appointment: _appointment,
    Meeting: _meeting,
    Client: _client,
    CaseParticipant: _participant,
    Case: _case,
    CoverageCheck: _coverage_check,
    OpenEnd: _open_end,
    AppealLetter: _appeal_letter,
}
# It stands on the page of another row, and the timeline leads there.
TOLD_ABOUT = {CoverageCheck: "decision_id", AppealLetter: "appeal_id"}
OLD: dict[type[KeepsHistory], str] = {CaseParticipant: DAY.isoformat(), Case: "2026-06-01"}
# Written several at once by one action; tested with its subject.
AS_A_WHOLE = {TargetGroup}
# What is changed in the course of work, in its own form, which asks for no reason.
LIVING = {Assessment, Illness, InstrumentResult, NetworkPerson, OtherBenefit}

# A row of billing, how it is changed or removed, and under which subject the console's log tells what of it.
type Billed = tuple[changes.Row, Callable[..., Any], str, list[str]]


def _contract(by: Any) -> Billed:
    row = a_contract(by=by, buyer_name="Vanha teksti")
    change = partial(contracts.change, contract=row, details={"buyer_name": "Uusi"})
    return row, change, str(row.pk), ["contract.added", "contract.changed"]


def _price(by: Any) -> Billed:
    row = a_price(a_contract(by=by), Unit.HOUR, "60", name="Vanha teksti", by=by)
    remove = partial(contracts.remove_price, row=row, reason="Perun")
    return row, remove, str(row.contract.pk), ["price.added", "price.removed"]


def _seller(by: Any) -> Billed:
    row = a_seller(by=by, name="Vanha teksti")
    return row, partial(contracts.save_seller, details=SELLER), row.business_id, ["seller.saved", "seller.saved"]


BILLING: dict[type[changes.Row], Callable[..., Billed]] = {Contract: _contract, PriceRow: _price, Seller: _seller}
