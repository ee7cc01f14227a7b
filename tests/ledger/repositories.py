"""Git repositories as users and hosts have them, for the ledger that lies in one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

PROGRAM = shutil.which("git") or "git"
REF = "refs/teli-iac/ledger/acme"

# No settings of whoever runs the tests.
ALONE = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
}
NOBODY: Mapping[str, str] = {
    "GIT_COMMITTER_NAME": "t",
    "GIT_COMMITTER_EMAIL": "t",
    "GIT_AUTHOR_NAME": "t",
    "GIT_AUTHOR_EMAIL": "t",
}


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git answers in a folder; it must succeed."""
    ran = subprocess.run(  # noqa: S603  ours
        [PROGRAM, *arguments],
        cwd=folder,
        env={**ALONE, **NOBODY},
        input=given,
        capture_output=True,
        check=True,
    )
    return ran.stdout


def make_bare(bare: Path, *options: str) -> Path:
    """A remote as a careful host keeps it: it checks what it takes and never lets history be rewritten."""
    git(bare.parent, "init", "--quiet", "--bare", *options, str(bare))
    for setting in ("receive.denyNonFastForwards", "receive.denyDeletes", "receive.fsckObjects"):
        git(bare, "config", setting, "true")
    return bare


def clone(bare: Path, folder: Path) -> Path:
    """A clone with a user's commit in it."""
    git(bare.parent, "clone", "--quiet", str(bare), str(folder))
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Begin")
    return folder


def rewrite(bare: Path, changed: Mapping[str, bytes | None]) -> None:
    """Put a commit with these files changed, or removed, in the place of the ledger's last one."""
    files = [line.split("\t") for line in git(bare, "ls-tree", "-r", REF).decode().splitlines()]
    kept = {name: about for about, name in files if name not in changed}
    for name, content in changed.items():
        if content is not None:
            blob = git(bare, "hash-object", "-w", "--stdin", given=content).decode().strip()
            kept[name] = f"100644 blob {blob}"
    tree = _tree(bare, kept)
    commit = git(bare, "commit-tree", tree, "-m", "tamper").decode().strip()
    git(bare, "update-ref", REF, commit)


def read(bare: Path, name: str) -> bytes:
    return git(bare, "show", f"{REF}:{name}")


def _tree(bare: Path, files: Mapping[str, str]) -> str:
    folders: dict[str, dict[str, str]] = {}
    entries: list[str] = []
    for name, about in files.items():
        folder, _, rest = name.rpartition("/")
        if folder:
            folders.setdefault(folder, {})[rest] = about
        else:
            entries.append(f"{about}\t{name}")
    entries += [f"040000 tree {_tree(bare, inside)}\t{folder}" for folder, inside in folders.items()]
    return git(bare, "mktree", given="".join(f"{entry}\n" for entry in entries).encode()).decode().strip()
