"""What a code of ours means, for `explain` and for the next step under every message."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A code explained: a few words, one or two sentences of meaning, and what to do."""

    title: str
    meaning: str
    next_step: str
