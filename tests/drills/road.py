"""The road of the runbook as a program: its blocks are read out of deploy/runbook.md, and only they are run."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.embedded import ROOT

ROAD = "## From nothing to the first municipality"
BLOCK = re.compile(r"^ *```(?P<kind>\w+(?: \w+)?)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)
FOLDERS = ("/etc/suunta", "/srv/suunta")  # of the runbook; a drill has its own below another


@dataclass(frozen=True)
class Block:
    """One fenced block: "sh" is run to its end, "ini" is the environment, "sh processes" is a process a line."""

    kind: str
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


@dataclass
class Road:
    """The blocks in their order, with what is a reader's to fill in replaced."""

    replaced: dict[str, str]
    blocks: list[Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        _, _, after = (ROOT / "deploy" / "runbook.md").read_text().partition(ROAD)
        section, _, _ = after.partition("\n## ")
        self.blocks = [Block(found["kind"], self._filled(found["text"])) for found in BLOCK.finditer(section)]

    def _filled(self, text: str) -> str:
        for written, meant in self.replaced.items():
            text = text.replace(written, meant)
        return "\n".join(line.strip() for line in text.splitlines())


def environment_file(block: Block, given: dict[str, str]) -> str:
    """Write the environment's file with the values of a drill; every name in it is one of the runbook's."""
    written = dict(line.split("=", 1) for line in block.lines)
    assert given.keys() <= written.keys(), given.keys() - written.keys()
    return "".join(f"{name}={value}\n" for name, value in (written | given).items() if value)


def in_folder(folder: Path) -> dict[str, str]:
    """Move the runbook's folders below another."""
    return {path: f"{folder}{path}" for path in FOLDERS}
