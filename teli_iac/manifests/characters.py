"""From bytes to text: strictly UTF-8, and no character that hides or reorders what a reader sees."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from teli_iac.manifests.document import Fault

LINE_BREAK = re.compile(r"\r\n|\r|\n")
_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_REPORTED_CHARACTERS = 10
_QUOTED = 60
_NUMBER = re.compile(r"\+?\d(?:[ ().-]{0,3}\d){6,}")
"""What may be somebody's telephone number, wherever it stands."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters; NEL breaks lines in YAML 1.1 only
    "\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"  # bidi, invisible, other line breaks
    "\ud800-\udfff\ufffe\uffff]"  # lone surrogates and non-characters
)


def decode(data: bytes) -> tuple[str, tuple[Fault, ...]]:
    """The text of a file, and what is wrong with it; text with faults serves excerpts only."""
    if data.startswith(_WIDE_MARKS) or b"\x00" in data[:4]:
        return "", (_not_utf8("The file is UTF-16 or UTF-32, not UTF-8", 1, 1),)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line, column = place_of(data[: error.start].decode())
        fault = _not_utf8(f"The byte 0x{data[error.start]:02x} here is not UTF-8", line, column)
        return data.decode(errors="replace"), (fault,)
    return text, tuple(islice(_forbidden_characters(text), _REPORTED_CHARACTERS))


def forbidden_character(text: str) -> str | None:
    """The name of the first character that no manifest may hold, or None."""
    found = _FORBIDDEN.search(text)
    return _name(found[0]) if found else None


def printable(text: str) -> str:
    """The text with every character that could move the cursor or the reader replaced by `·`."""
    return _FORBIDDEN.sub("·", text.replace("\t", " ")).replace("\n", "·").replace("\r", "·")


def quoted(text: str) -> str:
    """The text in quotes, cut to a length that leaves a sentence readable, and without anybody's number."""
    return f'"{named(text)}{"…" if len(text) > _QUOTED else ""}"'


def named(text: str) -> str:
    """A key or word as a sentence may show it: on one line, cut, and without anybody's number."""
    return printable(_NUMBER.sub(_dots, text[: 2 * _QUOTED])[:_QUOTED])


def holds_number(text: str) -> bool:
    """Whether this may be or hold somebody's telephone number."""
    return _NUMBER.search(text) is not None


def place_of(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what follows the text `before`."""
    lines = LINE_BREAK.split(before)
    return len(lines), len(lines[-1]) + 1


def _dots(found: re.Match[str]) -> str:
    return "·" * len(found[0])


def _not_utf8(message: str, line: int, column: int) -> Fault:
    return Fault("TELI-E020", message, "Save the file as UTF-8.", line, column)


def _forbidden_characters(text: str) -> Iterator[Fault]:
    for found in _FORBIDDEN.finditer(text):
        line, column = place_of(text[: found.start()])
        yield Fault(
            "TELI-E021",
            f"The character {_name(found[0])} may not stand in a manifest",
            "Remove it; it hides or reorders what a reader sees.",
            line,
            column,
        )


def _name(character: str) -> str:
    named = unicodedata.name(character, "")
    return f"U+{ord(character):04X} ({named.lower()})" if named else f"U+{ord(character):04X}"
