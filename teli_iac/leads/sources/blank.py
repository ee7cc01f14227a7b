"""Blank lines: any number at the end of a file, none before that."""

from __future__ import annotations

from collections.abc import Iterator

from teli_iac.leads.faults import Fault, Faults


def without_blanks(lines: Iterator[tuple[int, str]], faults: Faults) -> Iterator[tuple[int, str]]:
    """The lines that hold something; a blank one that something follows is a fault, told once a gap."""
    gap = 0
    for line, text in lines:
        if not text.strip(" "):
            gap = gap or line
            continue
        if gap:
            faults.add(Fault("TELI-E076", "The line is blank, and more follows", gap))
            gap = 0
        yield line, text
