"""The source line under a complaint, with a caret, and without anybody's personal data."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from teli_iac.errors import Problem
from teli_iac.manifests.characters import LINE_BREAK, holds_number, printable
from teli_iac.manifests.document import Fault, Reading, Source, Span
from teli_iac.model import Mark

_WIDTH = 76
_PEOPLE = frozenset({"leads", "query", "phone_number", "first_name", "last_name", "email"})
_PEOPLE_IN_TEXT = re.compile(r"lead|phone|first_?name|last_?name|mail|\\[xuU]", re.IGNORECASE)
_DOCUMENT_START = re.compile(r"---(?=\s|$)")
_PASSWORD = re.compile(r"(?<=//)[^/@\s]+(?=@)")
_NUMBER = re.compile(r"(?<![\w.])(?!\d{4}-\d\d-\d\d)\+?\d(?:[ ().-]{0,3}\d){6,17}(?!\w)")
"""A telephone number, but no part of an id, no date and no number longer than they are."""

_CALLER_ID = re.compile(
    r"""(?:agent_outbound_number|number_pool|numbers)["']?\s*:[^:{}]*\Z|^\s*-\s+["']?\Z"""
)
"""What stands before a number that is our own, and may be shown."""

_PERSON_IN_COMMENT = re.compile(r"""(\#.*?(?:phone_number|first_name|last_name|email)["']?\s*:\s*)(.+)""")
"""A lead that was commented out."""

_MARGIN = 40
_LOOKED_BACK = 2000
_ALIKE = 0.72
END_OF_FILE = 2**31


@lru_cache(maxsize=1024)
def holds_people(key: str) -> bool:
    """Whether what stands at this key may be somebody's: `leads`, nearly so, SQL, an API field, a number."""
    if key in _PEOPLE or holds_number(key):
        return True
    return len(key) < len("leads") * 2 and SequenceMatcher(None, key.lower(), "leads").ratio() >= _ALIKE


def unread_spans(text: str, line: int, column: int, last: int) -> tuple[Span, ...]:
    """What must be hidden of a text not understood from a place on: all from the first hint of people.

    Only lines up to `last` are looked at, since no later one is shown.
    """
    lines = lines_of(text)[:last]
    starts = (number for number in range(line, len(lines)) if _DOCUMENT_START.match(lines[number]))
    first = max(starts, default=line - 1)
    for number in range(first, len(lines)):
        start = column if number == line - 1 else 1
        if _PEOPLE_IN_TEXT.search(lines[number], start - 1):
            return ((number + 1, start, END_OF_FILE, 1),)
    return ()


def problems_at(source: Source, faults: Iterable[Fault]) -> tuple[Problem, ...]:
    """The faults of one file, each with its place and its excerpt."""
    return tuple(
        Problem(
            fault.code,
            fault.message,
            Mark(source.file, fault.line, fault.column),
            fault.next_step,
            excerpt_at(source, fault.line, fault.column),
        )
        for fault in faults
    )


def excerpt_at(source: Source, line: int, column: int) -> tuple[str, ...]:
    """The line and a caret line below it; empty where lead data stands or there is no such line."""
    lines = lines_of(source.reading.text)
    if line > len(lines) or not lines[line - 1] or lines[line - 1].isspace():
        return ()
    spans = source.reading.personal
    if is_personal(spans, line, column):
        return ()
    text = lines[line - 1]
    start = max(0, min(column - 1 - _WIDTH // 2, len(text) - _WIDTH))
    # Cut first: a line may be four million characters long, and be complained about a thousand times.
    left_over = max(0, start - _MARGIN)
    masked = _masked(text[left_over : start + _WIDTH + _MARGIN], line, left_over, spans)
    masked = _without_numbers(masked, text[max(0, left_over - _LOOKED_BACK) : left_over])
    shown = printable(masked[start - left_over :][:_WIDTH])
    left = "…" if start else ""
    right = "…" if start + _WIDTH < len(text) else ""
    return f"{left}{shown}{right}", " " * (len(left) + column - 1 - start) + "^"


def shown_lines(reading: Reading) -> list[str]:
    """Every line of a file as it may be shown: lead data, passwords and telephone numbers are dots."""
    return [
        _shown_line(line, number, reading.personal)
        for number, line in enumerate(lines_of(reading.text.removesuffix("\n")), start=1)
    ]


def is_personal(spans: Sequence[Span], line: int, column: int) -> bool:
    """Whether the place lies inside one of the spans."""
    return any(span[:2] <= (line, column) < span[2:] for span in _near(spans, line))


@lru_cache(maxsize=4)
def lines_of(text: str) -> list[str]:
    """The lines of a text; remembered, since all complaints about a file come one after the other."""
    return LINE_BREAK.split(text)


def _near(spans: Sequence[Span], line: int) -> Iterator[Span]:
    """The spans that touch a line. They are in order and share nothing, so most need not be looked at."""
    for at in range(bisect_right(spans, (line, END_OF_FILE, 0, 0)) - 1, -1, -1):
        if spans[at][2] < line:
            return
        yield spans[at]


def _masked(text: str, line: int, cut: int, spans: Sequence[Span]) -> str:
    """A piece of a line, `cut` characters from its start, with lead data and passwords dotted out."""
    for start_line, start_column, end_line, end_column in _near(spans, line):
        start = max(0, start_column - 1 - cut) if line == start_line else 0
        end = max(0, end_column - 1 - cut) if line == end_line else len(text)
        text = text[:start] + "·" * len(text[start:end]) + text[end:]
    return _PASSWORD.sub(lambda found: "·" * len(found[0]), text)


def _shown_line(line: str, number: int, spans: Sequence[Span]) -> str:
    masked = _without_numbers(_masked(line, number, 0, spans), "")
    masked = _PERSON_IN_COMMENT.sub(lambda found: found[1] + "·" * len(found[2]), masked)
    return "".join(was if was.isspace() else now for was, now in zip(line, masked, strict=True))


def _without_numbers(text: str, before: str) -> str:
    """A piece of a line with every telephone number dotted out that is no caller id."""

    def dotted(found: re.Match[str]) -> str:
        is_ours = _CALLER_ID.search(before + text[: found.start()])
        return found[0] if is_ours else "·" * len(found[0])

    return _NUMBER.sub(dotted, text)
