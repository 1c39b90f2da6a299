"""Makes applications, decisions and appeals for tests, through the real actions only."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from casework.appeals import actions as appeals
from casework.appeals import self_correction
from casework.applications import actions as applications
from casework.applications import annex_answers, both_systems, evidence
from casework.clients import illnesses
from casework.decisions import actions as decisions
from casework.decisions import coverage
from casework.decisions.coverage import Finding, Findings
from casework.law.workflow import ApplicationState
from casework.models import AnnexAnswer, Appeal, Application, Case, CoverageCheck, Decision, Evidence, Illness
from casework.models.coverage import Answer
from tenants.accounts.models import User
from tests.casework.cases.making import a_case
from tests.conftest import NOON

FILED = date(2026, 9, 1)
DECIDED = date(2026, 11, 16)
POSTED = date(2026, 11, 17)
LAST_DAY = date(2026, 12, 28)  # posted on 17.11.2026
SAFE_DAY = date(2026, 12, 17)
# One paper to both pension systems: what each half asks for.
SUBSIDY = {"benefit": "KT", "decider": "kela"}, {"benefit": "KT", "decider": "keva"}
PENSION = {"benefit": "TKE-K", "decider": "kela"}, {"benefit": "TKE-T", "decider": "keva"}


def application_at(
    state: str = ApplicationState.DRAFT,
    *,
    by: User,
    case: Case | None = None,
    benefit: str = "TKE-T",
    decider: str = "keva",
    filed_on: date = FILED,
    at: datetime = NOON,
) -> Application:
    """Bring an application to a state by the steps that lead there; with what the list of the benefit says it needs."""
    application = applications.draft(
        case=case or a_case(by=by), benefit_code=benefit, decider_code=decider, by=by, at=at
    )
    if state == ApplicationState.DRAFT:
        return application
    if state == ApplicationState.WITHDRAWN:
        return applications.withdraw(
            application=application, withdrawn_on=filed_on, version=application.version, by=by, at=at
        )
    for annex in (annex for annex in application.annexes if annex.is_needed):
        kind, code = (annex.kinds[0], "") if annex.kinds else ("other", annex.code)
        evidence_of(application, kind=kind, annex=code, by=by, at=at)
    application = applications.file(
        application=application, filed_on=filed_on, version=application.version, by=by, at=at
    )
    if state == ApplicationState.RETURNED:
        return applications.ask_for_more(
            application=application,
            asked_on=filed_on + timedelta(days=20),
            due_on=date(2026, 11, 30),
            what="A statement on the remaining ability to work",
            version=application.version,
            by=by,
            at=at,
        )
    if state == ApplicationState.DECIDED:
        a_decision(application=application, by=by, at=at)
        return in_db(application)
    return application


def a_pair(state: str, other_state: str, *, by: User, claims: Any = PENSION) -> tuple[Application, Application]:
    """The half at Kela and the one at Keva, each in a state; joined as one paper."""
    case = a_case(by=by)
    one, two = (
        application_at(found, case=case, **claim, by=by)
        for found, claim in zip((state, other_state), claims, strict=True)
    )
    one = both_systems.set_together(application=in_db(one), other=two, version=in_db(one).version, by=by, at=NOON)
    return in_db(one), in_db(two)


def evidence_of(
    application: Application, *illnesses: Illness, by: User, kind: str = "B", at: datetime = NOON, **details: Any
) -> Evidence:
    """Attach a statement of 20.8.2026 about some illnesses."""
    details = {"title": "Statement", "dated_on": date(2026, 8, 20), **details}
    return evidence.attach(application=application, kind=kind, illnesses=illnesses, by=by, at=at, **details)


def not_needed(
    application: Application, annex: str = "employer", *, why: str = "Ei työnantajaa.", by: User, at: datetime = NOON
) -> AnnexAnswer:
    """Say that a row of the list is not needed here."""
    return annex_answers.say_not_needed(application=application, annex=annex, why=why, by=by, at=at)


def an_illness(case: Case, name: str = "Back pain", *, by: User, at: datetime = NOON, **details: Any) -> Illness:
    """Write an illness on the client's list."""
    return illnesses.add(case=case, details=illnesses.IllnessDetails(name=name, **details), by=by, at=at)


def a_decision(
    result: str = Decision.Result.REJECTED,
    *,
    by: User,
    application: Application | None = None,
    at: datetime = NOON,
    **details: Any,
) -> Decision:
    """Record a decision of 16.11.2026, posted on the 17th; the last day of appeal is 28.12.2026."""
    application = application or application_at("filed", by=by, at=at)
    details = {"decided_on": DECIDED, "channel": "post", "notice_on": POSTED} | details
    if result == Decision.Result.GRANTED_UNTIL:
        details = {"granted_until": date(2027, 5, 31)} | details
    return decisions.record(
        application=application, result=result, version=application.version, by=by, at=at, **details
    )


def findings(check: CoverageCheck, *, considered: Sequence[Illness] = (), **details: Any) -> Findings:
    """Say of every row whether the decision considered it; the others it does not mention."""
    answers = {True: Answer.CONSIDERED, False: Answer.NOT_MENTIONED}
    rows = {row.illness_id: Finding(answer=answers[row.illness in considered]) for row in check.rows.all()}
    return Findings(illnesses=rows, **details)


def closed_check(
    decision: Decision,
    conclusion: str,
    *,
    by: User,
    considered: Sequence[Illness] = (),
    at: datetime = NOON,
    **details: Any,
) -> CoverageCheck:
    """Close the check of a decision."""
    check = CoverageCheck.objects.get(decision=decision)
    return coverage.close(
        check=check,
        findings=findings(check, considered=considered),
        conclusion=conclusion,
        version=check.version,
        by=by,
        at=at,
        **details,
    )


def appeal_at(state: str = "draft", *, by: User, decision: Decision | None = None, at: datetime = NOON) -> Appeal:
    """Bring a first appeal to a state; a decided one was rejected by the board on the day of `at`."""
    appeal = appeals.draft(decision=decision or a_decision(by=by, at=at), by=by, at=at)
    if state == "draft":
        return appeal
    if state == "withdrawn":
        known: dict[str, Any] = {"withdrawn_on": at.date(), "is_appeal_waived": True}
        return appeals.withdraw(appeal=appeal, version=appeal.version, by=by, at=at, **known)
    appeal = appeals.file(appeal=appeal, filed_on=at.date(), version=appeal.version, by=by, at=at)
    if state == "forwarded":
        return self_correction.forward(appeal=appeal, on=at.date(), version=appeal.version, by=by, at=at)
    return answered(appeal, by=by, at=at) if state == "decided" else appeal


def answered(appeal: Appeal, result: str = "rejected", *, by: User, at: datetime = NOON) -> Appeal:
    """Record the board's answer, posted on the day of `at`."""
    return appeals.decide(
        appeal=appeal,
        result=result,
        result_on=at.date(),
        result_channel="post",
        result_notice_on=at.date(),
        version=appeal.version,
        by=by,
        at=at,
    )


def in_db[R: (Application, Decision, CoverageCheck, Appeal)](record: R) -> R:
    """Read it anew, as another request would."""
    found: R = type(record).objects.get(pk=record.pk)
    return found


def a_refused_case(*, by: User) -> Case:
    """A case with a bad back and depression, a draft, and a draft appeal against a rejection."""
    case = a_case(by=by)
    back = an_illness(case, "Selkäkipu", icd10="M54.5", by=by)
    an_illness(case, "Masennus", by=by)
    application = application_at("draft", case=case, by=by)
    evidence_of(application, back, by=by)
    not_needed(application, by=by)
    decided = application_at("filed", case=case, by=by)
    appeal_at("draft", decision=a_decision(application=decided, by=by), by=by)
    return case


def page_of(name: str, case: Case) -> str:
    """Answer the address of a page of that name for what such a case holds."""
    draft = Application.objects.get(case=case, state="draft")
    kind = name.split("_")[0]
    if name in ("case_applications", "application_new", "brought_decision"):
        return reverse(name, args=[case.number])
    if name in ("application_evidence_correct", "application_evidence_remove"):
        return reverse(name, args=[case.number, draft.pk, draft.evidence.get().pk])
    if name == "application_paper_attach":
        return reverse(name, args=[case.number, draft.pk, draft.evidence.get().pk])
    if name == "application_annex_not_needed":
        return reverse(name, args=[case.number, draft.pk, "abroad"])
    if name in ("application_annex_correct", "application_annex_remove"):
        return reverse(name, args=[case.number, draft.pk, draft.annex_answers.get().pk])
    if name == "appeal_new" or kind == "coverage":
        return reverse(name, args=[case.number, Decision.objects.get().pk])
    if name in ("decision_new", "decision_further"):
        return reverse(name, args=[case.number, draft.pk])
    found: dict[str, Any] = {
        "application": draft,
        "decision": Decision.objects.first(),
        "appeal": Appeal.objects.first(),
    }
    return reverse(name, args=[case.number, found[kind].pk])


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """A row of a draft's list that is not needed, and a paper of the case that the draft could take."""
    draft = Application.objects.get(case=case, state=ApplicationState.DRAFT)
    answer = not_needed(draft, by=by, at=at)
    paper = evidence_of(case.applications.filter(state=ApplicationState.FILED)[0], kind="C", by=by, at=at)
    return {"answer_id": answer.pk, "annex_code": draft.annexes[0].code, "paper_id": paper.pk}
