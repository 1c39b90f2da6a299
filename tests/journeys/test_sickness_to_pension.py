"""Sickness allowance to its maximum, jobseeker the day after, rehabilitation subsidy, its continuation in time."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from casework.models import Application, Case, Decision, JobseekerRegistration, Task
from casework.reminders import sweep as sweeping
from tests.casework.cases.making import a_case
from tests.journeys.typing_in import fill
from tests.people import PortalClient, browser_of


@pytest.fixture
def at_ten(aino, time_is) -> Callable[[date], PortalClient]:
    """Let it be ten o'clock UTC of a day: the rules have looked, and Aino signs in, in Finnish."""
    aino.language = "fi"
    aino.save(update_fields=["language"])

    def sign_in(on: date) -> PortalClient:
        at = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
        time_is(at)
        sweeping.sweep(on=on, at=at)
        return browser_of(aino)

    return sign_in


def test_from_sickness_allowance_over_its_maximum_to_a_rehabilitation_subsidy_that_goes_on(kaavi, aino, at_ten):
    # Kela has granted the client sickness allowance until the end of May.
    portal = at_ten(date(2026, 11, 24))
    case = a_case(by=aino, first_name="Sirkka", last_name="Räsänen", opened_on=date(2026, 9, 1))
    allowance = decided(portal, case, "SPR", "kela", filed_on=date(2026, 10, 1), granted_until=date(2027, 5, 31))
    shown = portal.get(allowance).text
    assert "Kukaan ei ole kirjannut tänne, montako päivää Kela on maksanut." in shown
    assert "150 maksettua päivää" not in shown  # nothing is reckoned from nothing

    # Kela's letter says how many days are paid. From there Suunta counts on.
    typed: dict[str, Any] = {"paid_days": 140, "counted_on": date(2026, 11, 20), "told_by": "Kelan kirje 23.11."}
    days = fill(portal, reverse("sickness_days_add", args=[case.number]), **typed)
    shown = portal.get(days).text
    assert "Kela on laskenut 140 maksettua päivää 20.11.2026 mennessä" in shown
    assert "2.12.2026" in shown  # the 150th: weekdays with Saturdays, without Sundays

    # Near the 150th day Today says that it is time to apply.
    portal = at_ten(date(2026, 11, 25))
    assert "150 maksettua päivää täyttyy 2.12.2026: silloin on aika hakea eläkettä tai kuntoutusta" in today(portal)

    # A newer count moves the end to the maximum: the 300th day would be in March.
    portal = at_ten(date(2027, 1, 18))
    typed = {"paid_days": 259, "counted_on": date(2027, 1, 15), "told_by": "OmaKela"}
    fill(portal, reverse("sickness_days_add", args=[case.number]), **typed)
    assert "viimeinen maksettu päivä 28.2.2027" in portal.get(days).text
    portal = at_ten(date(2027, 2, 22))
    shown = today(portal)
    assert "Työnhakijaksi ilmoittautuminen viimeistään 1.3.2027" in shown
    assert "Sairauspäivärahan enimmäisaika päättyy 28.2.2027" in shown
    shown = portal.get(days).text
    assert "asiakkaalla on oikeus työttömyysetuuteen työnhakijana" in shown

    # The application for the subsidy goes in; the day after the end the client is a jobseeker.
    application = begun(portal, case, "KT", "keva", filed_on=date(2027, 2, 22))
    assert "Sairauspäivärahan enimmäisaika päättyy" not in today(portal)
    portal = at_ten(date(2027, 3, 1))
    fill(portal, reverse("jobseeker_add", args=[case.number]), registered_on=date(2027, 3, 1), told_by="Asiakas itse")
    assert JobseekerRegistration.objects.get().payment_ended_on == date(2027, 2, 28)
    assert "Työnhakijaksi ilmoittautuminen viimeistään" not in today(portal)
    assert "Ilmoittautunut työnhakijaksi 1.3.2027" in portal.get(days).text

    # The subsidy is granted until the end of March of the next year.
    portal = at_ten(date(2027, 4, 12))
    subsidy = granted(portal, application, decided_on=date(2027, 4, 8), granted_until=date(2028, 3, 31))
    shown = portal.get(subsidy).text
    assert "Jatkohakemukseksi riittää tavallisesti uusi B-lausunto" in shown

    # In time the doctor, then the statement; the continuation is begun in the form that is filled in.
    portal = at_ten(date(2027, 12, 28))
    assert "Varaa lääkäriaika: kuntoutustuki päättyy 31.3.2028" in today(portal)
    portal = at_ten(date(2028, 1, 24))
    assert "Uusi lausunto maksajalle (Keva): kuntoutustuki päättyy 31.3.2028" in today(portal)
    continuation = fill(portal, f"{subsidy}continuation/")
    assert Application.objects.filter(matter="continuation", benefit_code="KT", decider_code="keva").count() == 1
    fill(portal, f"{continuation}file/", filed_on=date(2028, 1, 24), statement_follows=True)
    assert not Task.objects.filter(done_at=None).exists()
    assert "Jatkoaikaa koskeva hakemus" in portal.get(subsidy).text


def today(portal: PortalClient) -> str:
    return portal.get(reverse("today")).text


def begun(portal: PortalClient, case: Case, benefit: str, decider: str, *, filed_on: date) -> str:
    """Begin an application and file it; answer its page."""
    claim: dict[str, Any] = {"benefit_code": benefit, "decider_code": decider}
    return fill(portal, reverse("application_new", args=[case.number]), **claim, filed_on=filed_on)


def granted(portal: PortalClient, application: str, *, decided_on: date, granted_until: date) -> str:
    """Record a decision that grants until a day, and that the client does not appeal; answer its page."""
    days: dict[str, Any] = {"decided_on": decided_on, "notice_on": decided_on, "granted_until": granted_until}
    return fill(portal, f"{application}decision/", result="granted_until", channel="post", **days)


def decided(
    portal: PortalClient, case: Case, benefit: str, decider: str, *, filed_on: date, granted_until: date
) -> str:
    application = begun(portal, case, benefit, decider, filed_on=filed_on)
    page = granted(portal, application, decided_on=date(2026, 10, 20), granted_until=granted_until)
    assert Decision.objects.get().granted_until == granted_until
    return page
