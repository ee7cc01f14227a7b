"""Works a piece ahead: while one piece is used, another thread makes the next one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

_Item = TypeVar("_Item")


class _End:
    """What comes behind the last piece."""


_END: Final = _End()


def ahead(pieces: Iterator[_Item]) -> Iterator[_Item]:
    """The same pieces in the same order, and the same exception; at most one more is made than is taken."""
    with ThreadPoolExecutor(max_workers=1) as worker:
        coming = worker.submit(next, pieces, _END)
        while not isinstance(piece := coming.result(), _End):
            coming = worker.submit(next, pieces, _END)
            yield piece
