"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

_MOST_NAMES = 100
_LONGEST = 64
"""Comparing is quadratic in the length, and nobody misspells a longer word by accident."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to this one without regard to case, or None when none is close."""
    if len(word) > _LONGEST:
        return None
    folded = {_folded(candidate): candidate for candidate in known}
    close = get_close_matches(_folded(word), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean "leads"? ` with its closing space, or nothing."""
    close = nearest(word, known)
    return f'Did you mean "{close}"? ' if close is not None else ""


@lru_cache(maxsize=1024)
def did_you_mean_name(name: str, known: frozenset[str]) -> str:
    """The same for names of documents, of which there may be so many that comparing would take seconds."""
    return did_you_mean(name, sorted(known)) if len(known) <= _MOST_NAMES else ""


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_")
