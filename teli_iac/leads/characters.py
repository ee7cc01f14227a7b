"""Characters that no leads file may hold: they hide, reorder or end what a reader sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from teli_iac.leads.faults import Fault
from teli_iac.model import JsonValue

HIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters but tab and line ends
    "\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"  # bidi, invisible, other line breaks
    "\ufffe\uffff"  # non-characters
)
"""All but lone surrogates, which decoded bytes cannot have, as the inside of a class of characters."""

_SURROGATES = "\ud800-\udfff"
_IN_FILES = re.compile(f"[{HIDDEN}{_SURROGATES}]")
_IN_VALUES = re.compile(f"[{HIDDEN}{_SURROGATES}\t\n\r]")
_NAMES = {"\x00": "NUL", "\t": "tab", "\n": "line feed", "\r": "carriage return", "\x1b": "escape"}
"""Control characters that people make; Unicode itself has no names for them."""


def is_clean(text: str) -> bool:
    """Whether lines, joined by their line feeds, hold no character that may stand nowhere in a file."""
    return _IN_FILES.search(text) is None


def forbidden_in_text(text: str, line: int) -> Iterator[Fault]:
    """Every character of this line that may stand nowhere in a file."""
    for found in _IN_FILES.finditer(text):
        yield _fault(found[0], line, found.start() + 1)


def forbidden_in_value(value: JsonValue) -> str | None:
    """The first character in a value to be sent that may not be sent, however deep it lies, or None.

    Tabs and line ends may stand in columns that stay here, but not in what is sent.
    """
    if isinstance(value, str):
        found = _IN_VALUES.search(value)
        return found[0] if found else None
    if isinstance(value, list):
        return next(filter(None, map(forbidden_in_value, value)), None)
    if isinstance(value, dict):
        return next(filter(None, map(forbidden_in_value, [*value, *value.values()])), None)
    return None


def fault_of_value(character: str, line: int | None, column: int) -> Fault:
    """What is told of a character that may not be sent."""
    return _fault(character, line, column)


def _fault(character: str, line: int | None, column: int) -> Fault:
    named = _NAMES.get(character) or unicodedata.name(character, "").lower()
    told = f"U+{ord(character):04X}" + (f" ({named})" if named else "")
    return Fault("TELI-E069", f"The character {told} may not stand here", line, column)
