"""Hash people in this process and in one beside it at the same time: who is free takes the next piece.

The other process gets the key and the people through a pipe, and none of our variables. It is trusted with
the time, not with the truth: the first and the last record of each of its answers are made here as well, and
a piece that it did not answer as it should is hashed here, as everything is from then on.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from struct import Struct
from typing import TypeAlias

import teli_iac
from teli_iac.identity import records_of
from teli_iac.model import LedgerKey
from teli_iac.model.recorded import PERSON_RECORD_BYTES
from teli_iac.people import Alone, Hashing

_WORTH_A_PROCESS = 200_000
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from teli_iac.hashing.program import main; main()"
_ROOT = str(Path(teli_iac.__file__).parent.parent)
_ONE_RECORD = Struct(f"{PERSON_RECORD_BYTES}s")
_GIVEN_AT_MOST = 2
"""Pieces that the other process has, so that it never waits for us."""

_PATIENCE = 30.0
"""Seconds for a piece that takes some hundredths of one."""

_Coming: TypeAlias = "Future[Sequence[bytes] | None]"
_Given: TypeAlias = tuple[Sequence[bytes], _Coming]


@contextmanager
def hashing(key: LedgerKey, count: int) -> Iterator[Hashing]:
    """The way to hash so many people: alone where they are few, or where there is no second core."""
    process = _started() if count >= _WORTH_A_PROCESS and (os.cpu_count() or 1) > 1 else None
    if process is None:
        yield Alone(key)
        return
    with _ended(process), ThreadPoolExecutor(max_workers=1) as worker:
        yield Beside(key, process, worker)


class Beside:
    """Our process and the one beside it. `is_sound` is whether that has answered well so far."""

    def __init__(self, key: LedgerKey, process: subprocess.Popen[bytes], worker: Executor) -> None:
        self._key = key
        self.process = process
        self._worker = worker
        self._given: deque[_Given] = deque()
        self.is_sound = self._tell(key.secret.hex().encode() + b"\n")

    def take(self, texts: Sequence[bytes]) -> Iterable[bytes]:
        """The records of what the other process has finished, and of this piece unless it is given to it."""
        records: list[bytes] = []
        while self._given and self._given[0][1].done():
            records += self._next_given()
        if self.is_sound and len(self._given) < _GIVEN_AT_MOST:
            self._given.append((texts, self._worker.submit(self._asked, texts)))
            return records
        return records + records_of(self._key, texts)

    def rest(self) -> Iterable[bytes]:
        """The records of the pieces that the other process still has."""
        while self._given:
            yield from self._next_given()

    def _next_given(self) -> Sequence[bytes]:
        texts, coming = self._given.popleft()
        records = self._come(coming)
        self.is_sound &= records is not None
        return records if records is not None and self.is_sound else records_of(self._key, texts)

    def _come(self, coming: _Coming) -> Sequence[bytes] | None:
        try:
            return coming.result(_PATIENCE)
        except TimeoutError:
            self.process.kill()
            return coming.result()

    def _asked(self, texts: Sequence[bytes]) -> Sequence[bytes] | None:
        """What the other process makes of the texts; None when that is not to be relied on."""
        piece = b"\n".join(texts)
        if piece.count(b"\n") != len(texts) - 1 or not self._tell(b"%d\n%b" % (len(piece), piece)):
            return None
        told = self._heard(len(texts) * PERSON_RECORD_BYTES)
        if len(told) != len(texts) * PERSON_RECORD_BYTES:
            return None
        records = [record for (record,) in _ONE_RECORD.iter_unpack(told)]
        ends = records_of(self._key, [texts[0], texts[-1]])
        return records if [records[0], records[-1]] == ends else None

    def _tell(self, said: bytes) -> bool:
        if self.process.stdin is None:
            raise AssertionError("it was asked for")
        try:
            self.process.stdin.write(said)
            self.process.stdin.flush()
        except OSError:
            return False
        return True

    def _heard(self, length: int) -> bytes:
        if self.process.stdout is None:
            raise AssertionError("it was asked for")
        return self.process.stdout.read(length)


def _started() -> subprocess.Popen[bytes] | None:
    """In a session of its own: Ctrl-C at the terminal does not end it before we are done."""
    try:
        return subprocess.Popen(  # noqa: S603  a fixed argv
            [sys.executable, "-I", "-S", "-c", _PROGRAM, _ROOT],
            env={},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return None


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.kill()  # it has nothing to finish
        with suppress(OSError), process:  # what it never read cannot be flushed
            pass
