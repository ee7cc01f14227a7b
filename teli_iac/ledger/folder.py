"""The folder `.teli/` beside the manifests, and files that appear in it whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex


def prepare_folder(folder: Path) -> None:
    """Make the folder 0700 with a `.gitignore` of everything, and make its name outlive a power cut."""
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="ascii")
    sync_folder(folder.parent)


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """An empty file 0600 to be filled; it appears at `path` when the body is done, or FileExistsError.

    A hard link appears whole and replaces nothing: of two who make the same file one wins, and a crash
    leaves no half file at `path`.
    """
    fresh = path.with_name(f"{path.name}.{token_hex(8)}.new")
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield fresh
        path.hardlink_to(fresh)
    finally:
        fresh.unlink()
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    if os.name != "posix":  # elsewhere a folder cannot be opened, and its entries need no syncing
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
