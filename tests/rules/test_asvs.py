"""Each line of ASVS 5.0, levels 1 and 2, is answered in deploy/asvs.csv: its proof is there, or it says who closes it.

The numbers are OWASP's, the words are ours. A proof is a file, and after `::` what to look for in it.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from deploy.local.embedded import ROOT

# How many requirements of level 1 and of level 2 each chapter of ASVS 5.0.0 has.
CHAPTERS = {
    1: (8, 19), 2: (4, 7), 3: (8, 11), 4: (2, 8), 5: (4, 5), 6: (13, 22), 7: (6, 12), 8: (4, 3), 9: (4, 3),
    10: (5, 24), 11: (3, 11), 12: (3, 6), 13: (1, 12), 14: (2, 7), 15: (3, 10), 16: (0, 16), 17: (0, 7),
}  # fmt: skip
COLUMNS = ["id", "level", "asks", "state", "proof", "remark"]
OPEN = {"partly", "gap"}
STATES = {"met", "does not apply", *OPEN}
ISSUE = re.compile(r"\bissues? \d+")

type Line = dict[str, str]


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    with (ROOT / "deploy" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def faults_of(line: Line) -> Iterator[str]:
    """Say what is wrong with an answer."""
    state, remark = line["state"], line["remark"]
    if not line["asks"] or state not in STATES:
        yield f"{line['id']}: asks nothing, or is {state}"
    if state == "met" and not line["proof"]:
        yield f"{line['id']}: met without a proof"
    if state == "does not apply" and not remark:
        yield f"{line['id']}: does not apply without a reason"
    if state in OPEN and not (ISSUE.search(remark) or (state == "partly" and remark.startswith("reason: "))):
        yield f"{line['id']}: {state}, and no issue closes it"
    yield from (f"{line['id']}: {proof} is not there" for proof in proofs_of(line) if not is_there(proof))


def proofs_of(line: Line) -> list[str]:
    return line["proof"].split("; ") if line["proof"] else []


def is_there(proof: str) -> bool:
    path, _, name = proof.partition("::")
    file = ROOT / path
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return file.is_file() and whole.search(file.read_text(encoding="utf-8")) is not None


def number_of(line: Line) -> tuple[int, ...]:
    return tuple(int(part) for part in line["id"].split("."))


def test_every_line_is_answered_once_and_in_order(lines):
    numbers = [number_of(line) for line in lines]
    counted = Counter((chapter, line["level"]) for line, (chapter, *_) in zip(lines, numbers, strict=True))

    assert {tuple(line) for line in lines} == {tuple(COLUMNS)}
    assert numbers == sorted(set(numbers))
    assert {chapter: (counted[chapter, "1"], counted[chapter, "2"]) for chapter, _ in counted} == CHAPTERS
    assert counted.total() == sum(map(sum, CHAPTERS.values()))


def test_every_answer_has_its_proof_or_says_who_closes_it(lines):
    assert [fault for line in lines for fault in faults_of(line)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "nearly"},
        {"asks": ""},
        {"proof": ""},
        {"proof": "tests/rules/test_nowhere.py"},
        {"proof": "README.md; tests/rules/test_views.py::test_no_view_builds"},
        {"state": "does not apply"},
        {"state": "gap", "remark": "reason: nobody got round to it"},
        {"state": "partly", "remark": "one day"},
    ],
)
def test_a_planted_fault_is_found(wrong):
    sound = {"id": "1.1.1", "level": "1", "asks": "nothing", "state": "met", "proof": "README.md", "remark": ""}

    assert list(faults_of(sound)) == []
    assert len(list(faults_of(sound | wrong))) == 1
