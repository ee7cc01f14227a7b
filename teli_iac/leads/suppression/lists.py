"""The lists that a command has read, each once for as long as its bytes stay, or its answer is young."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from teli_iac.leads.faults import Fault, Unreadable
from teli_iac.leads.opened import opened_below
from teli_iac.leads.queries import ENGINES, Databases
from teli_iac.leads.queries.protocol import Place
from teli_iac.leads.suppression.asking import AskedList, ask_list
from teli_iac.leads.suppression.reading import ReadList, State, read_list
from teli_iac.leads.ways import USUAL_WAYS, Ways
from teli_iac.model import DoNotCall, SuppressionQuery, SuppressionReference

_MISSING = "TELI-E060"
_SETTLED_AFTER = timedelta(seconds=2)
"""Two writes within a tick of the file system's clock leave the same time behind."""

_YOUNG = timedelta(seconds=10)
"""So long an answer is taken for what the database says: asked before each of ten thousand creates, it would
say the same ten thousand times. Whoever is listed within these seconds might as well have been listed just
after the create, whose first call is at least `launch_grace` away. It counts from when the database was
asked, not from when it had answered."""

_LONGEST_YOUNG = timedelta(minutes=1)
"""A slower query is given twice the time that it took, or it would be asked again for nearly every create;
but no longer than this, which is half of the least `launch_grace`. What takes longer is asked each time."""


class Lists:
    """Reads lists below a folder; where one is missing there, below the folder `elsewhere`.

    A list is asked for before every create, and ten thousand creates would read a million numbers ten
    thousand times. So a file is opened each time, which tells a network's file system to look, and its state
    is held against that of the last reading. Only where that differs, or was taken so soon after a write that
    a second one could hide in it, are its bytes hashed; only other bytes are read as numbers.

    Of a query nobody can tell what it gives without running it. `databases` are asked anew unless the last
    answer is young; without, no query is run (`can_read`). The `clock` tells how long an answer takes, and
    how late it is for who has waited while another asked. Nobody waits for a list but who needs that list.
    """

    def __init__(
        self,
        folder: str,
        ways: Ways = USUAL_WAYS,
        elsewhere: str | None = None,
        databases: Databases | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._folders = (folder, elsewhere) if elsewhere else (folder,)
        self._ways = ways
        self._databases = databases
        self._clock = clock
        self._answers: dict[Hashable, tuple[AskedList, timedelta]] = {}
        self._known: dict[Hashable, tuple[ReadList, datetime]] = {}
        self._locks: defaultdict[Hashable, threading.Lock] = defaultdict(threading.Lock)
        self._making_locks = threading.Lock()

    def can_read(self, reference: DoNotCall) -> bool:
        """Whether it is a file, or there is a database to ask."""
        if isinstance(reference, SuppressionReference):
            return True
        return self._databases is not None and reference.connection in self._databases.connections

    def read(
        self, reference: DoNotCall, now: datetime | None = None, place: Place | None = None
    ) -> ReadList | AskedList:
        """The list as it is now. Raises Unreadable with every fault.

        Without `now` an answer is good as long as these lists are: one plan has one answer to each query. A
        query whose connection leads to the `place` of the people is put there, and its numbers stay there.
        """
        with self._lock_of(reference):
            if isinstance(reference, SuppressionQuery):
                return self._ask(reference, now, place)
            return self._find(reference, now or datetime.now(UTC))

    def _lock_of(self, reference: DoNotCall) -> threading.Lock:
        """One for each list; a cluster is asked for one at a time, since all of its lists share a session."""
        key: Hashable
        if isinstance(reference, SuppressionReference):
            key = _way_of_reading(reference)
        elif self._databases is not None and _is_shared(reference, self._databases):
            key = reference.connection
        else:
            key = _way_of_asking(reference)
        with self._making_locks:
            return self._locks[key]

    def _ask(self, reference: SuppressionQuery, now: datetime | None, place: Place | None) -> AskedList:
        if self._databases is None or not self.can_read(reference):
            told = f"No connection {reference.connection} can be asked for the list"
            raise Unreadable(Fault("TELI-E111", told))
        theirs = place if place is not None and place.connection == reference.connection else None
        key = (theirs, *_way_of_asking(reference))
        known = self._answers.get(key)
        asked_at = self._clock() if now is not None and self._clock else now
        # Set back, a clock must not keep an answer young for as long.
        if known and (asked_at is None or abs(asked_at - known[0].dated) < known[1]):
            return known[0]
        asked_at = asked_at or datetime.now(UTC)
        found = ask_list(reference, self._databases, asked_at, theirs)
        took = self._clock() - asked_at if self._clock else timedelta(0)
        self._answers[key] = found, min(max(_YOUNG, 2 * took), _LONGEST_YOUNG)
        return found

    def _find(self, reference: SuppressionReference, now: datetime) -> ReadList:
        *first, last = self._folders
        for folder in first:
            try:
                return self._read(folder, reference, now)
            except Unreadable as unreadable:
                if {fault.code for fault in unreadable.faults} != {_MISSING}:
                    raise
        return self._read(last, reference, now)

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
        opened.read_through()
        is_same = opened.content == known.content and State.of(opened.file) == state
        return replace(known, state=state) if is_same else None


def _is_shared(reference: SuppressionQuery, databases: Databases) -> bool:
    connection = databases.connections.get(reference.connection)
    return connection is not None and connection.kind in ENGINES


def _way_of_asking(reference: SuppressionQuery) -> tuple[Hashable, ...]:
    """Equal for references that get the same numbers from the same database."""
    return (
        reference.connection,
        reference.query,
        reference.column,
        reference.default_country,
        reference.may_be_empty,
    )


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
