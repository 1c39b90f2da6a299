"""An empty list speaks of the list: that nothing is recorded here, never that there is nothing in the world."""

import re

import pytest

from deploy.local.embedded import ROOT

FLOORS = ("tenants", "casework", "billing")
# `{% nothing _("…") %}`, and `{% translate "…" as none %}{% nothing none %}`.
EMPTY = re.compile(r"{% nothing _\(\"(.*?)\"\)|{% translate \"([^\"]*)\" as none %}|asvar none[^%]*%}(.*?){% end", re.S)
OF_THE_LIST = re.compile(
    r"\b(here|list|recorded|written|kept|added|attached|agenda|corrected|found|Hidden|yours to see|counted)\b"
)
OF_THE_READER_S_OWN = {"No passkeys or security keys yet."}  # the account knows all of its keys


def empty_states() -> list[tuple[str, str]]:
    found = []
    for path in sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.html")):
        texts = ["".join(parts) for parts in EMPTY.findall(path.read_text(encoding="utf-8"))]
        found += [(str(path.relative_to(ROOT)), text) for text in texts]
    return found


def test_an_empty_state_speaks_of_its_list():
    texts = [(path, text) for path, text in empty_states() if text not in OF_THE_READER_S_OWN]

    assert [(path, text) for path, text in texts if not OF_THE_LIST.search(text)] == []


def test_they_are_found():
    assert len(empty_states()) > 60


@pytest.mark.parametrize("text", ["Nobody is left alone.", "Every decision has been checked.", "No illnesses."])
def test_it_finds_what_speaks_of_the_world(text):
    assert not OF_THE_LIST.search(text)
