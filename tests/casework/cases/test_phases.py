"""The phase of a case follows from facts: what presses most decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.law.phases import DECIDING, LABELS, Facts, Phase, phase_of

ANY_FACTS = st.fixed_dictionaries({fact: st.booleans() for fact, _ in DECIDING})


@given(ANY_FACTS)
def test_a_closed_case_is_closed_whatever_else_is_known(facts):
    assert phase_of(Facts(**facts | {"is_closed": True})) is Phase.CLOSED


@pytest.mark.parametrize(
    ("facts", "phase"),
    [
        (set(), Phase.CONTACT),
        ({"has_met"}, Phase.MAPPING),
        ({"has_met", "has_assessment"}, Phase.ASSESSING),
        ({"has_assessment", "has_direction"}, Phase.FOLLOW_UP),
        ({"has_direction", "has_application_drafted"}, Phase.APPLYING),
        ({"has_application_drafted", "has_application_waiting"}, Phase.WAITING),
        ({"has_application_waiting", "has_appeal_under_way"}, Phase.APPEALING),
        ({"has_appeal_under_way", "has_unchecked_decision"}, Phase.CHECKING),
    ],
)
def test_the_phase_is_what_presses_most(facts, phase):
    assert phase_of(Facts(**dict.fromkeys(facts, True))) is phase


def test_every_phase_has_a_name():
    assert set(LABELS) == set(Phase)
