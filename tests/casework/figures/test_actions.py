"""A municipality's own figure in place of a shipped one: from its day on, where it may be, with its history."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from casework.cases.retention import remaining
from casework.figures import actions as figures
from casework.figures.queries import figure_or_404, history, own_figures
from casework.law import benefits as rules
from casework.law import figures as law
from casework.law import retention
from casework.law.deadlines import AppealLevel, Channel, DeciderKind
from casework.law.errors import InTheFuture
from casework.law.figures import Group, Own, in_use, of_benefit
from casework.law.origins import Certainty
from casework.law.silence import Occasion, limits
from casework.models import OwnFigure
from casework.overview.silence import silent_cases
from casework.overview.whose import Whose
from tenants.scope import in_municipality
from tests.casework.cases.making import a_case
from tests.casework.figures.making import BEFORE, TODAY, own_figure
from tests.casework.statements.making import a_statement
from tests.conftest import NOON

WINDOW = "window.OSPR"


def value_of(key: str, on: date = TODAY) -> str:
    return figure_or_404(key, on=on).value


# --- what may be corrected ----------------------------------------------------------------------------------------


def test_figures_of_practice_may_be_corrected_and_law_that_was_read_may_not():
    keys = {figure.key for figure in law.correctable_on(TODAY, {})}

    assert {"usual.TKE-T.pension_insurer.new", "answer.B", "silence.rejection", "agreed.appointment"} <= keys
    assert {"retention.access_log", "forms.VT", WINDOW} <= keys
    assert {"retention.case", "window.SPR", "window.KR"} & keys == set()
    assert len(keys) == len(law.correctable_on(TODAY, {}))


def test_the_days_of_an_appeal_are_corrected_by_the_printed_day_only():
    groups = {figure.group for figure in law.correctable_on(TODAY, {})}

    assert groups == set(Group)
    assert not any("appeal" in group for group in groups)


def test_law_that_is_verified_later_comes_before_an_own_figure():
    (kept, log) = retention.table()
    own = {
        key: Own(value="9", source="own plan", checked_on=TODAY) for key in ("retention.case", "retention.access_log")
    }

    assert (in_use(kept, own).years, in_use(log, own).years) == (4, 9)
    assert in_use(log, own).certainty is Certainty.OWN


# --- from when on -------------------------------------------------------------------------------------------------


def test_a_figure_is_in_use_from_its_day_until_the_next(kaavi, bertta):
    own_figure("answer.B", "40", valid_from=date(2026, 3, 1), by=bertta)
    own_figure("answer.B", "50", valid_from=date(2026, 6, 1), by=bertta)

    assert [value_of("answer.B", day) for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 1))] == [
        "30",
        "40",
        "50",
    ]


def test_of_one_day_the_figure_that_was_written_last_counts_and_both_stay(kaavi, bertta):
    own_figure("answer.B", "400", by=bertta)
    own_figure("answer.B", "40", by=bertta)

    assert value_of("answer.B") == "40"
    assert {row.value for row in history("answer.B")} == {"400", "40"}


def test_without_a_value_the_shipped_figure_is_in_use_again(kaavi, bertta):
    own_figure("answer.B", "40", by=bertta)
    own_figure("answer.B", "", valid_from=date(2026, 6, 1), by=bertta)

    found = figure_or_404("answer.B", on=TODAY)
    assert (found.value, found.origin.certainty) == ("30", Certainty.UNVERIFIED)
    assert own_figures(TODAY) == {}


def test_a_figure_says_whose_it_is_with_source_and_day(kaavi, bertta):
    row = own_figure(WINDOW, "3 kuukautta", source="Kelan kirje 12.10.2026", by=bertta)

    origin = figure_or_404(WINDOW, on=TODAY).origin
    assert (origin.source, origin.checked_on, origin.certainty) == ("Kelan kirje 12.10.2026", TODAY, Certainty.OWN)
    assert row.written_by == bertta


def test_a_figure_of_one_municipality_is_not_in_use_in_another(kaavi, bertta, tuusniemi):
    own_figure("answer.B", "40", by=bertta)

    with in_municipality("tuusniemi"):
        assert value_of("answer.B") == "30"


# --- what uses it -------------------------------------------------------------------------------------------------


def test_a_statement_is_expected_by_the_own_figure(kaavi, aino, bertta):
    own_figure("answer.B", "60", by=bertta)

    request = a_statement(by=aino, kind="B", due_on=None)

    assert request.due_on == request.asked_on + timedelta(days=60)


def test_the_silence_list_counts_by_the_own_figure(kaavi, aino, bertta):
    a_case(by=aino, opened_on=TODAY - timedelta(days=50))
    assert len(silent_cases(Whose.OWN, aino, on=TODAY, at=NOON)) == 1

    own_figure("silence.usual", "60", by=bertta)

    assert silent_cases(Whose.OWN, aino, on=TODAY, at=NOON) == []
    assert limits(TODAY).silences[Occasion.USUAL].days == 45


def test_data_are_kept_as_the_municipality_s_own_plan_says(kaavi, bertta):
    own_figure("retention.access_log", "12", source="TOS 2026", by=bertta)

    (_case, log) = remaining(date(2026, 11, 1), today=TODAY)

    assert log.until.startswith("12\N{NO-BREAK SPACE}")
    assert (log.origin.source, log.origin.certainty) == ("TOS 2026", Certainty.OWN)


def test_what_is_said_of_a_benefit_is_the_own_figure_where_nobody_has_verified_the_shipped_one(kaavi, bertta):
    own_figure("forms.VT", "EV 999", source="kela.fi 1.11.2026", by=bertta)
    benefit = rules.benefit("VT", TODAY)

    found = {figure.group: figure for figure in of_benefit(benefit, own_figures(TODAY))}

    assert (found[Group.FORMS].value, found[Group.FORMS].origin.certainty) == ("EV 999", Certainty.OWN)
    assert (found[Group.WINDOW].value, found[Group.WINDOW].origin.certainty) == ("", Certainty.UNVERIFIED)


def test_no_rule_of_appeal_follows_an_own_figure(kaavi, bertta):
    OwnFigure.objects.create(
        figure="appeal.kela.TAK.first", value="90", valid_from=BEFORE, source="-", checked_on=TODAY, written_by=bertta
    )

    rule = rules.appeal_rule(DeciderKind.KELA, Channel.POST, TODAY, level=AppealLevel.FIRST, benefit="TAK")

    assert rule.appeal_days == 30


# --- refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["0", "-3", "forty", "4.5", "3651", "٤٠"])
def test_days_are_a_whole_number(kaavi, bertta, value):
    with pytest.raises(figures.NotANumber):
        own_figure("answer.B", value, by=bertta)


def test_nobody_has_checked_it_tomorrow(kaavi, bertta):
    figure = figure_or_404("answer.B", on=TODAY)
    typed: dict[str, Any] = {
        "value": "40",
        "valid_from": BEFORE,
        "source": "own",
        "checked_on": TODAY + timedelta(days=400),
    }

    with pytest.raises(InTheFuture):
        figures.put(figure=figure, **typed, by=bertta, at=NOON)


def test_a_coordinator_corrects_no_figure(kaavi, aino):
    with pytest.raises(PermissionDenied):
        own_figure("answer.B", "40", by=aino)
    assert not OwnFigure.objects.exists()


def test_a_figure_that_may_not_be_corrected_is_not_found(kaavi):
    for key in ("retention.case", "appeal.kela.SPR.first", "answer", ""):
        with pytest.raises(Http404):
            figure_or_404(key, on=TODAY)
