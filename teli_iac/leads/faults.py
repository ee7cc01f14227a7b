"""What is wrong with a leads file as a whole: found one by one, kept ten at most, never quoting the file."""

from __future__ import annotations

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
    """Nothing sensible can be read beyond this point; carries why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__()
        self.faults = faults


class Faults:
    """The faults of one file: all counted, the first ten kept, and no more read after a thousand."""

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self._eleventh: Fault | None = None
        self._count = 0

    def add(self, fault: Fault) -> None:
        """Count it; raises Unreadable when so much is wrong that reading on helps nobody."""
        self._count += 1
        if len(self._kept) < _KEPT:
            self._kept.append(fault)
        elif self._eleventh is None:
            self._eleventh = fault
        if self._count == _ENOUGH:
            raise Unreadable

    def __bool__(self) -> bool:
        return self._count > 0

    def __iter__(self) -> Iterator[Fault]:
        yield from self._kept
        if self._eleventh is not None:
            more = self._count - _KEPT
            least = "at least " if self._count >= _ENOUGH else ""
            noun = "problem" if more == 1 else "problems"
            yield Fault(
                "TELI-E099",
                f"And {least}{more} more {noun} in this file",
                self._eleventh.line,
                self._eleventh.column,
            )
