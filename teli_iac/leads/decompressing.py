"""Unpacks gzip and zstd in pieces, and refuses what is damaged, has something behind it, or grows too far."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Protocol

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
    return _unpack(blocks, "gzip", _Gzip)


def decompress_zstd(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The content of a zstd file, of one or several frames."""
    module = zstd_module()
    if module is None:
        raise AssertionError("whether the extra is there was asked before")
    return _unpack(blocks, "zstd", lambda: _Zstd(module))


def zstd_module() -> Any:
    """Python's own from 3.14 on, else its backport, else None."""
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd  # noqa: PLC0415  a builder of Python may leave it out
        else:
            from backports import zstd  # noqa: PLC0415  an extra
    except ImportError:
        return None
    return zstd


class _Member(Protocol):
    """One member or frame while it is unpacked."""

    def more(self, data: bytes) -> bytes:
        """A piece of what is packed in these bytes and in those held back; raises _Damaged."""
        ...

    def holds_back(self) -> bool:
        """Whether there is more to come without further bytes."""
        ...

    def behind(self) -> bytes | None:
        """What stands behind its end, None before that."""
        ...


class _Damaged(Exception):
    """It cannot be unpacked."""


class _Gzip:
    def __init__(self) -> None:
        self._stream = zlib.decompressobj(_GZIP_WINDOW)

    def more(self, data: bytes) -> bytes:
        try:
            return self._stream.decompress(self._stream.unconsumed_tail + data, _PIECE_BYTES)
        except zlib.error:
            raise _Damaged from None

    def holds_back(self) -> bool:
        return bool(self._stream.unconsumed_tail)

    def behind(self) -> bytes | None:
        return self._stream.unused_data if self._stream.eof else None


class _Zstd:
    def __init__(self, module: Any) -> None:  # Python's module from 3.14 on, before that a package like it
        self._stream = module.ZstdDecompressor()
        self._error = module.ZstdError

    def more(self, data: bytes) -> bytes:
        try:
            piece: bytes = self._stream.decompress(data, _PIECE_BYTES)
        except self._error:
            raise _Damaged from None
        return piece

    def holds_back(self) -> bool:
        return not (self._stream.eof or self._stream.needs_input)

    def behind(self) -> bytes | None:
        return self._stream.unused_data if self._stream.eof else None


def _unpack(blocks: Iterator[bytes], kind: str, begin: Callable[[], _Member]) -> Iterator[bytes]:
    growth = _Growth(kind)
    member, between = begin(), False
    for slice_ in _slices(blocks):
        growth.read(slice_)
        rest = slice_
        while rest or member.holds_back():
            between = False
            piece = _piece(member, rest, kind)
            growth.wrote(piece)
            if piece:
                yield piece
            behind = member.behind()
            rest = behind or b""
            if behind is not None:
                member, between = begin(), True
    if not between:
        raise Unreadable(
            Fault("TELI-E066", f"The {kind} file is cut off: its end is missing", next_step=_check(kind))
        )


def _check(kind: str) -> str:
    return "" if kind == "gzip" else f"Make the file again, and check it with `{kind} -t`."


def _slices(blocks: Iterator[bytes]) -> Iterator[bytes]:
    for block in blocks:
        for start in range(0, len(block), _SLICE_BYTES):
            yield block[start : start + _SLICE_BYTES]


def _piece(member: _Member, data: bytes, kind: str) -> bytes:
    try:
        return member.more(data)
    except _Damaged:
        told = f"The {kind} file is damaged, is no {kind} file, or has something behind its end"
        raise Unreadable(Fault("TELI-E066", told, next_step=_check(kind))) from None


class _Growth:
    """How much came out of how much went in, while it is read."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._read = self._written = 0

    def read(self, slice_: bytes) -> None:
        self._read += len(slice_)

    def wrote(self, piece: bytes) -> None:
        self._written += len(piece)
        if self._written > _MOST_BYTES:
            raise Unreadable(Fault("TELI-E067", f"The {self._kind} file holds more than 2 GiB"))
        if self._written > max(_SMALL_BYTES, self._read * _MOST_GROWTH):
            raise Unreadable(
                Fault("TELI-E067", f"The {self._kind} file grows to more than {_MOST_GROWTH} times its size")
            )
