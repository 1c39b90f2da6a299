"""Pages of one application to both pension systems: each says what becomes of the other half, or asks."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.applications import both_systems, claim_days, claiming
from casework.applications.annexes import AnnexMissing
from casework.applications.claims import ClaimIsLate
from casework.continuations import actions as continuations
from casework.law import as_of
from casework.law.errors import DayOrderWrong
from casework.models import Application, Decision
from tenants.accounts.models import User
from tests.asking import asked
from tests.casework.applications.making import SUBSIDY, a_decision, a_pair, application_at, evidence_of, in_db
from tests.casework.continuations.making import none_applied_for
from tests.conftest import NOON
from tests.journeys.typing_in import fill, refused

FILED, TODAY, UNTIL = date(2026, 9, 1), date(2026, 11, 23), date(2027, 5, 31)


def now(one: Application, by: User) -> dict[str, Any]:
    return {"version": in_db(one).version, "by": by, "at": NOON}


def withdrawn(one: Application, by: User, **said: Any) -> Application:
    return both_systems.withdraw(application=in_db(one), **{"withdrawn_on": TODAY, **said}, **now(one, by))


# --- a continuation ---------------------------------------------------------------------------------------------------


def granted_pair(*, by: User, other: str = "granted_until") -> tuple[Decision, Decision]:
    """Kela grants the subsidy until 31.5.2027; Keva as well, or it rejects it."""
    one, two = a_pair("filed", "filed", by=by, claims=SUBSIDY)
    first = a_decision("granted_until", application=one, granted_until=UNTIL, by=by)
    return first, a_decision(other, application=in_db(two), by=by)


@pytest.mark.parametrize(("other", "deciders"), [("granted_until", {"kela", "keva"}), ("rejected", {"kela"})])
def test_a_continuation_is_begun_where_something_ends(kaavi, aino, other, deciders):
    decision, _other = granted_pair(other=other, by=aino)

    begun = continuations.begin(decision=decision, by=aino, at=NOON)

    found = Application.objects.filter(matter="continuation")
    assert {application.decider_code for application in found} == deciders
    assert (begun.together_with is not None) == (len(deciders) == 2)


def test_a_continuation_of_one_half_only_is_chosen_in_the_form(kaavi, aino, aino_browser):
    decision, other = granted_pair(by=aino)
    page = reverse("continuation_begin", args=[decision.application.case.number, decision.pk])
    form = aino_browser.get(page).context["form"]
    assert (form.initial["is_to_both"], form.initial["insurer_code"]) == (True, "keva")

    aino_browser.post(page, {"benefit_code": "KT", "decider_code": "kela", "matter": "continuation"})
    assert set(Application.objects.filter(matter="continuation").values_list("decider_code", flat=True)) == {"kela"}

    there = reverse("continuation_begin", args=[other.application.case.number, other.pk])
    assert "is_to_both" not in aino_browser.get(there).context["form"].initial
    assert "Kela" in refused(aino_browser, there, is_to_both="on")
    fill(aino_browser, there)
    assert Application.objects.filter(matter="continuation").count() == 2


def test_that_no_continuation_is_applied_for_is_said_of_one_decider(kaavi, aino):
    decision, other = granted_pair(by=aino)

    none_applied_for(decision, by=aino)

    assert (decision.no_continuation.count(), other.no_continuation.count()) == (1, 0)


# --- which half is named ----------------------------------------------------------------------------------------------


def test_a_refusal_and_a_doubt_name_the_half_they_are_about(kaavi, aino, monkeypatch):
    windows = as_of.benefit("SPR", TODAY).claim_windows  # none of both systems has a time to claim that is verified
    monkeypatch.setattr(claim_days, "windows_of", lambda application: windows)
    one, two = a_pair("draft", "draft", by=aino)
    for annex in (annex for annex in one.annexes if annex.is_needed):
        kind, code = (annex.kinds[0], "") if annex.kinds else ("other", annex.code)
        evidence_of(one, kind=kind, annex=code, is_for_both=False, by=aino)

    with pytest.raises(AnnexMissing) as said:
        both_systems.file(application=one, filed_on=FILED, **now(one, aino))
    assert str(said.value.user_message).startswith("Keva: ")

    claiming.count_from(
        application=in_db(two), counted_from="incapacity_starts", counted_on=date(2026, 5, 1), **now(two, aino)
    )
    with asked(ClaimIsLate) as late:
        both_systems.file(application=in_db(one), filed_on=FILED, statement_follows=True, **now(one, aino))
    assert str(late.value.user_message).startswith("Kela: ")


def test_of_one_application_nobody_is_named(kaavi, aino):
    one = application_at("filed", by=aino)

    with asked(DayOrderWrong) as said:
        withdrawn(one, aino, withdrawn_on=date(2026, 8, 1))

    assert "Keva" not in str(said.value.user_message)


@pytest.mark.parametrize(
    ("page", "state", "other_state", "words"),
    [
        ("file", "draft", "draft", "Sama hakemus merkitään"),
        ("file", "draft", "decided", "Tämä koskee vain"),
        ("ask_for_more", "filed", "filed", "Tämä koskee vain"),
        ("supply", "returned", "filed", "Tämä koskee vain"),
        ("re_examine", "decided", "filed", "Tämä koskee vain"),
        ("withdraw", "filed", "decided", "Tämä koskee vain"),
        ("step_back", "filed", "filed", "Sama vaihe perutaan"),
        ("step_back", "returned", "filed", "Tämä koskee vain"),
        ("remove", "filed", "decided", "Tämä koskee vain"),
    ],
)
def test_each_page_says_what_becomes_of_the_other_half(kaavi, aino, aino_browser, page, state, other_state, words):
    one, _two = a_pair(state, other_state, by=aino)

    shown = aino_browser.get(reverse(f"application_{page}", args=[one.case.number, one.pk])).text

    assert words in shown
    assert "Keva" in shown


@pytest.mark.parametrize(("where", "removed"), [("both", 2), ("one", 1)])
def test_taking_back_the_whole_application_asks_which(kaavi, aino, aino_browser, where, removed):
    one, _two = a_pair("filed", "filed", by=aino)
    page = reverse("application_remove", args=[one.case.number, one.pk])

    assert "where" in refused(aino_browser, page, reason="Erehdys")
    fill(aino_browser, page, reason="Erehdys", where=where)

    assert Application.objects.count() == 2 - removed
    assert not Application.objects.exclude(together_with=None).exists()


def test_taking_back_a_withdrawal_asks_which(kaavi, aino, aino_browser):
    one, two = a_pair("filed", "filed", by=aino)
    withdrawn(one, aino, is_at_both=True)
    page = reverse("application_step_back", args=[one.case.number, one.pk])

    assert "where" in refused(aino_browser, page, reason="Erehdys")
    fill(aino_browser, page, reason="Erehdys", where="both")

    assert {in_db(one).state, in_db(two).state} == {"filed"}
