"""`python -m casework.letters.child`: reads one letter, from standard input to standard output, and ends.

It knows no database, no keys and no network address; its environment is empty. What it is given are a line of JSON
(what to look for) and the file; what it answers is a line that it has begun, and a line of JSON.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

from casework.letters import extracting, limits
from casework.letters.proposals import Known, propose
from casework.letters.searching import Illness, look_for
from casework.letters.text import language_of, lines_of, sentences_of
from casework.letters.whose import Whose, mismatches

BEGUN = b"begun\n"
WHY = {
    extracting.Locked: "locked",
    extracting.Damaged: "damaged",
    extracting.OnlyPictures: "only_pictures",
    extracting.Unrecognised: "unrecognised",
    extracting.Empty: "empty",
}


def main() -> None:
    """Read what is asked for and answer."""
    limits.confine()
    asked, content = json.loads(sys.stdin.buffer.readline()), sys.stdin.buffer.read()
    sys.stdout.buffer.write(BEGUN)
    sys.stdout.buffer.flush()
    try:
        answered = answer(asked, content)
    except MemoryError:
        answered = {"why": "too_much"}
    sys.stdout.write(json.dumps(answered))


def answer(asked: dict[str, Any], content: bytes) -> dict[str, Any]:
    """Say what was found, or why nothing could be read. What is not the client's is not looked into."""
    try:
        extracted = extracting.extract(content, kind=asked["kind"], tesseract=asked["tesseract"])
    except tuple(WHY) as error:
        return {"why": WHY[type(error)]}
    pages = {"pages": extracted.count, "read": extracted.read, "unread": extracted.unread}
    # As it stands and with broken words joined: the hyphen at the end of a line may be a name's own.
    text = "\n".join(line for page in extracted.pages for line in (page.text, *lines_of(page.text)))
    if wrong := mismatches(text, Whose(**asked["client"])):
        return pages | {"mismatches": wrong}
    sentences = sentences_of(extracted.pages)
    illnesses = [Illness(**illness) for illness in asked["illnesses"]]
    found = look_for(illnesses, sentences, language_of(sentences))
    proposals = propose(sentences, Known(**asked["known"]))
    return pages | {
        "proposals": {name: asdict(proposal) for name, proposal in proposals.items()},
        "illnesses": {key: [asdict(place) for place in places] for key, places in found.items()},
    }


if __name__ == "__main__":
    main()
