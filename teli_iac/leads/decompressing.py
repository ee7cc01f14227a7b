"""Undoes gzip in pieces, and refuses what is damaged, has something behind it, or grows beyond reason."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from teli_iac.leads.faults import Fault, Unreadable

_PIECE_BYTES = 256 * 1024
_SLICE_BYTES = 16 * 1024
"""Fed at once: zlib copies what is behind the end of every member, and a hostile file has millions."""

_MOST_BYTES = 2 * 1024**3
_MOST_GROWTH = 100
_SMALL_BYTES = 16 * 1024**2
"""Below this size a file may grow as it likes; lists of people shrink to a tenth, hardly to a hundredth."""

_GZIP_WINDOW = 16 + zlib.MAX_WBITS


def decompress(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The content of a gzip file, of one or several members."""
    growth = _Growth()
    stream, between = zlib.decompressobj(_GZIP_WINDOW), False
    for slice_ in _slices(blocks):
        growth.read(slice_)
        rest = slice_
        while rest:
            between = False
            piece = _piece(stream, rest)
            growth.wrote(piece)
            if piece:
                yield piece
            rest = stream.unconsumed_tail
            if stream.eof:
                rest, stream, between = stream.unused_data, zlib.decompressobj(_GZIP_WINDOW), True
    if not between:
        raise Unreadable(Fault("TELI-E066", "The gzip file is cut off: its end is missing"))


def _slices(blocks: Iterator[bytes]) -> Iterator[bytes]:
    for block in blocks:
        for start in range(0, len(block), _SLICE_BYTES):
            yield block[start : start + _SLICE_BYTES]


def _piece(stream: zlib._Decompress, data: bytes) -> bytes:
    try:
        return stream.decompress(data, _PIECE_BYTES)
    except zlib.error:
        raise Unreadable(
            Fault("TELI-E066", "The gzip file is damaged, is no gzip file, or has something behind its end")
        ) from None


class _Growth:
    """How much came out of how much went in, while it is read."""

    def __init__(self) -> None:
        self._read = self._written = 0

    def read(self, slice_: bytes) -> None:
        self._read += len(slice_)

    def wrote(self, piece: bytes) -> None:
        self._written += len(piece)
        if self._written > _MOST_BYTES:
            raise Unreadable(Fault("TELI-E067", "The gzip file holds more than 2 GiB"))
        if self._written > max(_SMALL_BYTES, self._read * _MOST_GROWTH):
            raise Unreadable(
                Fault("TELI-E067", f"The gzip file grows to more than {_MOST_GROWTH} times its size")
            )
