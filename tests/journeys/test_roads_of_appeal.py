"""Two rejections and where their appeals lead: one is corrected in full, the other goes all the way to the court."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from casework.models import Appeal, Case, Decision, Illness, Task
from casework.reminders import sweep as sweeping
from tests.casework.applications.making import an_illness, application_at
from tests.casework.cases.making import a_case
from tests.journeys.typing_in import fill, refused
from tests.people import PortalClient, browser_of

FILED = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def signed_in(aino, time_is) -> Callable[[date], PortalClient]:
    """Let it be ten o'clock UTC of a day, on which Aino signs in."""
    aino.language = "en"
    aino.save(update_fields=["language"])

    def sign_in(on: date) -> PortalClient:
        time_is(datetime(on.year, on.month, on.day, 10, tzinfo=UTC))
        return browser_of(aino)

    return sign_in


def test_a_rejection_that_passes_over_one_illness_is_won_in_full_self_correction(kaavi, aino, signed_in):
    portal = signed_in(date(2026, 11, 18))
    case = a_case_that_waits(aino)
    decision = a_rejection(portal, case, decided_on=date(2026, 11, 16), notice_on=date(2026, 11, 17))
    the_check_finds(portal, decision, Selkäkipu="considered", Masennus="mentioned")
    appeal = an_appeal(portal, decision, filed_on=date(2026, 11, 18))
    assert "Päätöksessä mainitaan se, mutta ei arvioida" in Appeal.objects.get().grounds  # written for the decider

    portal = signed_in(date(2026, 12, 15))
    granted: dict[str, Any] = {"decided_on": date(2026, 12, 14), "result": "granted", "channel": "post"}
    fill(portal, f"{appeal}new-decision/", **granted, notice_on=date(2026, 12, 14))

    assert "The decider corrected its decision itself." in portal.get(appeal).text
    won = Decision.objects.get(follows__isnull=False)
    assert "because of an appeal" in portal.get(won.get_absolute_url()).text
    of_case = portal.get(reverse("case_applications", args=[case.number])).text
    assert "Granted" in of_case
    assert "Last day of appeal" not in of_case
    assert Appeal.objects.count() == 1


def test_corrected_in_part_lost_at_the_board_and_taken_to_the_court(kaavi, aino, signed_in):
    portal = signed_in(date(2026, 11, 18))
    case = a_case_that_waits(aino)
    decision = a_rejection(portal, case, decided_on=date(2026, 11, 16), notice_on=date(2026, 11, 17))
    the_check_finds(portal, decision, Selkäkipu="not_mentioned", Masennus="considered")
    appeal = an_appeal(portal, decision, filed_on=date(2026, 11, 18))

    portal = signed_in(date(2027, 1, 20))
    fill(portal, f"{appeal}decider/", answer="partly", on=date(2027, 1, 15))
    shown = portal.get(appeal).text
    assert "interim decision, no appeal" in shown
    assert "by 27.1.2027, at the latest by 26.2.2027" in shown
    assert Appeal.objects.count() == 1  # an interim decision begins nothing at the court

    portal = signed_in(date(2027, 1, 29))
    sweeping.sweep(on=date(2027, 1, 29), at=datetime(2027, 1, 29, 10, tzinfo=UTC))
    assert "Ask whether the appeal was passed on" in portal.get(reverse("today")).text
    fill(portal, f"{appeal}decider/", answer="forwarded", on=date(2027, 1, 28))
    assert not Task.objects.filter(done_at=None).exists()

    fill(portal, f"{appeal}ask-comment/", due_on=date(2027, 2, 5))
    sweeping.sweep(on=date(2027, 1, 29), at=datetime(2027, 1, 29, 10, tzinfo=UTC))
    assert "The client may comment on the appeal by 5.2.2027" in portal.get(reverse("today")).text
    portal = signed_in(date(2027, 2, 4))
    fill(portal, f"{appeal}comment/", on=date(2027, 2, 4))

    # Meanwhile there is new evidence: the matter is asked for again, and the appeal goes on.
    application = Decision.objects.get().application
    fill(portal, f"{application.get_absolute_url()}re-examine/", asked_on=date(2027, 2, 4))
    assert Appeal.objects.get().is_filed

    portal = signed_in(date(2027, 9, 1))
    ruling: dict[str, Any] = {"result": "rejected", "result_on": date(2027, 8, 30), "result_channel": "post"}
    assert "27.1.2027" not in refused(portal, f"{appeal}decide/", **ruling, result_notice_on=date(2027, 8, 29))
    fill(portal, f"{appeal}decide/", **ruling, result_notice_on=date(2027, 8, 30))
    court = Appeal.objects.get(level=Appeal.Level.INSURANCE_COURT)
    assert court.last_day == date(2027, 10, 6)  # 30.8. + 7 + 30 days
    assert "Insurance Court" in portal.get(court.get_absolute_url()).text

    # The request is withdrawn: the earlier decision stands, and the appeal to the court goes on.
    fill(portal, f"{application.get_absolute_url()}withdraw/", withdrawn_on=date(2027, 9, 1))
    application.refresh_from_db()
    assert (application.state, application.decided_on) == ("decided", date(2026, 11, 16))
    assert court.is_draft


def a_case_that_waits(aino) -> Case:
    """A client with two illnesses, whose application waits for its decision since September."""
    case = a_case(by=aino)
    for name in ("Selkäkipu", "Masennus"):
        an_illness(case, name, by=aino)
    application_at("filed", case=case, filed_on=FILED, by=aino)
    return case


def a_rejection(portal: PortalClient, case: Case, **days: Any) -> str:
    [application] = case.applications.all()
    return fill(portal, f"{application.get_absolute_url()}decision/", result="rejected", channel="post", **days)


def the_check_finds(portal: PortalClient, decision: str, **answers: str) -> None:
    said = {f"answer_{illness.pk}": answers[illness.name] for illness in Illness.objects.all()}
    assert "Not looked at yet" in refused(portal, decision, post_to=f"{decision}coverage/", conclusion="appeal")
    fill(portal, decision, post_to=f"{decision}coverage/", conclusion="appeal", **said)


def an_appeal(portal: PortalClient, decision: str, *, filed_on: date) -> str:
    page: str = portal.post(f"{decision}appeal/").headers["Location"]
    assert "The text is not finished." in portal.get(page).text  # nobody has sent evidence of what is passed over
    fill(portal, f"{page}edit/", grounds=Appeal.objects.get().grounds.split("[")[0])
    assert "The text is not finished." not in portal.get(page).text
    fill(portal, f"{page}file/", filed_on=filed_on)
    return page


def test_social_assistance_is_reviewed_first_and_then_goes_to_the_administrative_court(kaavi, aino, signed_in):
    portal = signed_in(date(2026, 11, 18))
    case = a_case(by=aino)
    application_at("filed", case=case, benefit="TTO", decider="kela", filed_on=FILED, by=aino)
    decision = a_rejection(portal, case, decided_on=date(2026, 11, 16), notice_on=date(2026, 11, 17))
    fill(portal, decision, post_to=f"{decision}coverage/", conclusion="appeal")
    review = portal.post(f"{decision}appeal/").headers["Location"]
    shown = portal.get(review).text
    assert "Request for administrative review" in shown
    assert "Pension Appeal Board" not in shown
    assert "Social Security Appeal Board" not in shown
    fill(portal, f"{review}edit/", grounds="The rent was left out.")
    fill(portal, f"{review}file/", filed_on=date(2026, 11, 18))
    shown = portal.get(review).text
    assert "With the board" not in shown  # nobody passes it on
    assert "What the decider did" not in shown

    portal = signed_in(date(2026, 12, 21))
    ruling: dict[str, Any] = {
        "result": "partly",
        "result_on": date(2026, 12, 18),
        "result_notice_on": date(2026, 12, 18),
    }
    fill(portal, f"{review}decide/", **ruling, result_channel="post")

    court = Appeal.objects.get(against__isnull=False)
    shown = portal.get(court.get_absolute_url()).text
    assert "administrative court" in shown
    assert "Insurance Court" not in shown
    assert court.last_day == date(2027, 1, 25)  # 18.12. + 7 + 30 days is a Sunday
    assert "at the court, by the end of office hours" in shown

    # The court rejects it: leave is asked of the Supreme Administrative Court, which does not grant it.
    page = court.get_absolute_url()
    fill(portal, f"{page}file/", filed_on=date(2026, 12, 21))
    portal = signed_in(date(2027, 11, 8))
    rejected: dict[str, Any] = {
        "result": "rejected",
        "result_on": date(2027, 11, 5),
        "result_notice_on": date(2027, 11, 5),
    }
    fill(portal, f"{page}decide/", **rejected, result_channel="post")
    leave = Appeal.objects.get(level=Appeal.Level.SUPREME_COURT)
    assert leave.last_day == date(2027, 12, 13)  # 5.11. + 7 + 30 days is a Sunday
    asked = leave.get_absolute_url()
    shown = portal.get(asked).text
    assert "Application for leave to appeal" in shown
    assert "Supreme Administrative Court" in shown
    assert "Leave to appeal is asked in the same letter as the appeal." in shown
    assert "not verified" in shown
    fill(portal, f"{asked}edit/", grounds="There is no precedent.")
    fill(portal, f"{asked}file/", filed_on=date(2027, 11, 8))
    assert "Leave to appeal asked 8.11.2027" in portal.get(reverse("case_applications", args=[case.number])).text

    portal = signed_in(date(2028, 5, 3))
    refused_on = date(2028, 5, 2)
    known: dict[str, Any] = {"result_channel": "post", "result_on": refused_on, "result_notice_on": refused_on}
    fill(portal, f"{asked}decide/", result="no_leave", **known)
    shown = portal.get(asked).text
    assert "Leave to appeal not granted" in shown
    assert "The ruling before it stands" in shown
    assert "Begin the next appeal" not in shown
    assert Appeal.objects.count() == 3


def test_the_board_annuls_and_returns_and_the_new_decision_is_granted(kaavi, aino, signed_in):
    portal = signed_in(date(2026, 11, 18))
    case = a_case(by=aino)
    an_illness(case, "Selkäkipu", by=aino)
    application_at("filed", case=case, benefit="TKE-K", decider="kela", filed_on=FILED, by=aino)
    decision = a_rejection(portal, case, decided_on=date(2026, 11, 16), notice_on=date(2026, 11, 17))
    the_check_finds(portal, decision, Selkäkipu="mentioned")
    appeal = an_appeal(portal, decision, filed_on=date(2026, 11, 18))
    assert "Social Security Appeal Board" in portal.get(appeal).text

    portal = signed_in(date(2027, 9, 1))
    ruled_on = date(2027, 8, 30)
    known: dict[str, Any] = {"result_channel": "post", "result_on": ruled_on, "result_notice_on": ruled_on}
    fill(portal, f"{appeal}decide/", result="returned", **known)
    assert "Annulled and returned to the decider for a new decision" in portal.get(appeal).text
    assert "This decision was annulled on 30.8.2027" in portal.get(decision).text
    of_case = portal.get(reverse("case_applications", args=[case.number])).text
    assert "Waiting for a decision" in of_case
    assert "Begin the next appeal" not in of_case

    # The decider takes longer than usual: it is an open question on Today, as of every application.
    portal = signed_in(date(2028, 2, 1))
    assert "Kela" in portal.get(reverse("today")).text
    [application] = case.applications.all()
    assert application.is_overdue(date(2028, 2, 1))
    granted: dict[str, Any] = {"result": "granted", "decided_on": date(2028, 1, 31), "notice_on": date(2028, 1, 31)}
    fill(portal, f"{application.get_absolute_url()}decision/", **granted, channel="post")

    shown = portal.get(application.get_absolute_url()).text
    assert "Returned for a new decision" in shown
    assert "Granted" in shown
    won = Decision.objects.get(result="granted")
    assert won.last_day is not None
    assert won.last_day > date(2028, 3, 1)  # by its own notice, not by that of the ruling
    assert Appeal.objects.count() == 1
