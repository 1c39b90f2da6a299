"""A consent that the client takes back, or that was recorded wrong, with everything that rested on it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.case_tasks import actions as tasks
from casework.consents import actions as consents
from casework.consents import guard
from casework.consents.actions import ConsentDetails
from casework.consents.queries import items_resting_on
from casework.law.errors import check_day
from casework.meetings import cleared_agendas as withdrawn_grounds
from casework.meetings import discussion_grounds
from casework.meetings.cleared_agendas import Because
from casework.models import AgendaItem, Case, Consent
from casework.models.consent import Purpose
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.errors import Refusal


class WithdrawnBeforeGiven(Refusal):
    user_message = _("The consent was given on %(given_on)s. It cannot be taken back before that. Check the days.")
    field = "on"


class HandedOverOnIt(Refusal):
    user_message = _(
        "On this consent a document was handed over on %(day)s, which would have no ground then. "
        "Correct what was handed over first."
    )


@transaction.atomic
def withdraw(*, case: Case, consent: Consent, on: date, version: int, by: User, at: datetime) -> Consent:
    """Write down that the client took a consent back. Twice is well: the first counts.

    What rested on it leaves the agendas of meetings to come, and their chairs get a task. It may be taken back of a
    closed case as well: that is as easy as giving it (GDPR 7 art. 3).

    Raises:
        TakenBack, EditedMeanwhile, WithdrawnBeforeGiven, BeforeBirth, InTheFuture
    """
    case, consent = _locked(case, consent)
    if consent.withdrawn_on is not None:
        return consent
    consent.check_version(version)
    check_day(on, born_on=case.client.born_on, today=helsinki(at), field="on")
    if on < consent.given_on:
        raise WithdrawnBeforeGiven(given_on=day(consent.given_on))
    consent.withdrawn_on = on
    consent.save_version("withdrawn_on")
    facts = {"partner": consent.partner, "purpose": consent.purpose}
    timeline.add(case=case, kind="consent.withdrawn", by=by, at=at, on=on, about=consent, facts=facts)
    withdrawn_grounds.clear_agendas(items_resting_on(consent), by=by, at=at)
    return consent


@transaction.atomic
def correct(
    *,
    case: Case,
    consent: Consent,
    details: ConsentDetails,
    withdrawn_on: date | None = None,
    reason: str,
    version: int,
    by: User,
    at: datetime,
) -> Consent:
    """Correct what was recorded wrong, also of a closed case; from now on the guard asks what it says now.

    Without `withdrawn_on` a consent that was taken back counts again. Agendas look for their ground anew.

    Raises:
        TakenBack, EditedMeanwhile, WithdrawnBeforeGiven, and what `consents.add` raises of what was typed.
        HandedOverOnIt: a document was handed over on it, and it would not allow that any more.
    """
    case, consent = _locked(case, consent)
    consent.check_version(version)
    consents.check(details, case, today=helsinki(at))
    _check_withdrawn(details.given_on, withdrawn_on, case, at=at)
    values = consents.values_of(details) | {"withdrawn_on": withdrawn_on if consent.withdrawn_on else None}
    until = consent.valid_until
    why = _why(case, "consent.corrected", details.partner, details.purpose, reason=reason, by=by, at=at)
    if corrections.correct(consent, values, why):
        _check_disclosures(consent)
        _renew_grounds(consent, by=by, at=at)
        if consent.valid_until != until:
            _end_tasks(consent, by=by, at=at)
    return consent


@transaction.atomic
def take_back(*, case: Case, consent: Consent, reason: str, version: int, by: User, at: datetime) -> Consent:
    """Take back a consent that was never given: it allows nothing, and never did.

    Raises:
        TakenBack, EditedMeanwhile
        HandedOverOnIt: a document was handed over on it.
    """
    case, consent = _locked(case, consent)
    consent.check_version(version)
    first = consent.disclosures.first()
    if first is not None:
        raise HandedOverOnIt(day=day(first.on))
    why = _why(case, "consent.removed", consent.partner, consent.purpose, reason=reason, by=by, at=at)
    corrections.take_back(consent, why)
    _renew_grounds(consent, by=by, at=at)
    _end_tasks(consent, by=by, at=at)
    return consent


def _locked(case: Case, consent: Consent) -> tuple[Case, Consent]:
    case = case.locked("client", "coordinator")
    consent = Consent.everything.select_for_update().get(pk=consent.pk, client=case.client)
    corrections.check_standing(consent)
    return case, consent


def _why(case: Case, kind: str, partner: str, purpose: str, *, reason: str, by: User, at: datetime) -> Why:
    facts = {"partner": partner, "purpose": purpose}
    return Why(reason=reason, by=by, at=at, case=case, kind=kind, facts=facts)


def _check_withdrawn(given_on: date, withdrawn_on: date | None, case: Case, *, at: datetime) -> None:
    check_day(withdrawn_on, born_on=case.client.born_on, today=helsinki(at), field="withdrawn_on")
    if withdrawn_on is not None and withdrawn_on < given_on:
        refusal = WithdrawnBeforeGiven(given_on=day(given_on))
        refusal.field = "withdrawn_on"
        raise refusal


def _check_disclosures(consent: Consent) -> None:
    for one in consent.disclosures.all():
        asked = {"partner": one.partner, "purpose": Purpose.HAND_OVER, "on": one.on, "who": one.recipient}
        if not guard.allows(consent, **asked):
            raise HandedOverOnIt(day=day(one.on))


def _renew_grounds(consent: Consent, *, by: User, at: datetime) -> None:
    """Let agendas look for a consent that allows to discuss the case; without one, it leaves them."""
    lost = [item for item in items_resting_on(consent) if not _has_ground(item)]
    withdrawn_grounds.clear_agendas(lost, by=by, at=at, because=Because.WRONG)


def _has_ground(item: AgendaItem) -> bool:
    is_renewed = discussion_grounds.renew(item, on=helsinki(item.meeting.starts_at))
    if is_renewed:
        item.save(update_fields=["basis", "basis_note", "consent"])
    return is_renewed


def _end_tasks(consent: Consent, *, by: User, at: datetime) -> None:
    """End the tasks about a last day that it has no more."""
    tasks.end_those_about(consent.pk, tasks.drop, by=by, at=at)
