"""Colour, where it helps: a line is a row of spans, and painting it is the last thing that happens.

Layout and words never see an escape sequence, so a plan says the same with and without colour.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Ink(Enum):
    """What a span means; the value is its SGR parameter, empty for plain text."""

    PLAIN = ""
    STRONG = "1"
    QUIET = "2"
    LAUNCHES = "32"
    REMOVES = "31"
    CHANGES = "33"
    REPLACES = "35"
    ALARM = "1;31"


@dataclass(frozen=True, slots=True)
class Span:
    """Some text of one ink, without line breaks."""

    text: str
    ink: Ink = Ink.PLAIN


Line: TypeAlias = tuple[Span, ...]


def paint(lines: Iterable[Line], *, colour: bool) -> str:
    """The lines as text that ends with a newline; without colour not one escape sequence is in it."""
    return "".join(_paint_line(line, colour=colour) + "\n" for line in lines)


def _paint_line(line: Line, *, colour: bool) -> str:
    if not colour:
        return "".join(span.text for span in line)
    return "".join(
        f"\x1b[{span.ink.value}m{span.text}\x1b[0m" if span.ink.value and span.text else span.text
        for span in line
    )
