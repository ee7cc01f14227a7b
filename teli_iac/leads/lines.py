"""From the bytes of a leads file to its numbered lines, a piece at a time."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from teli_iac.leads.characters import forbidden_in_text, is_clean
from teli_iac.leads.encodings import detect
from teli_iac.leads.faults import Fault, Faults, Unreadable

LONGEST_LINE = 1024 * 1024
"""Characters of one line, and of one quoted row."""

_BLOCK_BYTES = 256 * 1024


class _Undecodable(Exception):
    """A byte that the encoding does not have; all before it was handed on."""


def read_lines(pieces: Iterator[bytes], encoding: str, faults: Faults) -> Iterator[tuple[int, str]]:
    """Every line without its end and with its number from 1; the last one may lack its end.

    Raises Unreadable where it cannot go on; characters that may not stand there are faults. What is told
    goes by the content alone: it makes no difference in which pieces the bytes arrive.
    """
    number, rest = 1, ""
    try:
        for text in _decoded(_blocks(pieces), encoding):
            *ended, rest = (rest + text).replace("\r\n", "\n").split("\n")
            yield from _sound(ended, number, faults)
            number += len(ended)
            _refuse_broken(rest.removesuffix("\r"), number)
    except _Undecodable:
        place = (number, len(rest) + 1)
        raise Unreadable(
            Fault("TELI-E068", f"A byte here is not {encoding.upper()}", *place, _step(encoding))
        ) from None
    yield from _sound([rest] if rest else [], number, faults)


def _blocks(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in blocks of one size: a hostile archive comes apart into millions of single bytes."""
    kept: list[bytes] = []
    length = 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length < _BLOCK_BYTES:
            continue
        joined, whole = b"".join(kept), length - length % _BLOCK_BYTES
        for start in range(0, whole, _BLOCK_BYTES):
            yield joined[start : start + _BLOCK_BYTES]
        kept = [joined[whole:]]
        length -= whole
    yield b"".join(kept)


def _sound(lines: list[str], first: int, faults: Faults) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; those with something forbidden are told of in their order."""
    text = "\n".join(lines)
    if is_clean(text) and "\r" not in text and len(text) <= LONGEST_LINE:
        yield from enumerate(lines, first)
        return
    for number, line in enumerate(lines, first):
        _refuse_broken(line, number)
        for fault in forbidden_in_text(line, number):
            faults.add(fault)
        yield number, line


def _refuse_broken(text: str, number: int) -> None:
    at = text.find("\r")
    if at >= 0:
        raise Unreadable(Fault("TELI-E075", "The line ends with a carriage return alone", number, at + 1))
    if len(text) > LONGEST_LINE:
        raise Unreadable(Fault("TELI-E077", f"The line has more than {LONGEST_LINE:,} characters", number, 1))


def _decoded(blocks: Iterator[bytes], encoding: str) -> Iterator[str]:
    first = next(blocks, b"")
    codec, mark = detect(first, encoding)
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        yield decoder.decode(first[mark:])
        for block in blocks:
            yield decoder.decode(block)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        yield error.object[: error.start].decode(codec)
        raise _Undecodable from None


def _step(encoding: str) -> str:
    if encoding == "utf-8":
        return "Save the file as UTF-8, or declare its `encoding`, such as windows-1252."
    return "Declare the `encoding` that the file was saved in."
