"""The coverage check: each illness is looked at before it closes; accepting one that is passed over needs a reason."""

from datetime import timedelta

import pytest

from casework.appeals import actions as appeals
from casework.cases.clocks import running_decisions
from casework.clients.illnesses import take_back
from casework.decisions import correcting, coverage
from casework.models import CoverageCheck, CoverageRow, Decision
from casework.models.coverage import Answer
from casework.reminders import sweep as sweeping
from casework.timeline import corrections
from tenants.versions import EditedMeanwhile
from tests.casework.applications.making import (
    LAST_DAY,
    a_decision,
    an_illness,
    application_at,
    closed_check,
    findings,
    in_db,
)
from tests.casework.cases.making import a_case
from tests.conftest import NOON


@pytest.fixture
def rejection(kaavi, aino):
    """A rejection for a client with a bad back and depression."""
    case = a_case(by=aino)
    an_illness(case, "Back pain", icd10="M54.5", by=aino)
    an_illness(case, "Depression", icd10="F33.1", by=aino)
    return a_decision(application=application_at("filed", case=case, by=aino), by=aino)


@pytest.fixture
def illnesses(rejection):
    return list(rejection.application.case.client.illnesses.all())


def test_a_check_opens_with_a_row_for_every_illness_of_the_client(rejection, illnesses):
    assert [row.illness for row in rejection.coverage_check.rows.all()] == illnesses
    assert all(row.answer == Answer.NOT_LOOKED for row in rejection.coverage_check.rows.all())


def test_accepting_is_refused_while_an_illness_is_not_considered(rejection, illnesses, aino):
    with pytest.raises(coverage.IllnessNotAddressed):
        closed_check(rejection, "accept", considered=illnesses[:1], by=aino)

    assert in_db(rejection.coverage_check).is_open


@pytest.mark.parametrize("conclusion", CoverageCheck.Conclusion.values)
@pytest.mark.parametrize("unsaid", [Answer.NOT_LOOKED, Answer.NOT_CONSIDERED])
def test_no_check_is_closed_before_each_illness_was_looked_at(rejection, illnesses, aino, conclusion, unsaid):
    back, depression = illnesses
    check = rejection.coverage_check
    found = {back.pk: coverage.Finding(answer=Answer.MENTIONED), depression.pk: coverage.Finding(answer=unsaid)}

    with pytest.raises(coverage.NotLookedAt) as refused:
        coverage.close(
            check=check, findings=coverage.Findings(illnesses=found), conclusion=conclusion, reason="Tired",
            version=check.version, by=aino, at=NOON,
        )  # fmt: skip

    assert str(refused.value).endswith("Depression.")
    assert refused.value.field == f"answer_{depression.pk}"
    assert in_db(check).is_open


@pytest.mark.parametrize("answer", [Answer.MENTIONED, Answer.NOT_MENTIONED])
def test_an_illness_that_is_only_mentioned_is_passed_over_too(rejection, illnesses, aino, answer):
    check = rejection.coverage_check
    found = {illness.pk: coverage.Finding(answer=Answer.CONSIDERED) for illness in illnesses}
    found[illnesses[0].pk] = coverage.Finding(answer=answer)

    with pytest.raises(coverage.IllnessNotAddressed):
        coverage.close(
            check=check, findings=coverage.Findings(illnesses=found), conclusion="accept",
            version=check.version, by=aino, at=NOON,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "is_gap", "before"),
    [
        (Answer.NOT_LOOKED, False, None),
        (Answer.CONSIDERED, False, True),
        (Answer.MENTIONED, True, False),
        (Answer.NOT_MENTIONED, True, False),
        (Answer.NOT_CONSIDERED, True, False),
    ],
)
def test_not_looked_at_is_no_gap_and_the_version_before_can_read_each_answer(rejection, answer, is_gap, before):
    row = rejection.coverage_check.rows.all()[0]
    row.answer = answer
    row.save()

    assert (row.is_gap, CoverageRow.objects.get(pk=row.pk).is_considered) == (is_gap, before)


def test_a_blank_reason_is_no_reason(rejection, aino):
    with pytest.raises(coverage.IllnessNotAddressed):
        closed_check(rejection, "accept", reason="   ", by=aino)


def test_accepting_with_a_reason_closes_the_check_and_stops_the_clock(rejection, aino):
    check = closed_check(rejection, "accept", reason="The client found work.", by=aino)

    assert (check.state, check.conclusion, check.is_appeal_waived) == ("closed", "accept", True)
    assert (check.closed_by, check.closed_at, in_db(check).reason) == (aino, NOON, "The client found work.")


def test_accepting_needs_no_reason_when_every_illness_was_considered(rejection, illnesses, aino):
    assert closed_check(rejection, "accept", considered=illnesses, by=aino).conclusion == "accept"


def test_an_illness_that_came_to_the_list_later_must_be_addressed_too(rejection, illnesses, aino):
    an_illness(rejection.application.case, "Diabetes", by=aino)

    check = rejection.coverage_check
    found = {illness.pk: coverage.Finding(answer=Answer.CONSIDERED) for illness in illnesses}
    with pytest.raises(coverage.NotLookedAt):
        coverage.close(
            check=check, findings=coverage.Findings(illnesses=found), conclusion="appeal",
            version=check.version, by=aino, at=NOON,
        )  # fmt: skip


@pytest.mark.parametrize("conclusion", ["appeal", "re_examination", "new_application"])
def test_the_other_ways_need_no_reason_and_the_appeal_clock_goes_on(rejection, aino, conclusion):
    check = closed_check(rejection, conclusion, by=aino)

    assert (check.conclusion, check.is_appeal_waived) == (conclusion, False)


@pytest.mark.parametrize(("conclusion", "is_waived"), [("new_application", True), ("appeal", False)])
def test_the_clock_stops_when_the_client_says_no_but_never_beside_an_appeal(rejection, aino, conclusion, is_waived):
    check = closed_check(rejection, conclusion, is_appeal_waived=True, by=aino)

    assert check.is_appeal_waived is is_waived


def test_who_said_no_and_appeals_after_all_has_the_clock_again_until_the_appeal_is_given_up(rejection, aino):
    closed_check(rejection, "accept", reason="Too tired", by=aino)
    assert not running_decisions(NOON.date()).exists()

    appeal = appeals.draft(decision=rejection, by=aino, at=NOON)

    assert list(running_decisions(NOON.date())) == [rejection]
    assert sweeping.sweep(on=LAST_DAY - timedelta(days=7), at=NOON) == 1
    appeals.withdraw(appeal=appeal, withdrawn_on=NOON.date(), version=appeal.version, by=aino, at=NOON)
    assert not running_decisions(NOON.date()).exists()


def test_an_appeal_that_is_begun_is_not_silenced_by_what_was_chosen_beside_it(rejection, aino):
    closed_check(rejection, "re_examination", is_appeal_waived=True, by=aino)
    appeals.draft(decision=rejection, by=aino, at=NOON)

    assert list(running_decisions(LAST_DAY + timedelta(days=3))) == [rejection]  # it is over, and nobody gave it up


def test_filling_keeps_what_was_found_and_the_check_open(rejection, illnesses, aino):
    check = rejection.coverage_check
    found = findings(
        check,
        considered=illnesses[:1],
        has_newer_evidence=True,
        client_decision="Wants to appeal.",
        is_income_secured=False,
    )

    coverage.fill(check=check, findings=found, version=check.version, by=aino, at=NOON)

    check = in_db(check)
    assert check.is_open
    assert [row.answer for row in check.rows.all()] == ["considered", "not_mentioned"]
    assert (check.has_newer_evidence, check.is_income_secured) == (True, False)
    assert check.is_rehabilitation_considered is None
    assert check.client_decision == "Wants to appeal."


def test_a_closed_check_is_neither_filled_nor_closed_again(rejection, aino):
    closed_check(rejection, "appeal", by=aino)

    with pytest.raises(coverage.CheckIsClosed):
        closed_check(rejection, "accept", reason="Changed mind", by=aino)


def test_a_closed_check_can_be_opened_again(rejection, aino):
    check = closed_check(rejection, "accept", reason="Too tired", by=aino)

    again = coverage.reopen(check=check, version=check.version, by=aino, at=NOON)

    assert (again.state, again.conclusion, again.is_appeal_waived) == ("open", "", False)
    with pytest.raises(coverage.CheckIsOpen):
        coverage.reopen(check=again, version=again.version, by=aino, at=NOON)


def test_saving_over_somebody_else_s_findings_is_refused(rejection, aino, bertta):
    check = CoverageCheck.objects.get()
    coverage.fill(check=check, findings=findings(check), version=check.version, by=bertta, at=NOON)

    with pytest.raises(EditedMeanwhile):
        coverage.fill(check=check, findings=findings(check), version=check.version, by=aino, at=NOON)


# --- what was answered before -------------------------------------------------------------------------------------


def filled(check, *, by, considered=(), **details) -> CoverageCheck:
    found = findings(check, considered=considered, **details)
    return coverage.fill(check=check, findings=found, version=in_db(check).version, by=by, at=NOON)


def said_before(check) -> list[list[tuple[str, str]]]:
    """Label and words of each line of the history, the newest first."""
    return [[(str(old.label), str(old.said)) for old in earlier.olds] for earlier in corrections.of_row(in_db(check))]


def kinds_of(check) -> list[str]:
    return list(check.decision.application.case.events.order_by("created_at").values_list("kind", flat=True))


def test_a_first_answer_leaves_nothing_in_the_history(rejection, illnesses, aino):
    check = rejection.coverage_check
    coverage.fill(check=check, findings=coverage.Findings(), version=1, by=aino, at=NOON)
    filled(check, considered=illnesses, by=aino)
    closed_check(rejection, "appeal", considered=illnesses, by=aino)

    assert said_before(check) == []
    assert [kind for kind in kinds_of(check) if kind.startswith("coverage.")] == ["coverage.closed"]


def test_saving_what_was_there_already_is_no_change(rejection, illnesses, aino):
    check = filled(rejection.coverage_check, considered=illnesses[:1], is_income_secured=True, by=aino)

    again = filled(check, considered=illnesses[:1], is_income_secured=True, by=aino)

    assert (said_before(check), again.version) == ([], check.version)
    assert "coverage.changed" not in kinds_of(check)


def test_answers_that_change_are_kept_and_the_timeline_tells_of_it(rejection, illnesses, aino):
    back, depression = illnesses
    found = coverage.Findings(illnesses={back.pk: coverage.Finding(answer=Answer.CONSIDERED, note="Page 2")})
    check = coverage.fill(check=rejection.coverage_check, findings=found, version=1, by=aino, at=NOON)

    check = filled(check, considered=[depression], by=aino)

    assert [row.answer for row in check.rows.all()] == ["not_mentioned", "considered"]
    [[(_, said)]] = said_before(check)
    assert said.splitlines() == ["Back pain: Otettu huomioon. Page 2", "Depression: Ei vielä katsottu."]
    assert kinds_of(check)[-1] == "coverage.changed"


def test_what_nobody_has_looked_at_is_never_said_to_be_no(rejection, illnesses, aino):
    said = {str(old.said) for old in corrections.standing(rejection.coverage_check)}

    assert "Ei vielä tiedossa" in said
    assert "Back pain: Ei vielä katsottu.\nDepression: Ei vielä katsottu." in said
    check = filled(rejection.coverage_check, has_newer_evidence=False, by=aino)
    standing = [str(old.said) for old in corrections.standing(check)]
    assert standing[:3] == ["Ei vielä tiedossa", "ei", "Ei vielä tiedossa"]
    assert standing[-1] == "Back pain: Ei mainita.\nDepression: Ei mainita."


def test_a_history_from_before_there_were_four_answers_says_what_was_known_then(rejection, illnesses, aino):
    back, depression = illnesses
    kept = {str(back.pk): [True, "Page 2"], str(depression.pk): [False, ""]}

    said = rejection.coverage_check.worded("illnesses", kept).splitlines()

    assert said[0] == "Back pain: Otettu huomioon. Page 2"
    assert said[1] == "Depression: Ei otettu huomioon; ei kysytty, mainitaanko se."


def test_an_illness_that_came_later_is_no_earlier_answer_and_one_that_left_keeps_its_own(rejection, illnesses, aino):
    case, back = rejection.application.case, illnesses[0]
    check = filled(rejection.coverage_check, considered=[back], by=aino)
    take_back(case=case, illness=back, reason="Wrong client", version=back.version, by=aino, at=NOON)
    later = an_illness(case, "Diabetes", by=aino)

    check = filled(check, by=aino)
    assert said_before(check) == []
    check = filled(check, considered=[later], by=aino)

    assert {row.illness: row.answer for row in check.rows.all()}[back] == Answer.CONSIDERED
    [[(_, said)]] = said_before(check)
    assert said.splitlines() == [
        "Back pain: Otettu huomioon.",
        "Depression: Ei mainita.",
        "Diabetes: Ei vielä katsottu.",
    ]


def test_opening_again_keeps_the_conclusion_and_closing_otherwise_keeps_the_reason(rejection, illnesses, aino):
    check = closed_check(rejection, "accept", reason="Too tired", by=aino)

    coverage.reopen(check=check, version=check.version, by=aino, at=NOON)
    closed_check(rejection, "appeal", by=aino)

    closed_again, opened = said_before(check)
    assert opened == [("Johtopäätös", "Päätös hyväksytään"), ("Asiakas ei valita tästä päätöksestä", "kyllä")]
    assert closed_again == [("Perustelu", "Too tired")]
    assert kinds_of(check)[-3:] == ["coverage.closed", "coverage.reopened", "coverage.closed"]


def test_a_rejection_that_was_recorded_as_a_grant_meanwhile_keeps_the_conclusion(rejection, aino):
    check = closed_check(rejection, "accept", reason="Too tired", by=aino)
    said = {name: getattr(rejection, name) for name in Decision.CORRECTED} | {"reason": "Misread"}

    decision = correcting.correct(decision=rejection, **said | {"result": "granted"}, version=1, by=aino, at=NOON)
    correcting.correct(decision=decision, **said, version=2, by=aino, at=NOON)

    again = in_db(check)
    assert (again.is_open, again.is_appeal_waived, again.closed_at) == (True, False, None)
    assert [label for label, _ in said_before(check)[0]] == ["Johtopäätös", "Asiakas ei valita tästä päätöksestä"]
