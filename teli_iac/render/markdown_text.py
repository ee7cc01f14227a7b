"""Text that others wrote, made safe for Markdown as GitHub, GitLab and others read it.

Whatever is no plain word or number goes into a code span: nothing in there is markup, HTML, a link, a
mention (`@name`), a reference (`#12`, `!12`, a commit) or an image. Escapes of a terminal, line breaks and
characters that reorder text are made visible first. Words and numbers alone cannot mean anything else, for
no text of others ever stands at the beginning of a line.
"""

from __future__ import annotations

import re

from teli_iac.render.sanitise import for_terminal

_TICKS = re.compile("`+")
_PLAIN = re.compile(r"""[("]?(?:[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*|\d{1,6}(?:[,.:]\d+)*)[)"]?[.,:;!?]?[)"]?""")
"""A word of letters or a number, perhaps in brackets or quotes, perhaps at the end of a sentence."""

_END = re.compile(r"[.,:;]+$")
_OURS = re.compile(r"(`[^`]*`)")


def code(text: str) -> str:
    """The text as one code span, whatever is in it; empty text is a visible nothing."""
    safe = for_terminal(text) or " "
    longest = max((len(found) for found in _TICKS.findall(safe)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if safe.startswith(("`", " ")) or safe.endswith(("`", " ")) else ""
    return f"{fence}{pad}{safe}{pad}{fence}"


def prose(text: str) -> str:
    """A sentence: its plain words as they are, every run of other words as one code span."""
    pieces = _OURS.split(text)
    said = [_words(piece) if index % 2 == 0 else code(piece[1:-1]) for index, piece in enumerate(pieces)]
    return " ".join(piece for piece in said if piece)


def _words(text: str) -> str:
    told: list[str] = []
    strange: list[str] = []
    for word in for_terminal(text).split(" "):
        if not word:
            continue
        if _PLAIN.fullmatch(word) or word in _HARMLESS:
            told += _spanned(strange)
            strange = []
            told.append(_HARMLESS.get(word, word))
        else:
            strange.append(word)
    return " ".join((*told, *_spanned(strange)))


_DOT = "\N{MIDDLE DOT}"
_HARMLESS = {"->": "\N{RIGHTWARDS ARROW}", **{sign: sign for sign in ("-", ".", ",", ";", _DOT)}}
"""Signs of our own that mean nothing to Markdown in the middle of a line."""


def _spanned(words: list[str]) -> list[str]:
    """The words as one code span, a full stop or comma at their end behind it."""
    if not words:
        return []
    text = " ".join(words)
    end = _END.search(text)
    inner = text[: end.start()] if end else text
    return [f"{code(inner)}{end[0] if end else ''}" if inner else code(text)]
