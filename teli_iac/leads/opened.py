"""An open list, whose bytes get a name while they are read: reading them again proves them the same."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, Protocol, TypeVar

from teli_iac.leads.ahead import ahead
from teli_iac.leads.faults import Fault, Unreadable
from teli_iac.leads.opening import open_below, read_blocks, read_over, size_of

_Item = TypeVar("_Item")
_LONG = 1024**2


class _Hash(Protocol):
    def update(self, data: bytes | memoryview, /) -> object: ...

    def hexdigest(self) -> str: ...


class Opened:
    """One reading of a file. When it has come to the end, `content` names the bytes it had."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self._kind, self._hash = _begun(size_of(file))

    def blocks(self) -> Iterator[bytes]:
        """Its bytes, each once."""
        for block in read_blocks(self.file):
            self._hash.update(block)
            yield block

    def read_through(self) -> None:
        """Its bytes alone, of which only the name is wanted: while some are hashed, more are read."""
        size = size_of(self.file)
        self._kind, self._hash = _begun(size, on_every_core=True)
        blocks = read_over(self.file)
        for block in ahead(blocks) if size >= _LONG else blocks:
            self._hash.update(block)

    def whole(self, items: Iterator[_Item]) -> Iterator[_Item]:
        """What somebody reads from it in any order, and then its bytes; raises Unreadable if it changed."""
        before = self._state()
        yield from items
        self.file.seek(0)
        self.read_through()
        if self._state() != before:
            raise Unreadable(Fault("TELI-E063", "The leads file is written to while it is read"))

    @property
    def content(self) -> str:
        """Equal for equal bytes, and for no others."""
        return f"{self._kind}:{self._hash.hexdigest()}"

    def _state(self) -> tuple[int, int]:
        state = os.fstat(self.file.fileno())
        return state.st_size, state.st_mtime_ns


@contextmanager
def opened_below(folder: str, file: str) -> Iterator[Opened]:
    """The file below the folder, open for one reading; raises Unreadable."""
    with open_below(folder, file) as source:
        yield Opened(source)


def name_of(*parts: bytes) -> str:
    """The name of bytes that are held, one part after the other."""
    kind, hashed = _begun(sum(map(len, parts)))
    for part in parts:
        hashed.update(part)
    return f"{kind}:{hashed.hexdigest()}"


def _begun(size: int, *, on_every_core: bool = False) -> tuple[str, _Hash]:
    """Cores wait for each other where blocks are small, and where others are at work on them."""
    if size >= _LONG:
        with suppress(ImportError):
            from blake3 import blake3  # noqa: PLC0415  an extra, asked for only by who has long files

            return "blake3", blake3(max_threads=blake3.AUTO if on_every_core else 1)
    return "sha256", hashlib.sha256()
