"""The git backend: each write is one commit, pushed only if the ref is still where it was read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from teli_iac.errors import LedgerError
from teli_iac.ledger.binding import bind, refuse_foreign
from teli_iac.ledger.chain import Head, end_of, first_head, link_rows, link_stored, read_rows
from teli_iac.ledger.events import people_named
from teli_iac.ledger.fold import fold
from teli_iac.ledger.git import faults, tree
from teli_iac.ledger.git.address import parse_address
from teli_iac.ledger.git.commits import Commit, make_commit, read_commit, read_files
from teli_iac.ledger.git.remote import Remote
from teli_iac.ledger.protocol import Lease, Whole
from teli_iac.ledger.rules import (
    already_there,
    given_back,
    missing,
    next_lease,
    people_set,
    refuse_lost,
    refuse_misnamed,
    refuse_other_version,
    refuse_unknown_people,
)
from teli_iac.model import Account, Event, LedgerKey, PeopleSet, Recorded, StoredEvent

_LONG_AGO = datetime.fromtimestamp(0, UTC)  # reading asks no clock
_ATTEMPTS = 8
"""How often a write is tried when others are faster; each time one of them has come through."""


@dataclass(frozen=True, slots=True)
class _Change:
    """The files that a write changes, and a line about it."""

    files: Mapping[str, bytes]
    what: str


class GitLedger:
    """The ledger on a ref of the remote of the repository that `folder` lies in."""

    def __init__(
        self,
        place: str,
        folder: Path,
        project: str,
        migrations: Mapping[int, tree.Migration] = tree.MIGRATIONS,
    ) -> None:
        self._remote = Remote(parse_address(place, project), folder)
        self._migrations = migrations
        self._known: Commit | None = None
        self._gate = threading.Lock()  # one use at a time in this process: a renewal waits for a write

    def exists(self) -> bool:
        """Whether the ref is there: it appears with a whole ledger in it."""
        with self._gate:
            return self._remote.look() is not None

    def create(self, account: Account, key: LedgerKey, at: datetime) -> None:
        """Push a first commit, if there is none."""
        self.restore(Whole(bind(account, key), (), ()), at)

    def restore(self, whole: Whole, at: datetime) -> None:
        """Push a first commit that holds all of this, if there is none."""
        first = first_head(whole.binding)
        linked = link_stored(whole.events, first)

        def begin(found: Commit | None) -> _Change:
            if found is not None:
                raise already_there(str(self._remote.address))
            head, lease = tree.write_head(end_of(linked, first)), tree.write_lease(Lease(0, "", at))
            files = {tree.LEDGER: tree.write_binding(whole.binding), tree.HEAD: head, tree.LEASE: lease}
            people = {f"{tree.PEOPLE}{each.ref}": each.records for each in whole.people}
            return _Change({**files, **tree.add_rows(linked, b""), **people}, "Make the ledger")

        self._write(at, begin)

    def load(self, account: Account, key: LedgerKey) -> Recorded:
        """Read everything once, check every link, fold."""
        ours = bind(account, key)
        with self._gate:
            commit = self._latest()
            refuse_foreign(tree.read_binding(self._files(commit, tree.LEDGER)[tree.LEDGER]), ours)
            return fold(self._events(commit), key)

    def people(self, refs: Iterable[str]) -> Mapping[str, PeopleSet]:
        """The named sets, each hashed again before it is believed."""
        names = {ref: f"{tree.PEOPLE}{ref}" for ref in refs}
        with self._gate:
            commit = self._latest()
            found = self._files(commit, *(name for name in names.values() if name in commit.files))
        return {ref: people_set(ref, found.get(name)) for ref, name in names.items()}

    def events(self) -> Iterator[StoredEvent]:
        """Every event; all are read before the first is handed out."""
        with self._gate:
            stored = tuple(self._events(self._latest()))
        yield from stored

    def acquire(self, holder: str, now: datetime, duration: timedelta) -> Lease:
        """Take the lease if nobody has it, under the next token."""
        taken: list[Lease] = []

        def take(found: Commit | None) -> _Change:
            lease = next_lease(self._lease(found), holder, now, duration)
            taken[:] = [lease]
            return _Change({tree.LEASE: tree.write_lease(lease)}, f"Give the lease, token {lease.token}")

        self._write(now, take)
        return taken[0]

    def renew(self, lease: Lease, now: datetime, duration: timedelta) -> Lease:
        """Put off the end of a lease that still is one."""
        renewed = Lease(lease.token, lease.holder, now + duration)

        def put_off(found: Commit | None) -> _Change:
            refuse_lost(self._lease(found), lease, now)
            return _Change({tree.LEASE: tree.write_lease(renewed)}, f"Renew the lease, token {lease.token}")

        self._write(now, put_off)
        return renewed

    def release(self, lease: Lease) -> None:
        """Let the next one in."""

        def give_back(found: Commit | None) -> _Change | None:
            last = self._lease(found)
            if last.token != lease.token:
                return None
            free = tree.write_lease(given_back(last))
            return _Change({tree.LEASE: free}, f"Take the lease back, token {lease.token}")

        self._write(lease.expires, give_back)

    def append(
        self,
        events: Sequence[Event],
        people: Sequence[PeopleSet],
        at: datetime,
        lease: Lease,
        expected_version: int,
    ) -> int:
        """Check lease, version and people sets against one commit, and push the next one after it."""
        refuse_misnamed(people)

        def add(found: Commit | None) -> _Change:
            commit = self._present(found)
            files = self._files(commit, tree.LEASE, tree.HEAD)
            refuse_lost(tree.read_lease(files[tree.LEASE]), lease, at)
            head = tree.read_head(files[tree.HEAD])
            refuse_other_version(head.version, expected_version)
            sets = {f"{tree.PEOPLE}{each.ref}": each.records for each in people}
            refuse_unknown_people(
                (f"{tree.PEOPLE}{ref}" for ref in people_named(events)), {*commit.files, *sets}
            )
            new = {name: records for name, records in sets.items() if name not in commit.files}
            return _Change({**new, **self._added(commit, events, at, head)}, _told(head.version, len(events)))

        self._write(at, add)
        return expected_version + len(events)

    def _added(
        self, commit: Commit, events: Sequence[Event], at: datetime, head: Head
    ) -> Mapping[str, bytes]:
        rows = link_rows(events, at, head)
        if not rows:
            return {}
        file = tree.file_of(rows[0].sequence)
        begun = self._files(commit, file)[file] if file in commit.files else b""
        return {**tree.add_rows(rows, begun), tree.HEAD: tree.write_head(end_of(rows, head))}

    def _events(self, commit: Commit) -> Iterator[StoredEvent]:
        names = commit.named(tree.EVENTS)
        files = self._files(commit, tree.LEDGER, tree.HEAD, *names)
        rows = tree.read_rows({name: files[name] for name in names})
        return read_rows(rows, tree.read_binding(files[tree.LEDGER]), tree.read_head(files[tree.HEAD]))

    def _lease(self, found: Commit | None) -> Lease:
        return tree.read_lease(self._files(self._present(found), tree.LEASE)[tree.LEASE])

    def _files(self, commit: Commit, *names: str) -> dict[str, bytes]:
        return read_files(self._remote, commit, names)

    def _present(self, found: Commit | None) -> Commit:
        if found is None:
            raise missing(str(self._remote.address))
        return found

    def _latest(self) -> Commit:
        return self._present(self._seen())

    def _seen(self) -> Commit | None:
        """What is at the ref now."""
        now = self._remote.look()
        if now is None:
            self._known = None
        elif self._known is None or self._known.seen != now:
            fetched = self._remote.fetch(self._known.seen if self._known else None)
            self._known = self._in_todays_format(read_commit(self._remote, fetched))
        return self._known

    def _in_todays_format(self, commit: Commit) -> Commit:
        """The commit itself, or one after it that brings it forward, which goes out with the next write."""
        found = tree.found_format(self._files(commit, tree.LEDGER)[tree.LEDGER])
        if found == tree.FORMAT:
            return commit
        files = tree.brought_forward(self._files(commit, *commit.files), found, self._migrations)
        what = f"Bring the ledger to format {tree.FORMAT}"
        after = make_commit(self._remote, commit.name, files, _LONG_AGO, what)
        return replace(read_commit(self._remote, after), seen=commit.name)

    def _write(self, at: datetime, change: Callable[[Commit | None], _Change | None]) -> None:
        """Push the change of what is at the ref; begin again from there when somebody else was faster."""
        with self._gate:
            for attempt in range(_ATTEMPTS):
                # What we saw last is mostly what is there; if not, the push says so, and we look.
                looked = attempt > 0 or self._known is None
                found = self._seen() if looked else self._known
                try:
                    wanted = change(found)
                except LedgerError:
                    if looked:
                        raise
                    continue
                if wanted is None or not wanted.files or self._push(found, wanted, at):
                    return
            raise faults.busy(self._remote.address)

    def _push(self, found: Commit | None, change: _Change, at: datetime) -> bool:
        before = found.name if found else None
        after = make_commit(self._remote, before, change.files, at, change.what)
        if not self._remote.move(found.seen if found else None, after):
            return False
        self._known = read_commit(self._remote, after)
        return True


def _told(version: int, count: int) -> str:
    return f"Record event {version + 1}" + (f" to {version + count}" if count > 1 else "")
