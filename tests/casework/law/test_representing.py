"""Whether somebody acts for a client in a matter on a day: what is not known is neither a yes nor a no."""

from datetime import date
from typing import Any

import pytest

from casework.law.representing import Matter, Standing, Terms, standing

DAY = date(2026, 11, 23)
FULL: dict[str, Any] = {"scope": "all", "validity": "open", "begins_on": date(2026, 1, 7)}


@pytest.mark.parametrize(
    ("terms", "benefit", "consent"),
    [
        ({}, Standing.ACTS, Standing.ACTS),
        ({"scope": "money"}, Standing.ACTS, Standing.OTHER_MATTERS),
        ({"scope": "named"}, Standing.UNCLEAR, Standing.UNCLEAR),
        ({"scope": "unknown"}, Standing.UNCLEAR, Standing.UNCLEAR),
        ({"validity": "unknown"}, Standing.UNCLEAR, Standing.UNCLEAR),
        ({"begins_on": None}, Standing.UNCLEAR, Standing.UNCLEAR),
        ({"begins_on": date(2026, 11, 24)}, Standing.NOT_YET, Standing.NOT_YET),
        ({"validity": "until", "valid_until": DAY}, Standing.ACTS, Standing.ACTS),
        ({"validity": "until", "valid_until": date(2026, 11, 22)}, Standing.OVER, Standing.OVER),
        ({"ended_on": date(2026, 11, 24)}, Standing.ACTS, Standing.ACTS),
        ({"ended_on": DAY}, Standing.OVER, Standing.OVER),
    ],
)
def test_where_a_representative_stands(terms, benefit, consent):
    known = Terms(**FULL | terms)

    assert standing(known, matter=Matter.BENEFIT, on=DAY) is benefit
    assert standing(known, matter=Matter.CONSENT, on=DAY) is consent
