"""The cells of one row of delimited text, quotes undone, each with the place it begins at.

The standard library's reader is not used: it accepts ragged rows and NUL, reads a quote in the middle of
a cell as text, and cannot say in which column a cell begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"')


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell and the offset of its first character in the row, its quote included."""

    offset: int
    text: str


class Misquoted(Exception):
    """A quote that opens or closes nothing, at this offset of the row."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__()
        self.offset = offset
        self.message = message


def read_cells(text: str, delimiter: str) -> Iterator[Cell]:
    """Every cell of a complete row, in order; raises Misquoted."""
    start = 0
    while True:
        value, end = (
            _quoted(text, start, delimiter)
            if text[start : start + 1] == '"'
            else _plain(text, start, delimiter)
        )
        yield Cell(start, value)
        if end == len(text):
            return
        start = end + 1


def _quoted(text: str, start: int, delimiter: str) -> tuple[str, int]:
    found = _QUOTED.match(text, start)
    if found is None:
        raise Misquoted(start, "The quote that opens here is never closed")
    if found.end() < len(text) and text[found.end()] != delimiter:
        raise Misquoted(found.end(), "There is text between a closing quote and the next delimiter")
    return found[1].replace('""', '"'), found.end()


def _plain(text: str, start: int, delimiter: str) -> tuple[str, int]:
    end = text.find(delimiter, start)
    end = len(text) if end < 0 else end
    quote = text.find('"', start, end)
    if quote >= 0:
        raise Misquoted(quote, "There is a quote inside a cell that does not begin with one")
    return text[start:end], end


def place_in(text: str, offset: int, line: int) -> tuple[int, int]:
    """Line and column of an offset into a row that begins on this line and may span several."""
    before = text[:offset]
    return line + before.count("\n"), offset - before.rfind("\n")
