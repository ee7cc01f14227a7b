"""A column that the manifest wants and the file lacks, and the one that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from teli_iac.leads.faults import Fault
from teli_iac.leads.selection import PHONE_NUMBER

_SEPARATORS = re.compile(r"[ _.-]+")
_LONGEST = 64
_MOST_COMPARED = 200
_MOST_SUGGESTED = 10
"""More faults than these are counted, not shown."""

_OTHER_WORDS = {
    PHONE_NUMBER: (
        "phone",
        "phoneno",
        "telephone",
        "tel",
        "mobile",
        "cell",
        "cellphone",
        "mobilephone",
        "number",
    ),
    "first_name": ("given name", "forename", "first"),
    "last_name": ("surname", "family name", "last"),
    "email": ("mail", "email address"),
}


def missing_columns(columns: Iterable[str], present: Sequence[str], line: int) -> Iterator[Fault]:
    """That these columns are missing, and for the first few which ones were probably meant.

    A near one is named only where it is the wanted word spelt otherwise; anything else in a file may be
    personal, and is told by its position.
    """
    by_word = _by_word(present)
    for count, column in enumerate(columns):
        step = _step(column, present, by_word) if count < _MOST_SUGGESTED else ""
        yield Fault("TELI-E074", f'There is no column "{column}"', line, 1, step)


def spelt_alike(column: str, present: Sequence[str]) -> str | None:
    """The same word in other letters, or another common word for it."""
    return _alike(column, _by_word(present))


def _step(column: str, present: Sequence[str], by_word: Mapping[str, str]) -> str:
    alike = _alike(column, by_word)
    if alike is not None:
        return f'Did you mean "{alike}"? Map it under `columns` as it is written in the file.'
    near = _near(column, present)
    if near is not None:
        return f"Column {near} of the file is spelt almost so. Names must be the same to the letter."
    return ""


def _by_word(present: Sequence[str]) -> dict[str, str]:
    return {_folded(name): name for name in reversed(present) if len(name) <= _LONGEST}


def _alike(column: str, by_word: Mapping[str, str]) -> str | None:
    words = [_folded(column), *map(_folded, _OTHER_WORDS.get(column, ()))]
    return next((by_word[word] for word in words if word in by_word), None)


def _near(column: str, present: Sequence[str]) -> int | None:
    short = [_folded(name) for name in present[:_MOST_COMPARED] if len(name) <= _LONGEST]
    close = get_close_matches(_folded(column), short, n=1, cutoff=0.7) if len(column) <= _LONGEST else []
    folded = [_folded(name) for name in present[:_MOST_COMPARED]]
    return folded.index(close[0]) + 1 if close else None


def _folded(name: str) -> str:
    return _SEPARATORS.sub("", name.casefold())
