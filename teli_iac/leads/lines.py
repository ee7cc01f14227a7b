"""From the bytes of a leads file to its numbered lines, a piece at a time."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from teli_iac.leads.characters import forbidden_in_text
from teli_iac.leads.encodings import detect
from teli_iac.leads.faults import Fault, Faults, Unreadable

LONGEST_LINE = 1024 * 1024
"""Characters of one line, and of one quoted row."""


class _Undecodable(Exception):
    """A byte that the encoding does not have; all before it was handed on."""


def read_lines(blocks: Iterator[bytes], encoding: str, faults: Faults) -> Iterator[tuple[int, str]]:
    """Every line without its end and with its number from 1; the last one may lack its end.

    Raises Unreadable where it cannot go on; characters that may not stand there are faults.
    """
    line, rest = 1, ""
    try:
        for text in _decoded(blocks, encoding):
            complete, rest = _cut(rest + text, line)
            for fault in forbidden_in_text(complete, line):
                faults.add(fault)
            ended = complete.split("\n")
            yield from enumerate(ended[:-1], line)
            line += len(ended) - 1
    except _Undecodable:
        place = (line, len(rest) + 1)
        raise Unreadable(
            Fault("TELI-E068", f"A byte here is not {encoding.upper()}", *place, _step(encoding))
        ) from None
    yield from _last_line(rest, line, faults)


def _cut(text: str, line: int) -> tuple[str, str]:
    r"""The complete lines with `\n` at their ends, and the beginning of the next one."""
    end = text.rfind("\n") + 1
    complete, rest = text[:end].replace("\r\n", "\n"), text[end:]
    _refuse_lone_returns(complete, line)
    line += complete.count("\n")
    _refuse_lone_returns(rest[:-1], line)
    if len(rest) > LONGEST_LINE:
        raise Unreadable(Fault("TELI-E077", f"The line has more than {LONGEST_LINE:,} characters", line, 1))
    return complete, rest


def _last_line(rest: str, line: int, faults: Faults) -> Iterator[tuple[int, str]]:
    _refuse_lone_returns(rest, line)
    for fault in forbidden_in_text(rest, line):
        faults.add(fault)
    if rest:
        yield line, rest


def _refuse_lone_returns(text: str, line: int) -> None:
    at = text.find("\r")
    if at < 0:
        return
    before = text[:at]
    raise Unreadable(
        Fault(
            "TELI-E075",
            "The line ends with a carriage return alone",
            line + before.count("\n"),
            at - before.rfind("\n"),
        )
    )


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
