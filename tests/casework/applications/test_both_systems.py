"""One application to both pension systems: one act, two deciders, and nothing else is coupled."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.applications import actions as applications
from casework.applications import annex_answers, both_systems, correcting, evidence, queries
from casework.applications.both_systems import (
    FiledOnAnotherDay,
    InsurerMissing,
    IsTogetherAlready,
    NotOfBothSystems,
    NotTheSamePaper,
)
from casework.models import Application, Case, Decision
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tests.asking import asked
from tests.casework.applications.making import a_decision, an_illness, application_at, evidence_of, in_db
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.journeys.typing_in import fill, refused
from tests.people import browser_of, person

FILED = date(2026, 9, 1)


def both(
    case: Case | None = None, *, by: User, benefit: str = "TKE-K", decider: str = "kela", **typed: Any
) -> Application:
    """Begin an application to both systems; answer the half that was chosen."""
    known: dict[str, Any] = {"insurer_code": "keva", "is_to_both": True}
    return both_systems.begin(
        case=case or a_case(by=by), benefit_code=benefit, decider_code=decider, **known | typed, by=by, at=NOON
    )


def other_of(application: Application) -> Application:
    found: Application = Application.objects.exclude(pk=application.pk).get()
    return found


@pytest.mark.parametrize(
    ("benefit", "decider", "other"),
    [
        ("TKE-K", "kela", ("TKE-T", "keva")),
        ("TKE-T", "varma", ("TKE-K", "kela")),
        ("KT", "kela", ("KT", "keva")),
        ("KT", "elo", ("KT", "kela")),
    ],
)
def test_one_act_writes_two_applications_that_know_each_other(kaavi, aino, benefit, decider, other):
    one = both(by=aino, benefit=benefit, decider=decider)

    two = other_of(one)
    assert (two.benefit_code, two.decider_code) == other
    assert (in_db(one).together_with, two.together_with) == (two, one)
    assert one.case.events.filter(kind="application.joined").count() == 1


def test_one_that_was_filed_already_is_filed_at_both_on_the_same_day(kaavi, aino):
    one = both(by=aino, filed_on=FILED)

    assert {(found.state, found.filed_on) for found in (in_db(one), other_of(one))} == {("filed", FILED)}


def test_what_one_half_does_not_need_the_other_does_not_either_and_both_are_filed(kaavi, aino):
    one = both(by=aino)

    annex_answers.say_not_needed(application=one, annex="statement", why="Kelalla on se jo.", by=aino, at=NOON)
    both_systems.file(application=one, filed_on=FILED, version=in_db(one).version, by=aino, at=NOON)

    assert {found.state for found in (in_db(one), other_of(one))} == {"filed"}
    assert [answer.why for answer in other_of(one).annex_answers.all()] == ["Kelalla on se jo."]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ({"benefit": "SPR"}, NotOfBothSystems),
        ({"benefit": "OTKE", "decider": "keva"}, NotOfBothSystems),
        ({"decider": "keva"}, NotOfBothSystems),
        ({"insurer_code": ""}, InsurerMissing),
        ({"insurer_code": "kela"}, InsurerMissing),
    ],
)
def test_what_cannot_go_to_both_is_refused_and_nothing_is_begun(kaavi, aino, typed, kind):
    with pytest.raises(kind):
        both(by=aino, **typed)

    assert not Application.objects.exists()


def test_filing_one_files_both_and_the_reference_is_each_decider_s_own(kaavi, aino):
    one = both(by=aino)
    evidence_of(one, by=aino)

    both_systems.file(
        application=one, filed_on=FILED, sent_by="post", reference="K-1", version=in_db(one).version, by=aino, at=NOON
    )

    one, two = in_db(one), other_of(one)
    assert [(found.filed_on, found.sent_by, found.reference) for found in (one, two)] == [
        (FILED, "post", "K-1"),
        (FILED, "post", ""),
    ]
    assert two.usual_days != one.usual_days  # each decider has its own usual time


def test_evidence_that_is_attached_once_stands_with_both(kaavi, aino):
    one = both(by=aino)
    back = an_illness(one.case, by=aino)

    piece = evidence_of(one, back, by=aino)

    twin = other_of(one).evidence.get()
    assert (piece.application, twin.kind, list(twin.illnesses.all())) == (one, piece.kind, [back])


def test_evidence_that_one_decider_asked_for_goes_to_that_one_only(kaavi, aino):
    one = both(by=aino)

    evidence_of(one, is_for_both=False, by=aino)

    assert not other_of(one).evidence.exists()


def test_what_one_decider_has_already_is_attached_to_the_other_only(kaavi, aino):
    one = both(by=aino)
    evidence_of(one, is_for_both=False, by=aino)
    two = other_of(one)
    [paper] = queries.in_case(two).offered_to(two)

    annex_answers.attach_paper(application=two, paper=paper, by=aino, at=NOON)

    assert [application.evidence.count() for application in (one, two)] == [1, 1]


def test_a_paper_on_both_lists_is_corrected_and_taken_off_on_both_or_on_one(kaavi, aino):
    one = both(by=aino)
    piece = evidence_of(one, by=aino)
    said: dict[str, Any] = {"kind": "B", "dated_on": date(2026, 8, 21), "reason": "Luin väärin", "by": aino, "at": NOON}

    evidence.correct(evidence=piece, title="Uusi", is_for_both=True, version=piece.version, **said)
    twin = other_of(one).evidence.get()
    assert (twin.title, twin.version) == ("Uusi", 2)

    evidence.take_back(evidence=twin, reason="Ei mennyt", version=2, by=aino, at=NOON)
    assert (one.evidence.count(), other_of(one).evidence.count()) == (1, 0)


def test_requests_decisions_and_clocks_are_each_decider_s_own(kaavi, aino):
    one = in_db(both(by=aino, filed_on=FILED))
    applications.ask_for_more(
        application=one,
        asked_on=date(2026, 9, 20),
        due_on=date(2026, 10, 5),
        version=one.version,
        by=aino,
        at=NOON,
    )

    decision = a_decision(application=other_of(one), by=aino)

    assert (in_db(one).state, other_of(one).state) == ("returned", "decided")
    assert decision.last_day is not None
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(("is_at_both", "state"), [(True, "withdrawn"), (False, "filed")])
def test_withdrawing_ends_both_or_one(kaavi, aino, is_at_both, state):
    one = in_db(both(by=aino, filed_on=FILED))

    both_systems.withdraw(
        application=one, is_at_both=is_at_both, withdrawn_on=FILED, version=one.version, by=aino, at=NOON
    )

    assert (in_db(one).state, other_of(one).state) == ("withdrawn", state)


@pytest.mark.parametrize(("is_at_both", "day"), [(True, date(2026, 9, 3)), (False, FILED)])
def test_a_corrected_day_of_filing_moves_at_both_or_at_one(kaavi, aino, is_at_both, day):
    one = in_db(both(by=aino, filed_on=FILED))
    moved = correcting.facts_now(one, filed_on=date(2026, 9, 3))

    both_systems.correct(
        application=one,
        facts=moved,
        is_at_both=is_at_both,
        reason="Leima",
        version=one.version,
        by=aino,
        at=NOON,
    )

    assert (in_db(one).filed_on, other_of(one).filed_on) == (date(2026, 9, 3), day)


def test_one_that_becomes_another_benefit_or_is_taken_back_leaves_the_other_by_itself(kaavi, aino):
    one = in_db(both(by=aino))
    other_benefit = correcting.facts_now(one, benefit_code="SPR")

    correcting.correct(application=one, facts=other_benefit, reason="Väärä", version=one.version, by=aino, at=NOON)

    assert (in_db(one).together_with, other_of(one).together_with) == (None, None)


def test_taking_back_one_half_leaves_the_other_by_itself(kaavi, aino):
    one = in_db(both(by=aino))
    two = other_of(one)

    correcting.take_back(application=one, reason="Väärä", version=one.version, by=aino, at=NOON)

    assert in_db(two).together_with is None


def test_two_that_were_written_apart_are_joined_afterwards_and_parted_again(kaavi, aino):
    case = a_case(by=aino)
    one = application_at("filed", case=case, benefit="TKE-K", decider="kela", by=aino)
    two = application_at("decided", case=case, by=aino)
    assert both_systems.candidates(one) == [two]

    one = both_systems.set_together(application=one, other=two, version=one.version, by=aino, at=NOON)
    assert in_db(two).together_with == one
    assert (in_db(one).state, in_db(two).state) == ("filed", "decided")

    both_systems.set_together(application=one, other=None, version=one.version, by=aino, at=NOON)
    assert (in_db(one).together_with, in_db(two).together_with) == (None, None)
    assert case.events.filter(kind="application.parted").count() == 1


def test_what_cannot_be_one_paper_is_not_joined(kaavi, aino):
    one = in_db(both(by=aino))
    third = application_at("draft", case=one.case, decider="varma", by=aino)
    foreign = application_at("draft", benefit="TKE-K", decider="kela", by=aino)
    same = application_at("draft", case=one.case, benefit="TKE-T", decider="elo", by=aino)

    for other, kind in ((foreign, NotTheSamePaper), (same, NotTheSamePaper), (one, IsTogetherAlready)):
        with pytest.raises(kind):
            both_systems.set_together(application=third, other=other, version=third.version, by=aino, at=NOON)
    assert in_db(one).together_with is not None


def test_two_that_were_filed_on_different_days_are_asked_about_once(kaavi, aino):
    case = a_case(by=aino)
    one = application_at("filed", case=case, benefit="TKE-K", decider="kela", by=aino)
    two = application_at("filed", case=case, filed_on=date(2026, 9, 2), by=aino)

    with asked(FiledOnAnotherDay):
        both_systems.set_together(application=one, other=two, version=one.version, by=aino, at=NOON)


def test_no_application_is_together_with_itself(kaavi, aino):
    one = application_at("draft", by=aino)

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=one.pk).update(together_with=one.pk)


# --- on the pages -------------------------------------------------------------------------------------------------


def test_the_form_offers_both_and_says_what_is_missing(kaavi, aino, aino_browser):
    page = reverse("application_new", args=[a_case(by=aino).number])
    typed = {"benefit_code": "TKE-K", "decider_code": "kela", "is_to_both": "on"}

    assert "Valitse työeläkelaitos" in refused(aino_browser, page, **typed)
    fill(aino_browser, page, **typed, insurer_code="ilmarinen")

    assert set(Application.objects.values_list("decider_code", flat=True)) == {"kela", "ilmarinen"}


def test_pages_and_list_say_where_the_same_application_is_too(kaavi, aino, aino_browser):
    one = both(by=aino)
    two = other_of(one)

    page = aino_browser.get(one.get_absolute_url()).text
    assert "Sama hakemus on myös:" in page
    assert two.get_absolute_url() in page
    listed = aino_browser.get(reverse("case_applications", args=[one.case.number])).text
    assert listed.count("Sama hakemus on myös:") == 2


def test_withdrawing_asks_which_and_assumes_nothing(kaavi, aino, aino_browser):
    one = both(by=aino, filed_on=FILED)
    page = reverse("application_withdraw", args=[one.case.number, one.pk])

    assert "where" in refused(aino_browser, page, withdrawn_on=FILED)
    fill(aino_browser, page, withdrawn_on=FILED, where="one")

    assert (in_db(one).state, other_of(one).state) == ("withdrawn", "filed")


def test_forms_of_one_application_ask_nothing_of_another(kaavi, aino, aino_browser):
    one = application_at("filed", by=aino)

    for name in ("application_withdraw", "application_correct", "application_evidence"):
        form = aino_browser.get(reverse(name, args=[one.case.number, one.pk])).context["form"]
        assert not {"where", "is_at_both", "is_for_both"} & set(form.fields), name


def test_the_pages_of_a_pair_ask_the_database_little(kaavi, aino, aino_browser, django_assert_max_num_queries):
    one = both(by=aino, filed_on=FILED)
    evidence_of(one, by=aino)
    pages = [one.get_absolute_url(), reverse("case_applications", args=[one.case.number])]
    for page in pages:
        aino_browser.get(page)

    for page in pages:
        with django_assert_max_num_queries(15):
            aino_browser.get(page)


def test_the_page_that_joins_is_nobody_s_who_does_not_work_with_the_case(kaavi, aino, daavid, paula):
    one = both(by=aino)
    page = reverse("application_together", args=[one.case.number, one.pk])

    for stranger in (daavid, paula, person("Outi", Role.COORDINATOR)):
        assert browser_of(stranger).get(page).status_code in {302, 403, 404}
        assert browser_of(stranger).post(page, {"other": ""}).status_code in {302, 403, 404}
    assert in_db(one).together_with is not None
