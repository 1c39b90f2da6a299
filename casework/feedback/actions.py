"""Sending feedback to who referred the client: the letter is kept with its hash, and who got it is written down."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.consents import disclosures, guard
from casework.consents.guard import ConsentMissing
from casework.documents import actions as documents
from casework.feedback.paper import Feedback, file_name, paper, tells_of_health, told_end_of_health
from casework.feedback.queries import referral_of
from casework.models import Case, Disclosure, Document, Referral
from casework.models.consent import Partner, Purpose
from tenants import files
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal
from tenants.printing import report_pdf

PARTNERS = {
    Referral.Source.EMPLOYMENT: Partner.EMPLOYMENT,
    Referral.Source.SOCIAL_WORK: Partner.SOCIAL_WORK,
    Referral.Source.HEALTH_CARE: Partner.HEALTH_CARE,
    Referral.Source.KELA: Partner.KELA,
    Referral.Source.OTHER: Partner.OTHER,
}


class NothingSaid(Refusal):
    user_message = _("Nothing is ticked and nothing is written. Say what the letter tells.")
    field = "parts"


class HealthRestsOnConsent(Refusal):
    user_message = _(
        "The letter tells of health. It goes on the ground of the client's consent, which is named with it."
    )
    field = "ground"


class EndTellsOfHealth(Refusal):
    """The direction or the end of the case is ticked, and is what tells of health; `why` the letter cannot go so."""

    user_message = _(
        "You ticked the direction or how the case ended. Here it tells of health: %(end)s. %(why)s "
        "Or take the tick away."
    )
    field = "parts"


def check(case: Case, feedback: Feedback, *, on: date) -> Referral:
    """Refuse a letter that says nothing, that goes to nobody, or that tells of health without a consent.

    Raises:
        NobodyReferred, NothingSaid
        ConsentMissing: health is told, and no consent for this receiver to hand papers over counts on that day.
        EndTellsOfHealth: the same, where a ticked direction or end tells of it, too: rehabilitation, pension, death.
    """
    referral = referral_of(case)
    if not feedback.says_something:
        raise NothingSaid
    if tells_of_health(case, feedback):
        partner = partner_of(referral)
        with _naming_the_tick(case, feedback):
            guard.require(case.client, partner=partner, purpose=Purpose.HAND_OVER, on=on, who=feedback.recipient)
    return referral


@transaction.atomic
def send(*, case: Case, feedback: Feedback, ground: str, on: date, by: User, at: datetime) -> Disclosure:
    """Keep the letter as a document of the case and write down that it was handed over, also of a closed case.

    Raises:
        What `check`, `documents.add` and `disclosures.record` raise.
        HealthRestsOnConsent, EndTellsOfHealth: health is told, and the ground is a provision of law; whoever takes the
            consent back later would not be told what went on it.
    """
    case = case.locked("client", "coordinator")  # first: whoever takes a consent back or closes the case waits, too
    referral = check(case, feedback, on=max(on, helsinki(at)))  # it is printed now, whichever day is typed
    if tells_of_health(case, feedback) and ground != Disclosure.Basis.CONSENT:
        with _naming_the_tick(case, feedback):
            raise HealthRestsOnConsent
    letter = paper(case, referral, feedback, on=on)
    content = io.BytesIO(report_pdf(letter))
    document = documents.add_own(
        case=case,
        file=files.check_upload(content, file_name(case, "pdf", on=on)),
        kind=Document.Kind.OTHER,
        title=letter.title,
        dated_on=on,
        by=by,
        at=at,
    )
    partner = partner_of(referral)
    return disclosures.record(
        document=document, partner=partner, recipient=feedback.recipient, on=on, ground=ground, by=by, at=at
    )


def partner_of(referral: Referral) -> Partner:
    """Whom the guard knows the referring party as."""
    return PARTNERS[Referral.Source(referral.source)]


@contextmanager
def _naming_the_tick(case: Case, feedback: Feedback) -> Iterator[None]:
    """Say of a refusal for health which tick it is about, where it is one: nobody typed anything of health there."""
    try:
        yield
    except (ConsentMissing, HealthRestsOnConsent) as refusal:
        end = told_end_of_health(case, feedback)
        if not end:
            raise
        raise EndTellsOfHealth(end=end, why=refusal.user_message) from refusal
