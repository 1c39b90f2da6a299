"""A consent that the client takes back, with everything that rested on it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.consents.queries import items_resting_on
from casework.law.errors import check_day
from casework.meetings import cleared_agendas as withdrawn_grounds
from casework.models import Case, Consent
from casework.timeline import writing as timeline
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.errors import Refusal


class WithdrawnBeforeGiven(Refusal):
    user_message = _("The consent was given on %(given_on)s; it was not taken back before that.")
    field = "on"


@transaction.atomic
def withdraw(*, case: Case, consent: Consent, on: date, version: int, by: User, at: datetime) -> Consent:
    """Write down that the client took a consent back. Twice is well: the first counts.

    What rested on it leaves the agendas of meetings to come, and their chairs get a task. It may be taken back of a
    closed case as well: that is as easy as giving it (GDPR 7 art. 3).

    Raises:
        EditedMeanwhile, WithdrawnBeforeGiven, BeforeBirth, InTheFuture
    """
    case = case.locked("client", "coordinator")
    consent = Consent.objects.select_for_update().get(pk=consent.pk, client=case.client)
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
