r"""Text that others wrote, made safe for a terminal and for the log of a pipeline.

Manifests, lead files and the API may carry escape sequences that repaint a terminal, line breaks that
forge a line of a plan, bidirectional and invisible characters that make two names look alike, and
commands that a pipeline obeys when it finds them in a log (`::error::`, `##[…]`). Each such character
becomes a visible escape such as `\x1b`; all else stays as it is.
"""

from __future__ import annotations

import re
import unicodedata

_COMMAND_MARK = re.compile(r"(?<=:):|(?<=#)#|^\s*:")
"""What could begin a pipeline's command: a doubled mark, and a colon that the renderer might double."""

_ALSO_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Invisible, although Unicode counts them as letters, marks or symbols."""

_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
_MARK_CATEGORIES = frozenset({"Mn", "Me", "Mc"})
_MOST_MARKS = 2
"""Accents a letter may carry; a tower of them paints over the lines around it."""

_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def for_terminal(text: str) -> str:
    """One line of visible text, whatever went in. Applying it twice changes nothing more."""
    if text.isascii() and text.isprintable():
        return _COMMAND_MARK.sub(_escape_last, text)
    return _COMMAND_MARK.sub(_escape_last, _escape_unseen(text))


def _escape_unseen(text: str) -> str:
    pieces = []
    marks = _MOST_MARKS
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in _MARK_CATEGORIES else 0
        unseen = category in _UNSEEN_CATEGORIES and character != " "
        if unseen or marks > _MOST_MARKS or _ALSO_UNSEEN.match(character):
            pieces.append(_escape(character))
        else:
            pieces.append(character)
    return "".join(pieces)


def _escape_last(found: re.Match[str]) -> str:
    return found[0][:-1] + _escape(found[0][-1])


def _escape(character: str) -> str:
    code = ord(character)
    if character in _NAMED:
        return _NAMED[character]
    if code <= 0xFF:  # noqa: PLR2004  the last code that two hexadecimal digits write
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004  the same for four
