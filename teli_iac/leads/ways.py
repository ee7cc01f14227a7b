"""How lists are read on this machine: nothing of it changes who is called."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_MEBIBYTE = 1024**2


@dataclass(frozen=True, slots=True)
class Ways:
    """From `long_bytes` on a file is read in pieces, by the engine where it is installed.

    Below, the engine takes longer to start than the exact way to read it all. `extras` is whether what
    `teli-iac[fast]` brings is used where it is there. `cache` is the folder in which clean long files are
    remembered, None for nowhere; `release` is the version that remembers.
    """

    long_bytes: int = 4 * _MEBIBYTE
    piece_bytes: int = 2 * _MEBIBYTE
    extras: bool = True
    cache: Path | None = None
    release: str = ""


USUAL_WAYS = Ways()


def remembering_ways(caches: Path, release: str) -> Ways:
    """As usual, and what was clean is remembered below the folder that has this user's caches."""
    return Ways(cache=caches / "teli-iac" / "leads", release=release)
