"""The client who comes with a year-old rejection under appeal: written on the first day, won at the end, through HTTP.

Journey (d) of the decisions that were made before anybody here knew the client.
"""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.models import Appeal, Application, Case, CoverageCheck, Decision
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.journeys.typing_in import doubted, fill, insist
from tests.people import PortalClient, browser_of, person


def test_a_year_old_rejection_under_appeal_is_written_on_the_first_day_and_goes_on_from_there(own_database):
    today = timezone.localdate()

    with in_municipality("kaavi"):
        browser = browser_of(person("Aino", Role.COORDINATOR, language="en"))
        number = the_client_comes_today(browser, today)
        decision = the_rejection_and_her_own_appeal_are_written(browser, number, today)
        it_is_marked_and_waits_at_the_board(browser, number, decision)
        an_application_of_last_month_is_written_when_a_slip_of_the_year_was_asked_of(browser, number, today)
        a_second_decision_comes_and_has_its_own_clock(browser, decision, today)
        the_board_changes_it(browser, today)
        nothing_was_backdated(number, today)


def the_client_comes_today(browser: PortalClient, today: date) -> str:
    fill(
        browser,
        reverse("client_new"),
        first_name="Liisa",
        last_name="Laine",
        identity_code="131052-308T",
        opened_on=today,
        language="fi",
        decision_channel="unknown",
    )
    number = Case.objects.get().number
    fill(browser, reverse("illness_add", args=[number]), name="Masennus", icd10="F32.1")
    return number


def the_rejection_and_her_own_appeal_are_written(browser: PortalClient, number: str, today: date) -> Decision:
    days: dict[str, Any] = {
        "filed_on": today - timedelta(days=500),
        "decided_on": today - timedelta(days=400),
        "notice_on": today - timedelta(days=399),
        "appealed_on": today - timedelta(days=370),
    }
    page = fill(
        browser,
        reverse("brought_decision", args=[number]),
        benefit_code="TKE-T",
        decider_code="keva",
        result="rejected",
        channel="post",
        **days,
    )
    decision: Decision = Decision.objects.get()
    assert page == decision.get_absolute_url()
    assert CoverageCheck.objects.get(decision=decision).is_open
    return decision


def it_is_marked_and_waits_at_the_board(browser: PortalClient, number: str, decision: Decision) -> None:
    listed = browser.get(reverse("case_applications", args=[number])).text
    assert "From before the case" in listed
    assert "waiting for the ruling" in listed
    page = browser.get(Appeal.objects.get().get_absolute_url()).text
    assert "The text of this appeal is not known here." in page
    assert Appeal.objects.get().grounds == ""  # nothing is put into her mouth
    timeline = browser.get(reverse("case_timeline", args=[number])).text
    assert f'datetime="{decision.decided_on.isoformat()}' in timeline


def an_application_of_last_month_is_written_when_a_slip_of_the_year_was_asked_of(
    browser: PortalClient, number: str, today: date
) -> None:
    page = reverse("application_new", args=[number])
    asked = {"benefit_code": "SPR", "decider_code": "kela"}

    assert "before" in doubted(browser, page, **asked, filed_on=today - timedelta(days=3650))
    assert Application.objects.count() == 1

    insist(browser, page, **asked, filed_on=today - timedelta(days=30))
    assert Application.objects.get(benefit_code="SPR").is_from_before


def a_second_decision_comes_and_has_its_own_clock(browser: PortalClient, decision: Decision, today: date) -> None:
    application = decision.application.get_absolute_url()
    fill(browser, f"{application}re-examine/", asked_on=today - timedelta(days=20))
    page = f"{application}decision/"
    days: dict[str, Any] = {"decided_on": today - timedelta(days=3), "notice_on": today - timedelta(days=2)}

    fill(browser, page, result="partly", channel="post", **days)

    supplement = Decision.objects.exclude(pk=decision.pk).get()
    assert supplement.last_day is not None
    assert supplement.last_day > today
    assert CoverageCheck.objects.count() == 2


def the_board_changes_it(browser: PortalClient, today: date) -> None:
    appeal = Appeal.objects.get()
    page = f"{appeal.get_absolute_url()}decide/"
    days: dict[str, Any] = {"result_on": today, "result_notice_on": today}

    fill(browser, page, result="changed", result_channel="post", **days)

    appeal.refresh_from_db()
    assert (appeal.state, appeal.result) == ("decided", "changed")


def nothing_was_backdated(number: str, today: date) -> None:
    case = Case.objects.get(number=number)
    assert case.opened_on == today
    assert set(Application.objects.values_list("drafted_on", flat=True)) == {today}
