"""A client dies while an appeal runs: nothing goes to the client, the clock stays, and the estate gets the answer."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from casework.cases.open_ends import open_ends
from casework.models import Appeal, AppealSupplement, Case, Decision, OpenEnd
from casework.reminders import sweep as sweeping
from tenants.mail.models import OutgoingEmail
from tests.casework.applications.making import application_at
from tests.casework.cases.making import a_case
from tests.journeys.typing_in import fill, refused
from tests.papers import read_pdf
from tests.people import PortalClient, browser_of

FILED = date(2026, 9, 1)
DEATH = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def signed_in(aino, time_is) -> Callable[[date], PortalClient]:
    """Let it be ten o'clock UTC of a day, on which Aino signs in."""
    aino.language = "en"
    aino.save(update_fields=["language"])

    def sign_in(on: date) -> PortalClient:
        time_is(datetime(on.year, on.month, on.day, 10, tzinfo=UTC))
        return browser_of(aino)

    return sign_in


def of_case(name: str, case: Case) -> str:
    return reverse(name, args=[case.number])


def rejected(portal: PortalClient, case: Case, benefit: str, *, by: Any, decider: str = "keva") -> str:
    """Record over HTTP that an application was rejected; answer the page of the decision."""
    application = application_at("filed", case=case, benefit=benefit, decider=decider, filed_on=FILED, by=by)
    days: dict[str, Any] = {"decided_on": date(2026, 11, 16), "notice_on": date(2026, 11, 17)}
    return fill(portal, f"{application.get_absolute_url()}decision/", result="rejected", channel="post", **days)


def appealed(portal: PortalClient, decision: str) -> str:
    fill(portal, decision, post_to=f"{decision}coverage/", conclusion="appeal")
    page: str = portal.post(f"{decision}appeal/").headers["Location"]
    fill(portal, f"{page}edit/", grounds="Selän kipu on sivuutettu: asiakas ei pysty istumaan tuntia kauempaa.")
    fill(portal, f"{page}file/", filed_on=date(2026, 11, 18))
    return page


def closed_by_the_death(portal: PortalClient, case: Case) -> None:
    """The coordinator hears of it, and hands what is open to the estate."""
    close = of_case("case_close", case)
    ends = [str(end.about) for end in open_ends(case, on=date(2026, 11, 23))]
    said: dict[str, Any] = {"outcome": "died", "closed_on": DEATH}
    client: dict[str, Any] = {f"to_{about}": "client" for about in ends}
    to_the_client = refused(portal, close, **said, **client)
    assert "The client has died. Hand it to the estate" in to_the_client
    why: dict[str, Any] = {f"why_{about}": "Tytär hoitaa kuolinpesän asioita." for about in ends}
    fill(portal, close, **said, **why | {f"to_{about}": "estate" for about in ends})


def the_letter(portal: PortalClient, page: str) -> str:
    return " ".join(read_pdf(portal.get(page, follow=True).content).text.split())


def a_letter_that_follows(portal: PortalClient, case: Case) -> str:
    """Write a letter that follows the appeal, in the closed case; answer what it says."""
    text = "Asiakas kuoli 20.11.2026. Kuolinpesä jatkaa valitusta."
    new = reverse("appeal_supplement_new", args=[case.number, Appeal.objects.get().pk])
    fill(portal, new, kind="evidence", receiver="decider", text=text)
    return the_letter(portal, reverse("appeal_supplement_pdf", args=[case.number, AppealSupplement.objects.get().pk]))


def test_a_client_dies_with_an_appeal_running(kaavi, aino, signed_in):
    portal = signed_in(date(2026, 11, 18))
    case = a_case(by=aino, email="matti@posti.example", phone="040 123 4567")
    appeal = appealed(portal, rejected(portal, case, "TKE-T", by=aino))
    clock = rejected(portal, case, "SPR", decider="kela", by=aino)

    portal = signed_in(date(2026, 11, 23))
    closed_by_the_death(portal, case)

    # From that day nothing is for the client; who answers for the estate is written in the closed case.
    for paper in ("case_map", "case_map_pdf", "consent_paper", "withdrawal_paper"):
        answer = portal.get(of_case(paper, case))
        assert answer.status_code == 409
        assert "nothing is printed for them or sent to them any more" in answer.text
    assert "tel:" not in portal.get(of_case("case_basics", case)).text
    daughter = {"name": "Tytär Tuula", "role": "estate", "phone": "040 555 1234", "address": "Kuja 2, 73600 Kaavi"}
    daughter |= {"safety": "safe", "note": "Soita iltaisin."}
    assert portal.post(f"{of_case('network_add', case)}?role=estate", daughter).status_code == 302
    assert "Matti Meikäläinen (kuolinpesä)" not in the_letter(
        portal, f"{appeal}pdf/"
    )  # what went in life stays as it went
    letter = a_letter_that_follows(portal, case)
    assert "Matti Meikäläinen (kuolinpesä)" in letter
    assert "Kuolinpesän yhteyshenkilö Tytär Tuula" in letter
    assert "Tytär Tuula, muutoksenhakija: Matti Meikäläinen (kuolinpesä)" in letter
    assert "040 123 4567" not in letter

    # The other clock goes on and is on Aino's Today until she ends it with a reason.
    last_day = Decision.objects.get(application__benefit_code="SPR").last_day
    assert last_day == date(2026, 12, 28)
    portal = signed_in(date(2026, 12, 16))
    sweeping.sweep(on=date(2026, 12, 16), at=datetime(2026, 12, 16, 10, tzinfo=UTC))
    assert clock in portal.get(reverse("today")).text
    assert set(OutgoingEmail.objects.values_list("to_email", flat=True)) == {aino.email}
    end = OpenEnd.objects.get(kind="clock").get_absolute_url()
    assert "Say why it ends." in refused(portal, end, to="nobody", reason="")
    fill(portal, end, to="nobody", reason="Kuolinpesä ei hae muutosta sairauspäivärahaan.")
    assert clock not in portal.get(reverse("today")).text

    # The board answers: it is written in the closed case, which stays closed.
    portal = signed_in(date(2027, 9, 1))
    fill(portal, f"{appeal}decider/", answer="forwarded", on=date(2027, 1, 20))
    ruling: dict[str, Any] = {"result": "changed", "result_on": date(2027, 8, 30), "result_channel": "post"}
    fill(portal, f"{appeal}decide/", **ruling, result_notice_on=date(2027, 8, 30))

    assert (Appeal.objects.get().state, Appeal.objects.get().result) == ("decided", "changed")
    case.refresh_from_db()
    assert (case.closed_on, case.outcome) == (DEATH, "died")
    assert "matti@posti.example" not in set(OutgoingEmail.objects.values_list("to_email", flat=True))
