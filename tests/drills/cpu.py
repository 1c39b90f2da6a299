"""What processes cost: seconds of one core, of them and of everything they started."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def seconds(roots: Iterable[int]) -> float:
    """Answer the time that these processes and their descendants have computed, those that have ended included."""
    kin, stats = _kin(roots)
    while kin != (after := _kin(roots))[0]:  # who ended meanwhile is counted twice, with its parent, or not at all
        kin, stats = after
    return sum(sum(int(ticks) for ticks in stats[pid][11:15]) for pid in kin) / TICKS


def _kin(roots: Iterable[int]) -> tuple[set[int], dict[int, list[str]]]:
    """These processes and their descendants, and what every process tells of itself."""
    stats = dict(_every_process())
    known, found = {*roots} & stats.keys(), set[int]()
    while known - found:
        found |= known
        known |= {pid for pid, fields in stats.items() if int(fields[1]) in found}
    return found, stats


def parent_of(pid: int) -> int:
    """Answer the process that started this one."""
    return int(_fields(Path(f"/proc/{pid}/stat"))[1])


def _every_process() -> Iterable[tuple[int, list[str]]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                yield int(folder.name), _fields(folder / "stat")
            except (FileNotFoundError, ProcessLookupError):  # it has just ended
                continue


def _fields(stat: Path) -> list[str]:
    """From the state on: what stands before it, a name in brackets, may hold anything."""
    return stat.read_text().rpartition(")")[2].split()
