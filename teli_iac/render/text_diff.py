"""What would change in a file, as the unified diff that everybody reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff

from teli_iac.render.ink import Ink, Line, Span, paint
from teli_iac.render.sanitise import for_terminal

_INKS = {"+": Ink.LAUNCHES, "-": Ink.REMOVES, "@": Ink.QUIET}


def render_text_diff(name: str, before: Sequence[str], after: Sequence[str], *, colour: bool) -> str:
    """The difference between the lines of a file; nothing when there is none. For a terminal or a log."""
    return paint(_lines(for_terminal(name), before, after), colour=colour)


def _lines(name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    for number, line in enumerate(unified_diff(before, after, name, f"{name} formatted", lineterm="")):
        is_heading = number < 2  # noqa: PLR2004  the two names
        ink = Ink.STRONG if is_heading else _INKS.get(line[0], Ink.PLAIN)
        yield (Span(line[0] + for_terminal(line[1:]), ink),)
