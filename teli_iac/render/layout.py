"""From words to lines: every text is made safe here, wrapped between words, and never cut.

An id that is too long for the line stands on a line of its own, so that it can be copied whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from teli_iac.render.ink import Ink, Line, Span
from teli_iac.render.sanitise import for_terminal

_NARROWEST = 40
_WIDEST = 120
"""Lines longer than this are hard to follow, however wide the terminal is."""

_WORD = re.compile(r"(?:-> )?(?:`[^`]*`\S*|\S+)")
"""A word; a command in back ticks, which is copied and stays whole; an arrow leads the word it points to."""

_BLOCK_INDENT = 6
_LABEL_ROOM = 10


@dataclass(frozen=True, slots=True)
class Fact:
    """One line under a change: a label, what it says, and the manifest line that says so.

    A fact without a label takes the whole line; its continuation is indented.
    """

    label: str
    text: str
    aside: str = ""
    ink: Ink = Ink.PLAIN


def measure(width: int) -> int:
    """The columns that lines may use in a terminal of this width."""
    return max(_NARROWEST, min(width, _WIDEST))


def columns(text: str) -> int:
    """How many terminal columns a safe text takes: wide characters two, accents none."""
    if text.isascii():
        return len(text)
    return sum(_column(character) for character in text)


def _column(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrap(text: str, first: int, rest: int) -> list[str]:
    """Break a safe text between words: the first row has `first` columns, the others `rest`."""
    rows = [""]
    for word in _WORD.findall(text):
        room = first if len(rows) == 1 else rest
        grown = f"{rows[-1]} {word}" if rows[-1] else word
        if rows[-1] and columns(grown) > room:
            rows.append(word)
        else:
            rows[-1] = grown
    return rows


def flow(prefix: Line, text: str, room: int, *, hanging: int, ink: Ink = Ink.PLAIN) -> list[Line]:
    """A paragraph after a prefix, its further rows indented by `hanging` columns."""
    used = sum(columns(span.text) for span in prefix)
    first, *others = wrap(for_terminal(text), room - used, room - hanging)
    indented = [(Span(" " * hanging), Span(row, ink)) for row in others]
    return [(*prefix, Span(first, ink)), *indented]


def fact_lines(facts: Sequence[Fact], room: int) -> Iterator[Line]:
    """The facts of one change, their places in one column at the right."""
    for fact in facts:
        yield from _with_aside(_fact(fact, room), for_terminal(fact.aside), room)


def _fact(fact: Fact, room: int) -> list[Line]:
    if not fact.label:
        return flow((Span(" " * _BLOCK_INDENT),), fact.text, room, hanging=_BLOCK_INDENT + 2, ink=fact.ink)
    label = Span(" " * _BLOCK_INDENT + fact.label.ljust(_LABEL_ROOM), Ink.QUIET)
    return flow((label,), fact.text, room, hanging=_BLOCK_INDENT + _LABEL_ROOM, ink=fact.ink)


def _with_aside(lines: list[Line], aside: str, room: int) -> Iterable[Line]:
    if not aside:
        return lines
    used = sum(columns(span.text) for span in lines[-1])
    gap = room - used - columns(aside)
    if gap >= 2:  # noqa: PLR2004  less than two spaces would read as one sentence
        return [*lines[:-1], (*lines[-1], Span(" " * gap), Span(aside, Ink.QUIET))]
    indent = max(_BLOCK_INDENT, room - columns(aside))
    return [*lines, (Span(" " * indent), Span(aside, Ink.QUIET))]
