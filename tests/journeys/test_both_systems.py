"""Path P14, one application to both pension systems: one act, two deciders, two decisions, two clocks. Through HTTP."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.models import Application, Case, CoverageCheck, Decision, Evidence
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.journeys.typing_in import fill
from tests.people import PortalClient, browser_of, person


def test_one_application_to_kela_and_ilmarinen_is_decided_twice_and_each_decision_has_its_clock(own_database):
    today = timezone.localdate()

    with in_municipality("kaavi"):
        browser = browser_of(person("Aino", Role.COORDINATOR, language="fi"))
        number = the_client_comes(browser, today)
        kela, ilmarinen = one_paper_is_begun_for_both(browser, number)
        its_statement_is_attached_once(browser, kela)
        it_arrives_at_kela_and_is_filed_at_both(browser, kela, ilmarinen, today)
        ilmarinen_asks_for_more_and_kela_does_not(browser, ilmarinen, today)
        both_decide_and_each_decision_runs_by_itself(browser, kela, ilmarinen, today)
        the_list_says_of_each_where_the_other_is(browser, number)


def the_client_comes(browser: PortalClient, today: date) -> str:
    said = {"first_name": "Väinö", "last_name": "Räsänen", "identity_code": "131052-308T", "language": "fi"}
    fill(browser, reverse("client_new"), **said, opened_on=today - timedelta(days=200), decision_channel="post")
    return str(Case.objects.get().number)


def one_paper_is_begun_for_both(browser: PortalClient, number: str) -> tuple[Application, Application]:
    claim = {"benefit_code": "TKE-K", "decider_code": "kela", "is_to_both": "on", "insurer_code": "ilmarinen"}
    page = fill(browser, reverse("application_new", args=[number]), **claim)

    kela, ilmarinen = (Application.objects.get(decider_code=code) for code in ("kela", "ilmarinen"))
    assert page == kela.get_absolute_url()
    assert ilmarinen.benefit_code == "TKE-T"
    shown = browser.get(page).text
    assert "Sama hakemus on myös:" in shown
    assert ilmarinen.get_absolute_url() in shown
    return kela, ilmarinen


def its_statement_is_attached_once(browser: PortalClient, kela: Application) -> None:
    said = {"kind": "B", "title": "Lääkäri Mäkelän lausunto", "dated_on": "20.8.2026"}
    fill(browser, f"{kela.get_absolute_url()}evidence/", **said)

    assert [piece.title for piece in Evidence.objects.all()] == ["Lääkäri Mäkelän lausunto"] * 2


def it_arrives_at_kela_and_is_filed_at_both(
    browser: PortalClient, kela: Application, ilmarinen: Application, today: date
) -> None:
    page = f"{kela.get_absolute_url()}file/"
    assert "Ilmarinen" in browser.get(page).text

    fill(browser, page, filed_on=today - timedelta(days=100), sent_by="post")

    for application in (kela, ilmarinen):
        application.refresh_from_db()
        assert (application.state, application.filed_on) == ("filed", today - timedelta(days=100))


def ilmarinen_asks_for_more_and_kela_does_not(browser: PortalClient, ilmarinen: Application, today: date) -> None:
    asked: dict[str, Any] = {"asked_on": today - timedelta(days=60), "due_on": today - timedelta(days=30)}
    fill(browser, f"{ilmarinen.get_absolute_url()}ask-for-more/", **asked, what="Selvitys työtehtävistä")

    assert set(Application.objects.values_list("decider_code", "state")) == {
        ("kela", "filed"),
        ("ilmarinen", "returned"),
    }
    fill(browser, f"{ilmarinen.get_absolute_url()}supply/", supplied_on=today - timedelta(days=40))


def both_decide_and_each_decision_runs_by_itself(
    browser: PortalClient, kela: Application, ilmarinen: Application, today: date
) -> None:
    for application, days in ((kela, 45), (ilmarinen, 3)):
        typed: dict[str, Any] = {"decided_on": today - timedelta(days=days), "notice_on": today - timedelta(days=days)}
        fill(browser, f"{application.get_absolute_url()}decision/", **typed, result="rejected", channel="post")
        other = Application.objects.exclude(pk=application.pk).get()
        assert other.state == ("filed" if application == kela else "decided")

    first, second = Decision.objects.order_by("decided_on")
    assert first.last_day is not None
    assert second.last_day is not None
    assert first.last_day != second.last_day
    assert CoverageCheck.objects.filter(state="open").count() == 2


def the_list_says_of_each_where_the_other_is(browser: PortalClient, number: str) -> None:
    listed = browser.get(reverse("case_applications", args=[number])).text
    assert listed.count("Sama hakemus on myös:") == 2
    timeline = browser.get(reverse("case_timeline", args=[number])).text
    assert "Yksi hakemus molempiin eläkejärjestelmiin" in timeline
