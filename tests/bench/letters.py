"""Reading the letter of a decision: forty pages, by the child process from its start to its answer."""

import os
import time
from typing import Any

from casework.letters import reading
from casework.letters.proposals import Known
from casework.letters.reading import Asked
from casework.letters.searching import Illness
from casework.letters.whose import Whose
from tests.casework.letters import samples

PAGES, LINES = 40, 38
LINE = "Arviomme perustuu lausuntoon numero {} ja työkyvystänne sanottuun.\n"
# The first two are found; for the third the dictionary of base forms is loaded, in vain.
ILLNESSES = (Illness("a", "Rannekanavaoireyhtymä"), Illness("b", "Nivelrikko"), Illness("c", "Masennus"))


def measure(*, rounds: int = 5) -> dict[str, Any]:
    """Answer how long reading takes, the quickest of the rounds: in seconds of processor, and by the clock."""
    lines = [LINE.format(number) for number in range(LINES * PAGES)]
    pages = ["".join(lines[LINES * number : LINES * (number + 1)]) for number in range(1, PAGES)]
    content = samples.pdf(samples.KELA, "Polvien nivelrikon vuoksi mieliala on masentunut.\n" + pages[0], *pages[1:])
    asked = Asked(
        kind="pdf",
        content=content,
        client=Whose("Matti", "Meikäläinen", "010180-999A"),
        illnesses=ILLNESSES,
        known=Known(),
    )
    took = [_seconds(asked) for _round in range(rounds)]
    processor, wall = (round(min(times), 2) for times in zip(*took, strict=True))
    return {"rows": {"forty_pages": {"seconds": processor, "wall_seconds": wall}}}


def _seconds(asked: Asked) -> tuple[float, float]:
    begun, before = time.perf_counter(), _of_children()
    answer = reading.read(asked)
    took = _of_children() - before, time.perf_counter() - begun
    assert answer["pages"] == PAGES, answer
    assert [bool(places) for places in answer["illnesses"].values()] == [True, True, False]
    return took


def _of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system
