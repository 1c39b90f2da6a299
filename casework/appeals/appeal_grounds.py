"""The first text of an appeal in the client's language: what is asked, and the gaps of the check as grounds.

It is in the client's own words, or in those of the estate of one who has died. It claims only what somebody has found:
of an illness at which nobody has looked it says nothing, and what is still to be done stands in brackets
(`law.placeholders`), for the coordinator to do or to delete.
"""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.cases.queries import has_died
from casework.models import Appeal, Application, CoverageRow, Decision, Evidence
from casework.models.coverage import Answer
from casework.models.hidden import told
from tenants.display import day, since

OFFICIAL = ("fi", "sv")  # an authority is written to in Finnish or Swedish (423/2003 10 §)


def language_of(application: Application) -> str:
    """Choose the language of the appeal: the client's own when it is an official one, else Finnish."""
    language = application.case.client.language
    return language if language in OFFICIAL else OFFICIAL[0]


def first_draft(appeal: Appeal) -> tuple[str, str]:
    """Write the demand and the grounds of an appeal that is being begun, for the coordinator to go on from."""
    application = appeal.decision.application
    with translation.override(language_of(application)):
        is_estate = has_died(application.case)
        if appeal.against is not None:
            return _against_answer(appeal, appeal.against, is_estate=is_estate)
        if application.benefit.employer_applies:
            return _of_employer(application, appeal.decision), _("[The employer writes why it should be changed.]")
        demand = _demand(application, appeal.decision, is_estate=is_estate)
        return demand, _grounds(appeal.decision, is_estate=is_estate)


def _demand(application: Application, decision: Decision, *, is_estate: bool) -> str:
    if decision.is_full_grant:
        return _("[Write here what should be changed: the amount or the period.]")
    text = _(
        "I ask that the decision of %(decided_on)s be changed "
        "and that the following be granted as applied for: %(benefit)s."
    )
    if is_estate:
        text = _(
            "The estate asks that the decision of %(decided_on)s be changed "
            "and that the following be granted as %(name)s applied for: %(benefit)s."
        )
    return text % {
        "decided_on": day(decision.decided_on),
        "benefit": application.benefit.name_in_sentence,
        "name": application.case.client.name,
    }


def _of_employer(application: Application, decision: Decision) -> str:
    """The employer is the applicant and appeals; why is theirs to say, not the client's."""
    text = _(
        "%(applicant)s asks, as the applicant, that the decision of %(decided_on)s be changed "
        "and that the following be granted as applied for: %(benefit)s."
    )
    named = told(application).employer or _("The employer")
    return text % {
        "applicant": named,
        "decided_on": day(decision.decided_on),
        "benefit": application.benefit.name_in_sentence,
    }


def _against_answer(appeal: Appeal, answered: Appeal, *, is_estate: bool) -> tuple[str, str]:
    """Ask for what was asked before; of the last court first for leave, and after no examination for that."""
    known = {"result_on": day(answered.result_on) if answered.result_on else "", "demand": answered.demand}
    asked = [_ask_leave(is_estate=is_estate)] if appeal.level == Appeal.Level.SUPREME_COURT else []
    grounds = [answered.grounds or _("[Write here why the decision should be changed.]")]
    if answered.result == Appeal.Result.NOT_EXAMINED:
        grounds.insert(0, _("[Write here why the appeal should be examined, as why it was not late.]"))
    if asked:
        grounds.insert(0, _("[Write here why leave to appeal should be granted.]"))
    return " ".join([*asked, (_against(answered, is_estate=is_estate) % known).strip()]), "\n\n".join(grounds)


def _against(answered: Appeal, *, is_estate: bool) -> str:
    """What is asked of a ruling, with places for its day and for what was asked before."""
    if answered.result == Appeal.Result.NOT_EXAMINED and is_estate:
        return _("The estate asks that the ruling of %(result_on)s be annulled and the appeal examined. %(demand)s")
    if answered.result == Appeal.Result.NOT_EXAMINED:
        return _("I ask that the ruling of %(result_on)s be annulled and my appeal examined. %(demand)s")
    if is_estate:
        return _("The estate asks that the ruling of %(result_on)s be changed. %(demand)s")
    return _("I ask that the ruling of %(result_on)s be changed. %(demand)s")


def _ask_leave(*, is_estate: bool) -> str:
    return _("The estate asks for leave to appeal.") if is_estate else _("I ask for leave to appeal.")


def _grounds(decision: Decision, *, is_estate: bool) -> str:
    rows = _rows(decision)
    gaps = [row for row in rows if row.is_gap]
    if not gaps or not decision.application.benefit.is_about_health:
        return _("[Write here why the decision should be changed.]")
    sent = list(decision.application.evidence.filter(sent_on__lte=decision.decided_on).prefetch_related("illnesses"))
    opening = _("The decision does not consider all the illnesses that weaken my ability to work:")
    closing = ngettext(
        "I ask that its effect on my ability to work be assessed.",
        "I ask that the effect of all my illnesses on my ability to work be assessed as a whole.",
        len(rows),
    )
    if is_estate:
        opening = _("The decision does not consider all the illnesses that weakened the applicant's ability to work:")
        closing = ngettext(
            "The estate asks that its effect on the applicant's ability to work be assessed.",
            "The estate asks that the effect of all illnesses on the applicant's ability to work be assessed together.",
            len(rows),
        )
    return "\n".join([opening, "", *(_paragraph(row, sent, is_estate=is_estate) for row in gaps), "", closing])


def _rows(decision: Decision) -> list[CoverageRow]:
    """The illnesses of the check that are still on the client's list."""
    rows = CoverageRow.objects.filter(check_of__decision=decision).select_related("illness")
    return [row for row in rows if not row.illness.is_removed]


def _paragraph(row: CoverageRow, sent: Iterable[Evidence], *, is_estate: bool) -> str:
    illness = row.illness
    name = f"{illness.name} ({illness.icd10})" if illness.icd10 else illness.name
    parts = [name]
    if illness.since:
        parts.append(since(illness.since))
    line = "– " + ", ".join(parts) + "."
    if illness.effect:
        line += f" {illness.effect.rstrip('.')}."
    in_the_decision = _in_the_decision(row, is_estate=is_estate)
    return " ".join(part for part in (line, in_the_decision, _evidence(row, sent)) if part)


def _in_the_decision(row: CoverageRow, *, is_estate: bool) -> str:
    if row.answer == Answer.MENTIONED and is_estate:
        return _("The decision mentions it, but does not assess how it affected the ability to work.")
    if row.answer == Answer.MENTIONED:
        return _("The decision mentions it, but does not assess how it affects my ability to work.")
    if row.answer == Answer.NOT_MENTIONED:
        return _("The decision does not mention it.")
    return ""


def _evidence(row: CoverageRow, sent: Iterable[Evidence]) -> str:
    about = [piece for piece in sent if row.illness in piece.illnesses.all()]
    if not about:
        return _(
            "[Nothing is recorded here as sent about it. Ask what the decider has, attach a statement, or delete this.]"
        )
    names = ", ".join(_named(piece) for piece in about)
    return _("It is described in what was sent with the application: %(names)s.") % {"names": names}


def _named(piece: Evidence) -> str:
    name = str(Evidence.Kind(piece.kind).label)
    return f"{name} {day(piece.dated_on)}" if piece.dated_on else name
