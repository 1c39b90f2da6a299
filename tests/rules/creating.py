"""The forms that write something new, and what is typed into each; and those that are known to write nothing new."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from billing.pricing import Unit
from casework.law.domains import DOMAINS
from casework.models import Application, Meeting
from tenants.accounts.permissions import Role
from tenants.models import Municipality
from tests.casework.applications.making import a_decision, appeal_at, application_at, evidence_of
from tests.casework.cases.making import a_referral
from tests.casework.consents.making import a_paper
from tests.casework.continuations.making import a_subsidy
from tests.casework.feedback.making import a_case_was_referred
from tests.casework.meetings.making import a_consent
from tests.casework.situation.making import a_network_person
from tests.people import person
from tests.rules.ground import Ground
from tests.tenants.uploads import pdf

type Filling = Callable[[Ground], dict[str, Any]]


@dataclass(frozen=True)
class Creating:
    """A form by its route, the table that gets one row, what is typed, and the route of another page that shows it."""

    route: str
    table: str
    fill: Filling = lambda ground: {}
    shown_on: str = ""

    def __str__(self) -> str:
        return self.route


def _file(ground: Ground) -> SimpleUploadedFile:
    return SimpleUploadedFile("paperi.pdf", pdf(b"/Lang (%d)" % ground.number), "application/pdf")


def _newer(ground: Ground) -> dict[str, Any]:
    ground.arguments["document_id"] = a_paper(ground.case, by=ground.aino, at=ground.now).pk
    return {"file": _file(ground)}


def _client(ground: Ground) -> dict[str, Any]:
    return {"first_name": "Eka", "last_name": ground.word, "born_on": "1979-01-02"}


def _referral(ground: Ground) -> dict[str, Any]:
    known = {"source": "employment", "referrer": "Leena Koski", "reason": "Selkä.", "born_on": "1980-02-03"}
    return known | {"first_name": "Toka", "last_name": ground.word}


def _acceptance(ground: Ground) -> dict[str, Any]:
    referral = a_referral(by=ground.aino, at=ground.now, received_on=ground.day(0), last_name=ground.word)
    ground.arguments["referral_id"] = referral.pk
    return {"born_on": "1981-03-04"}


def _participant(ground: Ground) -> dict[str, Any]:
    return {"user": person(ground.word, Role.TEAM_MEMBER).pk}


def _paper(ground: Ground) -> dict[str, Any]:
    other = ground.case.applications.filter(state="filed")[0]
    dated_on = ground.day(-ground.number)
    paper = evidence_of(other, kind="C", dated_on=dated_on, by=ground.aino, at=ground.now)
    ground.arguments["paper_id"] = paper.pk
    return {}


def _not_needed(ground: Ground) -> dict[str, Any]:
    draft = application_at("draft", case=ground.other_case(), by=ground.aino, at=ground.now)
    ground.arguments["application_id"] = draft.pk
    return {"why": ground.word}


def _own_annex(ground: Ground) -> dict[str, Any]:
    return {"name": ground.word, "need": "helpful", "source": ground.word}


def _reader(ground: Ground) -> dict[str, Any]:
    return {"reader": person(ground.word, Role.COORDINATOR).pk, "due_on": ground.today}


def _decision(ground: Ground) -> dict[str, Any]:
    application = application_at(
        "filed", case=ground.other_case(), filed_on=ground.day(-90), by=ground.aino, at=ground.now
    )
    ground.arguments["application_id"] = application.pk
    return {"decided_on": ground.day(-3), "notice_on": ground.day(-2), "result": "rejected", "channel": "post"}


def _ending(ground: Ground) -> dict[str, Any]:
    """A rehabilitation subsidy that was granted until a day."""
    days: dict[str, Any] = {"decided_on": ground.day(-6), "notice_on": ground.day(-5)}
    case, filed_on, until = ground.other_case(), ground.day(-90), ground.day(200)
    decision = a_subsidy(case, filed_on=filed_on, until=until, by=ground.aino, at=ground.now, **days)
    ground.arguments["decision_id"] = decision.pk
    return {}


def _ending_none(ground: Ground) -> dict[str, Any]:
    return _ending(ground) | {"why_none": ground.word}


def _further_decision(ground: Ground) -> dict[str, Any]:
    known = _decision(ground)
    filed = Application.objects.get(pk=ground.arguments["application_id"])
    a_decision(application=filed, decided_on=ground.day(-9), notice_on=ground.day(-8), by=ground.aino, at=ground.now)
    return known


def _brought(ground: Ground) -> dict[str, Any]:
    days = {"filed_on": ground.day(-300), "decided_on": ground.day(-200 - ground.number), "notice_on": ground.day(-199)}
    said = {"benefit_code": "SPR", "decider_code": "kela", "result": "rejected", "channel": "post", "ruling": ""}
    return said | days


def _appeal(ground: Ground) -> dict[str, Any]:
    filed = application_at("filed", case=ground.other_case(), filed_on=ground.day(-90), by=ground.aino, at=ground.now)
    days: dict[str, Any] = {"decided_on": ground.day(-6), "notice_on": ground.day(-5)}
    ground.arguments["decision_id"] = a_decision(application=filed, by=ground.aino, at=ground.now, **days).pk
    return {}


def _supplement(ground: Ground) -> dict[str, Any]:
    appealed = application_at(
        "filed", case=ground.other_case(), filed_on=ground.day(-90), by=ground.aino, at=ground.now
    )
    days: dict[str, Any] = {"decided_on": ground.day(-6), "notice_on": ground.day(-5)}
    decision = a_decision(application=appealed, by=ground.aino, at=ground.now, **days)
    ground.arguments["appeal_id"] = appeal_at("filed", decision=decision, by=ground.aino, at=ground.now).pk
    return {"kind": "evidence", "receiver": "decider", "text": ground.word}


def _removal(ground: Ground) -> dict[str, Any]:
    decided = application_at(
        "filed", case=ground.other_case(), filed_on=ground.day(-600), by=ground.aino, at=ground.now
    )
    days: dict[str, Any] = {"decided_on": ground.day(-500), "notice_on": ground.day(-499)}
    ground.arguments["decision_id"] = a_decision(application=decided, by=ground.aino, at=ground.now, **days).pk
    return {"error": "findings", "grounds": ground.word, "receiver": "unknown"}


def _meeting(ground: Ground) -> dict[str, Any]:
    return {"on": ground.day(10 + ground.number), "begins": "12:00", "ends": "13:00", "place": "Sali"}


def _agenda(ground: Ground) -> dict[str, Any]:
    a_consent(ground.other_case(), by=ground.aino, at=ground.now)
    return {"meeting": ground.arguments["meeting_id"]}


def _case_for_agenda(ground: Ground) -> dict[str, Any]:
    case = ground.other_case()
    a_consent(case, by=ground.aino, at=ground.now)
    return {"case": case.pk}


def _agreed_task(ground: Ground) -> dict[str, Any]:
    assignee = Meeting.objects.get(pk=ground.arguments["meeting_id"]).participants.all()[0].user
    return {"title": ground.word, "due_on": ground.today, "assignee": assignee.pk}


def _visit(ground: Ground) -> dict[str, Any]:
    return {"on": ground.day(ground.number), "begins": "09:00", "ends": "10:00", "place": "Toimisto"}


def _description(ground: Ground) -> dict[str, Any]:
    ground.other_case()
    return {}


def _assessment(ground: Ground) -> dict[str, Any]:
    not_assessed = {f"score_{domain.code}": "" for domain in DOMAINS}
    return {"kind": "interview", "assessed_on": ground.today, "summary": ground.word} | not_assessed


def _representative(ground: Ground) -> dict[str, Any]:
    person = a_network_person(ground.case, name=ground.word, role="guardian", by=ground.aino, at=ground.now)
    return {"person": person.pk, "kind": "guardian", "scope": "all", "validity": "open"}


def _feedback(ground: Ground) -> dict[str, Any]:
    case = ground.other_case()
    a_case_was_referred(case, by=ground.aino, at=ground.now)
    return {"recipient": ground.word, "parts": ["received"], "ground": "381/2023 15 §"}


def _municipality(ground: Ground) -> dict[str, Any]:
    name = ground.word.lower()
    business_ids = ["1572860-0", "0112038-9", "0116300-4", "1039050-8"]
    known = {"name": ground.word, "business_id": business_ids[ground.number % 4], "schema_name": name}
    return known | {"domain": f"{name}.localhost", "admin_email": f"{name}@example.org"}


def _contract(ground: Ground) -> dict[str, Any]:
    free = Municipality.objects.exclude(contracts__isnull=False).filter(state=Municipality.State.ACTIVE)
    buyer = {"business_id": "0172337-4", "street": "Kaavintie 1", "postal_code": "73600", "city": "Kaavi"}
    days = {"valid_from": "2026-01-01", "language": "fi", "terms_days": "30", "buyer_reference": "viite"}
    return {"municipality": free[0].pk, "buyer_name": ground.word, **buyer, **days}


def _price(ground: Ground) -> dict[str, Any]:
    begins = date(2040 + ground.number, 1, 1)
    known = {"unit": Unit.PRODUCT, "product": "doctor_visit", "name": ground.word, "amount": "60"}
    tax = {"vat_category": "S", "vat_class": "general"}
    return known | tax | {"valid_from": begins, "valid_to": begins + timedelta(days=30)}


CREATING = (
    Creating(
        "portal:person_invite",
        "accounts_invitation",
        lambda ground: {"name": ground.word, "email": f"{ground.word}@kaavi.example", "roles": ["coordinator"]},
    ),
    Creating("portal:client_new", "casework_case", _client),
    Creating("portal:referral_new", "casework_referral", _referral),
    Creating("portal:referral_accept", "casework_case", _acceptance),
    Creating("portal:case_team", "casework_caseparticipant", _participant),
    Creating("portal:service_entry_add", "casework_serviceentry", lambda ground: {"minutes": 60 + ground.number}),
    Creating("portal:note_add", "casework_note", lambda ground: {"text": ground.word}),
    Creating("portal:task_add", "casework_task", lambda ground: {"title": ground.word, "due_on": ground.today}),
    Creating("portal:illness_add", "casework_illness", lambda ground: {"name": ground.word}),
    Creating("portal:network_add", "casework_networkperson", lambda ground: {"name": ground.word, "role": "doctor"}),
    Creating("portal:mapping_new", "casework_mappingentry", lambda ground: {"text": ground.word}),
    Creating("portal:mapping_interview", "casework_mappingentry", lambda ground: {"health": ground.word}),
    Creating(
        "portal:application_new",
        "casework_application",
        lambda ground: {"benefit_code": "SPR", "decider_code": "kela"},
    ),
    Creating(
        "portal:benefit_add",
        "casework_otherbenefit",
        lambda ground: {"name": ground.word, "source": "client", "told_on": ground.today},
    ),
    Creating("portal:application_evidence", "casework_evidence", lambda ground: {"kind": "B", "title": ground.word}),
    Creating("portal:application_paper_attach", "casework_evidence", _paper, shown_on="application"),
    Creating("portal:application_annex_not_needed", "casework_annexanswer", _not_needed),
    Creating(
        "portal:sickness_days_add",
        "casework_sicknessdaycount",
        lambda ground: {"paid_days": 200 + ground.number, "counted_on": ground.today, "told_by": ground.word},
    ),
    Creating("portal:jobseeker_add", "casework_jobseekerregistration", lambda ground: {"told_by": ground.word}),
    Creating("portal:continuation_begin", "casework_application", _ending),
    Creating("portal:continuation_none", "casework_nocontinuation", _ending_none),
    Creating("portal:decision_new", "casework_decision", _decision),
    Creating("portal:decision_further", "casework_decision", _further_decision),
    Creating("portal:brought_decision", "casework_decision", _brought),
    Creating("portal:appeal_new", "casework_appeal", _appeal, shown_on="decision"),
    Creating("portal:appeal_supplement_new", "casework_appealsupplement", _supplement),
    Creating("portal:removal_new", "casework_removal", _removal),
    Creating("portal:appointment_new", "casework_appointment", _visit),
    Creating(
        "portal:statement_new", "casework_statementrequest", lambda ground: {"kind": "B", "asked_of": ground.word}
    ),
    Creating("portal:care_referral_new", "casework_carereferral", lambda ground: {"unit": ground.word}),
    Creating("portal:meeting_new", "casework_meeting", _meeting),
    Creating("portal:agenda_add", "casework_agendaitem", _agenda),
    Creating("portal:meeting_agenda_add", "casework_agendaitem", _case_for_agenda),
    Creating("portal:minutes_task", "casework_task", _agreed_task),
    Creating("portal:document_add", "casework_document", lambda ground: {"file": _file(ground), "kind": "decision"}),
    Creating("portal:document_replace", "casework_document", _newer),
    Creating(
        "portal:consent_add",
        "casework_consent",
        lambda ground: {"partner": "employer", "partner_name": ground.word, "purpose": "hand_over"},
    ),
    Creating(
        "portal:consent_record",
        "casework_consent",
        lambda ground: {"relative_purposes": ["discuss"], "relative_partner_name": ground.word},
    ),
    Creating(
        "portal:disclosure_new", "casework_disclosure", lambda ground: {"partner": "kela", "recipient": ground.word}
    ),
    Creating("portal:feedback_new", "casework_disclosure", _feedback),
    Creating("portal:representative_add", "casework_representation", _representative),
    Creating(
        "portal:figure", "casework_ownfigure", lambda ground: {"value": str(ground.number), "source": ground.word}
    ),
    Creating("portal:reading", "casework_readingremark", lambda ground: {"field": "grounds", "text": ground.word}),
    Creating("portal:reading_of_appeal", "casework_readingrequest", _reader),
    Creating("portal:reading_of_description", "casework_readingrequest", _reader),
    Creating(
        "portal:phrase_new",
        "casework_phrase",
        lambda ground: {"kind": "grounds", "language": "fi", "title": ground.word, "text": ground.word},
    ),
    Creating("portal:figure_annex", "casework_ownannex", _own_annex),
    Creating("portal:figure_annex_new", "casework_ownannex", _own_annex),
    Creating("portal:description_new", "casework_abilitydescription", _description),
    Creating(
        "portal:assessment_new",
        "casework_assessment",
        _assessment,
    ),
    Creating(
        "portal:instrument_result_new",
        "casework_instrumentresult",
        lambda ground: {"instrument": "other", "edition": ground.word, "result": "12"},
    ),
    Creating(
        "console:person_invite",
        "accounts_invitation",
        lambda ground: {"name": ground.word, "email": f"{ground.word}@varkaus.example", "roles": ["operator"]},
    ),
    Creating("console:municipality_add", "tenants_municipality", _municipality),
    Creating("console:contract_add", "billing_contract", _contract),
    Creating("console:price_add", "billing_pricerow", _price),
)

# They take no version of what is there and write nothing new: a second sending finds the state changed, or is the same.
NOT_CREATING = {
    "portal:" + name
    for name in [
        "agenda_move",
        "agenda_take_off",
        "appeal_further",
        "appointment_cancel",
        "appointment_debrief",
        "appointment_missed",
        "appointment_reveal",
        "calendar_feed_make",
        "calendar_feed_stop",
        "case_reason",
        "case_reopen",
        "client_reveal",
        "client_search",
        "coverage",
        "coverage_reopen",
        "description_attach",
        "description_bring_in",
        "draft_save",
        "feedback_print",
        "draft_throw_away",
        "invitation_withdraw",
        "meeting_cancel",
        "meeting_close",
        "meeting_leave",
        "meeting_presence",
        "minutes_reopen",
        "participant_remove",
        "person_disable",
        "person_enable",
        "person_second_factor_reset",
        "reading_finish",
        "reading_settle",
        "reading_take_back",
        "reading_unsettle",
        "role_request_confirm",
        "role_request_refuse",
        "role_request_withdraw",
        "situation_reveal",
        "statement_cancel",
        "task_done",
        "task_undo",
    ]
} | {
    "console:" + name
    for name in [
        "invitation_withdraw",
        "invoice_discard",
        "invoice_issue",
        "mail_decide",
        "month_close",
        "month_draft",
        "month_issue",
        "municipality_retry",
        "municipality_withdraw",
        "person_disable",
        "person_enable",
        "person_second_factor_reset",
        "role_request_confirm",
        "role_request_refuse",
        "role_request_withdraw",
    ]
}
