"""Applications, decisions and coverage checks in a walk: each function is one step, by the real actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import capfirst

from casework.applications import actions as applications
from casework.applications import evidence
from casework.decisions import actions as decisions
from casework.decisions import coverage
from casework.decisions.coverage import Finding, Findings
from casework.law import benefits as rules
from casework.law import usual_times
from casework.law.annexes import Annex
from casework.models import Application, CoverageCheck, Decision, Document, Illness
from casework.models.coverage import Answer
from deploy.demo import texts
from deploy.demo.walk import Walk
from tenants.display import day

DECIDERS = {"kela": "Kela", "keva": "Keva", "ilmarinen": "Ilmarinen", "varma": "Varma", "elo": "Elo"}
VERDICTS = {
    Decision.Result.GRANTED: "Hakemuksenne hyväksytään.",
    Decision.Result.GRANTED_UNTIL: "Hakemuksenne hyväksytään määräajaksi.",
    Decision.Result.PARTLY: "Hakemuksenne hyväksytään osittain.",
    Decision.Result.REJECTED: "Hakemuksenne hylätään.",
}
STATEMENTS = {"A": Document.Kind.STATEMENT_A, "B": Document.Kind.STATEMENT_B, "C": Document.Kind.STATEMENT_C}
PAPERS = STATEMENTS | {"plan": Document.Kind.PLAN, "other": Document.Kind.MEDICAL}


@dataclass(frozen=True)
class Claim:
    """A benefit and who decides on it."""

    benefit: str
    decider: str

    def is_known(self, on: date) -> bool:
        """Tell whether the law of a day has the benefit and its decider."""
        try:
            rules.benefit(self.benefit, on)
            rules.decider(self.decider, on)
        except rules.NoRule:
            return False
        return True

    def usual_days(self, walk: Walk) -> int:
        kind = rules.decider(self.decider, walk.days.today).kind
        return usual_times.usual_time(self.benefit, kind, walk.days.today).usual_days


PENSIONS = (
    Claim("TKE-T", "keva"),
    Claim("TKE-K", "kela"),
    Claim("TKE-T", "ilmarinen"),
    Claim("OTKE", "elo"),
    Claim("TKE-T", "varma"),
    Claim("KT", "kela"),
)
OTHERS = (
    Claim("AK-K", "kela"),
    Claim("KSEL", "kela"),
    Claim("VT", "kela"),
    Claim("AK-T", "varma"),
    Claim("SPR", "kela"),
    Claim("AK-T", "keva"),
    Claim("HVK", "kela"),
    Claim("TAK", "kela"),
)


def begin(walk: Walk, claim: Claim, ago: int, *, about: Sequence[Illness] | None = None) -> Application:
    """Begin an application, with what the list says it needs, and which illnesses that speaks about."""
    on = walk.days.ago(ago)
    application = applications.draft(
        case=walk.case, benefit_code=claim.benefit, decider_code=claim.decider, by=walk.by, at=walk.moment(on)
    )
    about = walk.illnesses if about is None else about
    for annex in application.annexes:
        if annex.is_needed:
            _attach_needed(walk, application, annex, ago, about=about)
    return application


def _attach_needed(walk: Walk, application: Application, annex: Annex, ago: int, *, about: Sequence[Illness]) -> None:
    """Attach what the list of the benefit asks for: of two statements that will do, the B statement."""
    kind = "B" if "B" in annex.kinds else next(iter(annex.kinds), "other")
    name = f"{kind}-lausunto" if kind in STATEMENTS else capfirst(annex.names.fi)
    lines = [f"{illness.name} ({illness.icd10}). {illness.effect}" for illness in about]
    paper = walk.document(PAPERS[kind], name, [*lines, "Terveysaseman lääkäri"], ago)
    which = {"kind": kind, "annex": "" if annex.kinds else annex.code, "title": f"{name}, terveysasema"}
    attach(walk, application, paper, ago, **which, about=about)


def attach(
    walk: Walk,
    application: Application,
    document: Document,
    ago: int,
    *,
    kind: str,
    annex: str = "",
    title: str,
    about: Sequence[Illness],
) -> None:
    """Attach a paper of the case as evidence of some illnesses."""
    evidence.attach(
        application=application,
        kind=kind,
        annex=annex,
        title=title,
        dated_on=document.dated_on,
        document=document,
        illnesses=about,
        by=walk.by,
        at=walk.moment(walk.days.ago(ago)),
    )


def file(walk: Walk, application: Application, ago: int) -> Application:
    on = walk.days.ago(ago)
    filed = applications.file(
        application=application,
        filed_on=on,
        sent_by=walk.chance.choice(("electronic", "electronic", "post")),
        reference=f"{walk.chance.randrange(10_000, 99_999)}/{on.year}",
        version=application.version,
        by=walk.by,
        at=walk.moment(on),
    )
    walk.note(walk.chance.choice(texts.FILED), ago)
    walk.serve("application_help", walk.chance.choice((60, 90, 120)), ago, "Hakemus ja liitteet")
    return filed


def apply(walk: Walk, claim: Claim, ago: int) -> Application:
    """Begin an application and file it a week later."""
    return file(walk, begin(walk, claim, min(walk.opened - 1, ago + 7)), ago)


def ask_for_more(walk: Walk, application: Application, ago: int, *, due_in: int) -> Application:
    on = walk.days.ago(ago)
    return applications.ask_for_more(
        application=application,
        asked_on=on,
        due_on=walk.days.today + timedelta(days=due_in),
        what=walk.chance.choice(texts.MORE_ASKED),
        version=application.version,
        by=walk.by,
        at=walk.moment(on),
    )


def decide(
    walk: Walk,
    application: Application,
    result: str,
    ago: int,
    *,
    channel: str = "post",
    passed_over: Sequence[Illness] = (),
    granted_days: int = 0,
) -> Decision:
    """Record a decision with its paper; `passed_over`: the illnesses that its reasons do not mention."""
    decided_on = walk.days.ago(ago + 1)
    reasons = _reasons(walk, result, passed_over)
    name = DECIDERS.get(application.decider_code, application.decider.name)
    verdict = VERDICTS[Decision.Result(result)]
    letter = [name, f"Päätöspäivä {day(decided_on)}", application.benefit.name, verdict, reasons]
    document = walk.document(Document.Kind.DECISION, f"Päätös, {name}", letter, ago)
    on = walk.days.ago(ago)
    return decisions.record(
        application=application,
        decided_on=decided_on,
        result=result,
        granted_until=on + timedelta(days=granted_days) if granted_days else None,
        channel=channel,
        notice_on=on,
        document=document,
        reasons=reasons,
        version=application.version,
        by=walk.by,
        at=walk.moment(walk.days.ago(max(1, ago - 4))),
    )


def _reasons(walk: Walk, result: str, passed_over: Sequence[Illness]) -> str:
    seen = ", ".join(_within(illness.name) for illness in walk.illnesses if illness not in passed_over)
    if result == Decision.Result.REJECTED:
        return (
            f"Saatujen selvitysten mukaan hakijalla on seuraavat sairaudet: {seen}. Ne eivät heikennä työkykyä laissa "
            "tarkoitetulla tavalla. Hakija kykenee kevyempään työhön."
        )
    return f"Hakijan työkyky on selvitysten mukaan heikentynyt laissa tarkoitetulla tavalla. Sairaudet: {seen}."


def _within(name: str) -> str:
    """Write the name of an illness as in the middle of a sentence; the name of a person keeps its capital."""
    return name if name.startswith("Crohn") else name.lower()


def look_through(walk: Walk, decision: Decision, ago: int, *, passed_over: Sequence[Illness] = ()) -> CoverageCheck:
    """Fill in the check of a decision and leave it open."""
    check = CoverageCheck.objects.get(decision=decision)
    check.decision = decision
    return coverage.fill(
        check=check,
        findings=findings(walk, passed_over=passed_over),
        version=check.version,
        by=walk.by,
        at=walk.moment(walk.days.ago(ago)),
    )


def conclude(
    walk: Walk, decision: Decision, conclusion: str, ago: int, *, reason: str = "", passed_over: Sequence[Illness] = ()
) -> CoverageCheck:
    """Close the check of a decision."""
    check = CoverageCheck.objects.get(decision=decision)
    check.decision = decision
    return coverage.close(
        check=check,
        findings=findings(walk, passed_over=passed_over, client_decision=f"Asiakas on samaa mieltä. {reason}".strip()),
        conclusion=conclusion,
        reason=reason,
        version=check.version,
        by=walk.by,
        at=walk.moment(walk.days.ago(ago)),
    )


def findings(walk: Walk, *, passed_over: Sequence[Illness], client_decision: str = "") -> Findings:
    rows = {
        illness.pk: Finding(
            answer=Answer.NOT_MENTIONED if illness in passed_over else Answer.CONSIDERED,
            note="Ei mainita päätöksen perusteluissa." if illness in passed_over else "",
        )
        for illness in walk.illnesses
    }
    return Findings(
        illnesses=rows,
        is_rehabilitation_considered=not passed_over,
        has_newer_evidence=bool(passed_over),
        is_income_secured=True,
        client_decision=client_decision,
    )


def re_examine(walk: Walk, application: Application, ago: int) -> Application:
    on = walk.days.ago(ago)
    application = Application.objects.get(pk=application.pk)
    return applications.re_examine(
        application=application, asked_on=on, version=application.version, by=walk.by, at=walk.moment(on)
    )
