"""Bytes proven to be text that may stand in a list, in pieces of whole lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from teli_iac.leads.characters import HIDDEN, is_clean
from teli_iac.leads.encodings import DEFAULT_ENCODING, detect
from teli_iac.leads.engine import Doubtful
from teli_iac.leads.faults import Unreadable
from teli_iac.leads.sources.records import LONGEST_CELL

_PLAIN = bytes([*b"\t\n\r", *range(0x20, 0x7F), *range(0x80, 0x100)])
_HALF = LONGEST_CELL // 2
"""Where every window of this many bytes holds a line end, no line and no cell has 64 Ki characters."""

_ASCII = bytes(range(0x80))
_blank_line = re.compile(rb"\n(?=\n)").search
"""Half of the time that `in` takes to find none of the two bytes side by side."""

_HIDDEN_IN_VALUES = f"[{HIDDEN}\t\n\r]"


def proven_lines(blocks: Iterator[bytes], piece_bytes: int) -> Iterator[bytes]:
    """The text in pieces of whole lines, ended by line feeds, without a blank one; raises Doubtful."""
    for text in lines_in_pieces(blocks, piece_bytes):
        prove_text(text)
        yield text


def lines_in_pieces(blocks: Iterator[bytes], piece_bytes: int) -> Iterator[bytes]:
    """The same, of which nothing is proven yet; raises Doubtful for a strange mark or an endless line."""
    first = True
    for piece in _whole_lines(blocks, piece_bytes):
        text = _without_mark(piece) if first else piece
        first = False
        yield text.replace(b"\r\n", b"\n") if b"\r" in text else text


def prove_text(text: bytes) -> None:
    """That it is UTF-8, without a blank line or a character that may stand nowhere; raises Doubtful."""
    is_broken = b"\r" in text or text.translate(None, _PLAIN)
    if is_broken or _blank_line(text) or text[:1] in {b"\n", b""} or not _has_short_lines(text):
        raise Doubtful
    if not text.isascii():
        _prove_beyond_ascii(text)


def prove_values(values: pl.Series) -> None:
    """That no value holds a character that may not be sent; raises Doubtful."""
    if values.str.contains(_HIDDEN_IN_VALUES).any():
        raise Doubtful


def _whole_lines(blocks: Iterator[bytes], piece_bytes: int) -> Iterator[bytes]:
    kept: list[bytes] = []
    length = 0
    for block in blocks:
        kept.append(block)
        length += len(block)
        if length < piece_bytes:
            continue
        joined = b"".join(kept)
        end = joined.rfind(b"\n") + 1
        if end:
            yield joined[:end]
        elif length > max(piece_bytes, 2 * _HALF):
            raise Doubtful
        kept = [joined[end:]]
        length -= end
    if length:
        yield b"".join(kept)


def _without_mark(piece: bytes) -> bytes:
    try:
        _, mark = detect(piece, DEFAULT_ENCODING)
    except Unreadable:
        raise Doubtful from None
    return piece[mark:]


def _prove_beyond_ascii(text: bytes) -> None:
    """Each character but once: there are few kinds in a piece, and ASCII has been proven."""
    try:
        text.decode()
    except UnicodeDecodeError:
        raise Doubtful from None
    if not is_clean("".join(set(text.translate(None, _ASCII).decode()))):
        raise Doubtful


def _has_short_lines(text: bytes) -> bool:
    return all(text.find(b"\n", at, at + _HALF) >= 0 for at in range(0, len(text) - _HALF, _HALF))
