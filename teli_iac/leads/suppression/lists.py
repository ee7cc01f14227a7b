"""The lists that a command has read, each once for as long as its bytes stay."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from teli_iac.leads.faults import Unreadable
from teli_iac.leads.opened import opened_below
from teli_iac.leads.suppression.reading import ReadList, State, read_list
from teli_iac.leads.ways import USUAL_WAYS, Ways
from teli_iac.model import SuppressionReference

_MISSING = "TELI-E060"
_SETTLED_AFTER = timedelta(seconds=2)
"""Two writes within a tick of the file system's clock leave the same time behind."""


class Lists:
    """Reads lists below a folder; where one is missing there, below the folder `elsewhere`.

    A list is asked for before every create, and ten thousand creates would read a million numbers ten
    thousand times. So it is opened each time, which tells a network's file system to look, and its state is
    held against that of the last reading. Only where that differs, or was taken so soon after a write that a
    second one could hide in it, are its bytes hashed; only other bytes are read as numbers.
    """

    def __init__(self, folder: str, ways: Ways = USUAL_WAYS, elsewhere: str | None = None) -> None:
        self._folders = (folder, elsewhere) if elsewhere else (folder,)
        self._ways = ways
        self._known: dict[Hashable, tuple[ReadList, datetime]] = {}
        self._lock = threading.Lock()

    def read(self, reference: SuppressionReference, now: datetime | None = None) -> ReadList:
        """The list as it is now. Raises Unreadable with every fault."""
        at = now or datetime.now(UTC)
        *first, last = self._folders
        with self._lock:
            for folder in first:
                try:
                    return self._read(folder, reference, at)
                except Unreadable as unreadable:
                    if {fault.code for fault in unreadable.faults} != {_MISSING}:
                        raise
            return self._read(last, reference, at)

    def _read(self, folder: str, reference: SuppressionReference, now: datetime) -> ReadList:
        key = (folder, *_way_of_reading(reference))
        known = self._known.get(key)
        found = known and _unchanged(folder, reference, *known)
        found = found or read_list(folder, reference, self._ways)
        self._known[key] = found, now
        return found


def _unchanged(
    folder: str, reference: SuppressionReference, known: ReadList, read_at: datetime
) -> ReadList | None:
    """What is known of the list, if its bytes are the same."""
    with opened_below(folder, reference.file) as opened:
        state = State.of(opened.file)
        if state == known.state and state.is_settled(read_at - _SETTLED_AFTER):
            return known
        for _ in opened.blocks():
            pass
        is_same = opened.content == known.content and State.of(opened.file) == state
        return replace(known, state=state) if is_same else None


def _way_of_reading(reference: SuppressionReference) -> tuple[Hashable, ...]:
    """Equal for references that get the same numbers from the same file."""
    return (
        str(PurePosixPath(reference.file)),
        reference.column,
        reference.default_country,
        reference.delimiter,
        reference.encoding,
        reference.may_be_empty,
    )
