"""What is wrong with a leads file as a whole: found one by one, ten shown, never quoting the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_KEPT = 10
_ENOUGH = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """One structural fault. `line` is None when it lies in the manifest's `leads`, not in the file.

    An empty `next_step` means the one that the catalogue gives for the code.
    """

    code: str
    message: str
    line: int | None = None
    column: int = 1
    next_step: str = ""


class Unreadable(Exception):
    """Nothing sensible can be read beyond this point; carries why, unless that is counted already."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__()
        self.faults = faults


class Faults:
    """The faults of one file: all counted by code, the first ten kept, and no more read after a thousand."""

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self._eleventh: Fault | None = None
        self._others: Counter[str] = Counter()

    def add(self, fault: Fault) -> None:
        """Count it; raises Unreadable when so much is wrong that reading on helps nobody."""
        if len(self._kept) < _KEPT:
            self._kept.append(fault)
            return
        self._eleventh = self._eleventh or fault
        self._others[fault.code] += 1
        if self._others.total() == _ENOUGH - _KEPT:
            raise Unreadable

    def __bool__(self) -> bool:
        return bool(self._kept)

    def __iter__(self) -> Iterator[Fault]:
        yield from sorted(self._kept, key=lambda fault: (fault.line or 0, fault.column))
        if self._eleventh is not None:
            yield Fault("TELI-E099", self._summary(), self._eleventh.line, self._eleventh.column)

    def _summary(self) -> str:
        more = self._others.total()
        least = "at least " if more == _ENOUGH - _KEPT else ""
        noun = "problem" if more == 1 else "problems"
        kinds = ", ".join(f"{count} x {code}" for code, count in sorted(self._others.items()))
        return f"And {least}{more} more {noun} in this file: {kinds}"
