"""One commit of a ledger: reading its files, and making the next one."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from teli_iac.ledger.git.remote import Remote
from teli_iac.ledger.rules import torn

_NEXT = "refs/ledger/next"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit and the names of its files, each with the object that holds it.

    `seen` is the commit at the ref that it stands for: itself, or one of an older format before it.
    """

    name: str
    files: Mapping[str, str] = field(repr=False)
    seen: str

    def named(self, beginning: str) -> list[str]:
        """The files whose names begin so."""
        return [name for name in self.files if name.startswith(beginning)]


def read_commit(remote: Remote, name: str) -> Commit:
    """The commit of this name, which was fetched or made here."""
    listed = remote.work("ls-tree", "-r", "-z", "--full-tree", name).decode(errors="surrogateescape")
    entries = (entry.split("\t", 1) for entry in listed.split("\0") if entry)
    return Commit(name, {path: about.split(" ")[2] for about, path in entries}, seen=name)


def read_files(remote: Remote, commit: Commit, names: Iterable[str]) -> dict[str, bytes]:
    """What the files of these names hold; LedgerDamaged when one is missing."""
    wanted = list(dict.fromkeys(names))
    lost = next((name for name in wanted if name not in commit.files), None)
    if lost is not None:
        raise torn(f"its file {lost} is missing")
    asked = "".join(f"{commit.files[name]}\n" for name in wanted).encode()
    answer = remote.work("cat-file", "--batch", given=asked)
    found: dict[str, bytes] = {}
    place = 0
    for name in wanted:
        end = answer.index(b"\n", place)
        _, kind, size = answer[place:end].split(b" ")
        if kind != b"blob":
            raise torn(f"its file {name} is none")
        place = end + 1 + int(size) + 1
        found[name] = answer[end + 1 : place - 1]
    return found


def make_commit(
    remote: Remote, before: str | None, files: Mapping[str, bytes | None], at: datetime, what: str
) -> str:
    """A commit after `before` with these files changed (None: removed), in our own repository; its name.

    Everybody commits under one name, and a random word makes every commit one of a kind: of two who write
    the same at the same time, each can tell its own commit from the other's.
    """
    message = f"{what}\n\nwrite {secrets.token_hex(16)}\n".encode()
    who = f"teli-iac <teli-iac> {max(0, int(at.timestamp()))} +0000".encode()
    lines = [b"reset %b\n" % _NEXT.encode(), b"commit %b\nmark :1\n" % _NEXT.encode()]
    lines += [b"committer %b\n" % who, b"data %d\n%b" % (len(message), message)]
    if before is not None:
        lines.append(b"from %b\n" % before.encode())
    for name, content in files.items():
        if content is None:
            lines.append(b"D %b\n" % name.encode())
            continue
        lines += [b"M 100644 inline %b\n" % name.encode(), b"data %d\n" % len(content), content, b"\n"]
    lines.append(b"get-mark :1\ndone\n")
    return remote.work("fast-import", "--quiet", "--force", "--done", given=b"".join(lines)).decode().strip()
