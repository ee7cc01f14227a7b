"""Blank lines: as many at the end of a file as an export leaves, none before that."""

from __future__ import annotations

from collections.abc import Iterator

from teli_iac.leads.faults import Fault, Faults, Unreadable

_MOST_BLANK = 100_000
"""Characters of all blank lines. No export leaves more, and a small archive can hold millions of lines."""


def without_blanks(lines: Iterator[tuple[int, str]], faults: Faults) -> Iterator[tuple[int, str]]:
    """The lines that hold something; a blank one that something follows is a fault, told once a gap.

    Raises Unreadable where there is more blank than any export leaves.
    """
    gap = blank = 0
    for line, text in lines:
        if not text.strip(" "):
            gap = gap or line
            blank += len(text) + 1
            if blank > _MOST_BLANK:
                raise Unreadable(
                    Fault("TELI-E076", f"More than {_MOST_BLANK:,} lines or spaces are blank", gap)
                )
            continue
        if gap:
            faults.add(Fault("TELI-E076", "The line is blank, and more follows", gap))
            gap = 0
        yield line, text
