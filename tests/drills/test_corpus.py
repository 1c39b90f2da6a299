"""The corpus of uploads, whole and with bites in it: nothing hostile gets through, and every answer is a sentence."""

import random
from collections.abc import Iterator

from tests.tenants.corpus import documents, hostile, prints
from tests.tenants.test_corpus import answer

BITTEN = 5  # times, each file
LARGEST = 200_000  # bytes of a file that is bitten: what unpacks to too much is slow, and refused as it is


def test_corpus(tell):
    bad, good = hostile.files(), documents.files() | prints.files()

    through = [what for what, (name, content) in bad.items() if answer(name, content) is None]
    refused = [what for what, (name, content) in good.items() if answer(name, content) is not None]
    tried = [*bitten(bad | good)]
    broken = [f"{what}: {fault}" for what, name, content in tried if (fault := fault_of(name, content))]

    tell(hostile=len(bad), through=len(through), honest=len(good), refused=len(refused), bitten=len(tried),
         broken=len(broken))  # fmt: skip
    assert (through, refused, broken) == ([], [], [])


def bitten(files: dict[str, tuple[str, bytes]]) -> Iterator[tuple[str, str, bytes]]:
    """Each file with some of its bytes changed, left out or doubled, by a seed that its name and number give."""
    for what, (name, content) in files.items():
        for number in range(BITTEN if len(content) <= LARGEST else 0):
            seed = f"{what} {number}"
            yield seed, name, bite(content, random.Random(seed))


def bite(content: bytes, rng: random.Random) -> bytes:
    whole = bytearray(content)
    for _bite in range(rng.choice([1, 1, 2, 8, 40])):
        place, length = rng.randrange(len(whole)), rng.choice([1, 1, 4, 64])
        kept = bytes(whole[place : place + length])
        whole[place : place + length] = rng.choice([rng.randbytes(len(kept)), b"\0" * len(kept), b"", kept * 2])
        whole = whole or bytearray(content)
    return bytes(whole)


def fault_of(name: str, content: bytes) -> str:
    """Anything but being taken or being refused with a sentence, which `answer` knows."""
    try:
        said = answer(name, content)
    except Exception as error:
        return repr(error)[:200]
    return "" if said is None or str(said.user_message) else "no sentence"
