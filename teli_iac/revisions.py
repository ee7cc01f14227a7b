"""The files of a git revision, as they were committed; neither index nor work tree is touched.

What was committed is read as it is: no filter of the repository's settings runs over it, no hook, and
nothing of a submodule is read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from teli_iac.errors import NotConfigured, UsageError
from teli_iac.git_program import Ran, run_git

_WITHIN = 120.0
_AT_ONCE = 64 * 1024 * 1024
"""Bytes of files that are asked for in one go: a revision may hold more than fits into memory."""

_FILE_MODES = frozenset({"100644", "100755"})
_LINK_MODE = "120000"

Wanted = Callable[[str], bool]
"""Whether the file of this name, below the folder, is to be read."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit: its full name, when it was made (UTC), and the first line of its message."""

    name: str
    at: datetime
    subject: str


@dataclass(frozen=True, slots=True)
class _Entry:
    mode: str
    blob: str
    size: int
    path: str


def find_revision(folder: Path, text: str) -> Revision:
    """The commit that `text` names (`HEAD~3`, a tag, `main@{yesterday}`). UsageError when it names none."""
    ran = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{text}^{{commit}}")
    if ran.code != 0:
        _refuse_without_repository(folder)
        raise UsageError(
            f"There is no revision {text!r} in this repository.",
            "Name a commit, branch or tag that `git log` shows. In a shallow clone: git fetch --unshallow",
        )
    (revision,) = _log(folder, "--no-walk", ran.output.decode().strip())
    return revision


def list_revisions(folder: Path, paths: Sequence[str] = (".",)) -> tuple[Revision, ...]:
    """Every commit that changed something at these paths below the folder, newest first.

    All that a branch, a tag or a remote's branch of this clone reaches, and what its reflog remembers.
    """
    _refuse_without_repository(folder)
    reach = ("--branches", "--tags", "--remotes", "--reflog", "--full-history", "--date-order")
    heads = ("HEAD",) if _git(folder, "rev-parse", "--verify", "--quiet", "HEAD").code == 0 else ()
    return tuple(_log(folder, *reach, *heads, "--", *paths))


def is_shallow(folder: Path) -> bool:
    """Whether this clone holds only the end of the history."""
    return _answer(_git(folder, "rev-parse", "--is-shallow-repository")).strip() == b"true"


def read_files(folder: Path, revision: Revision, wanted: Wanted = lambda _: True) -> Mapping[str, bytes]:
    """What the files below the folder held then, by their names from there; links are left out."""
    entries = [entry for entry in _entries(folder, revision, wanted) if entry.mode in _FILE_MODES]
    return {entry.path: content for entry, content in _contents(folder, entries)}


@contextmanager
def laid_out(folder: Path, revision: Revision, wanted: Wanted = lambda _: True) -> Iterator[Path]:
    """A folder for temporary files with what lay below `folder` then; it is removed afterwards.

    Only its user can read it. Links come last, so that no file is ever written through one.
    """
    entries = _entries(folder, revision, wanted)
    with TemporaryDirectory(prefix="teli-iac-") as temporary:
        root = Path(temporary)
        for entry, content in _contents(folder, [each for each in entries if each.mode in _FILE_MODES]):
            path = root / entry.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for entry, target in _contents(folder, [each for each in entries if each.mode == _LINK_MODE]):
            path = root / entry.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(os.fsdecode(target))
        yield root


def _log(folder: Path, *arguments: str) -> Iterator[Revision]:
    # %x00 ends a field: a message may hold anything else.
    told = _answer(_git(folder, "log", "-z", "--no-show-signature", "--format=%H%x01%ct%x01%s", *arguments))
    for line in told.decode("utf-8", errors="replace").split("\0"):
        if line:
            name, seconds, subject = line.split("\x01", 2)
            yield Revision(name, datetime.fromtimestamp(int(seconds), UTC), subject)


def _entries(folder: Path, revision: Revision, wanted: Wanted) -> list[_Entry]:
    prefix = _answer(_git(folder, "rev-parse", "--show-prefix")).decode(errors="surrogateescape")[:-1]
    tree = f"{revision.name}:{prefix.rstrip('/')}"
    ran = _git(folder, "ls-tree", "-r", "-z", "-l", "--full-tree", tree)
    if ran.code != 0 and _git(folder, "rev-parse", "--verify", "--quiet", tree).code != 0:
        return []  # the folder was not there yet
    lines = [line for line in _answer(ran).split(b"\0") if line]
    entries = (_entry(line.decode(errors="surrogateescape")) for line in lines)
    return [entry for entry in entries if _is_plain(entry.path) and wanted(entry.path)]


def _entry(line: str) -> _Entry:
    about, path = line.split("\t", 1)
    mode, _, blob, size = about.split()
    return _Entry(mode, blob, int(size) if size.isdigit() else 0, path)


def _is_plain(path: str) -> bool:
    """Git's own checks forbid other names, and somebody could have made a tree without them."""
    return all(part not in {"", ".", ".."} and part.lower() != ".git" for part in PurePosixPath(path).parts)


def _contents(folder: Path, entries: Sequence[_Entry]) -> Iterator[tuple[_Entry, bytes]]:
    for batch in _batches(entries):
        asked = "".join(f"{entry.blob}\n" for entry in batch).encode()
        answer = _answer(_git(folder, "cat-file", "--batch", given=asked))
        place = 0
        for entry in batch:
            end = answer.index(b"\n", place)
            size = int(answer[place:end].rsplit(b" ", 1)[1])
            place = end + 1 + size + 1
            yield entry, answer[end + 1 : place - 1]


def _batches(entries: Sequence[_Entry]) -> Iterator[list[_Entry]]:
    batch: list[_Entry] = []
    held = 0
    for entry in entries:
        if batch and held + entry.size > _AT_ONCE:
            yield batch
            batch, held = [], 0
        batch.append(entry)
        held += entry.size
    if batch:
        yield batch


def _refuse_without_repository(folder: Path) -> None:
    ran = _git(folder, "rev-parse", "--git-dir")
    if ran.code != 0:
        raise NotConfigured(
            f"This needs the history of the manifests, and their folder is in no git repository: {ran.said}.",
            "Run it in a clone of the repository that the manifests are kept in.",
        )


def _git(folder: Path, *arguments: str, given: bytes = b"") -> Ran:
    # Optional locks would write the index of whoever works there; a path is a name and no pattern.
    return run_git(
        arguments,
        folder,
        {"GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1"},
        within=_WITHIN,
        given=given,
    )


def _answer(ran: Ran) -> bytes:
    if ran.code != 0:
        raise NotConfigured(
            f"The history of the manifests cannot be read: {ran.said}.",
            "See that `git log` works in the folder of the manifests, then run it again.",
        )
    return ran.output
