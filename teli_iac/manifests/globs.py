"""The Project's `exclude:` globs."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

_ANY_FOLDERS = "**"


def matches_any(path: str, globs: Iterable[str]) -> bool:
    """Whether a glob matches the path or a folder above it; both are relative, with `/` between names.

    `*`, `?` and `[…]` stay within one name, `**` stands for any number of folders.
    """
    names = path.split("/")
    return any(_matches(names, _pieces(glob)) for glob in globs)


def _pieces(glob: str) -> list[str]:
    return [piece for piece in glob.split("/") if piece not in {"", "."}]


def _matches(names: list[str], pieces: list[str]) -> bool:
    """Every way to match is followed at once, so that no glob can take more than linear time."""
    reached = _through_any_folders({0}, pieces)
    for name in names:
        if len(pieces) in reached:
            return True
        stepped = {
            at if pieces[at] == _ANY_FOLDERS else at + 1
            for at in reached
            if pieces[at] == _ANY_FOLDERS or fnmatchcase(name, pieces[at])
        }
        reached = _through_any_folders(stepped, pieces)
    return len(pieces) in reached


def _through_any_folders(reached: set[int], pieces: list[str]) -> set[int]:
    """Also the places behind each `**`, which may stand for no folder at all."""
    closed = set(reached)
    for at, piece in enumerate(pieces):
        if at in closed and piece == _ANY_FOLDERS:
            closed.add(at + 1)
    return closed
