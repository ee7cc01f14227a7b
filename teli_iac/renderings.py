"""Renderings as files: each written whole or not at all, and never over manifests, leads or a folder."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex

from teli_iac.errors import NotWritten, UsageError

_NOT_OURS = frozenset({".yaml", ".yml", ".csv", ".jsonl", ".parquet", ".gz"})
"""What manifests and leads end with: a slip of the keyboard must not write over them."""


def refuse_place(path: Path) -> None:
    """Refuse a place where a rendering cannot be written, before there is one. Raises UsageError."""
    if path.suffix.lower() in _NOT_OURS:
        raise UsageError(
            f"{path.name} ends like a manifest or a file of leads, so it is not written over.",
            "Give the file another ending: plan.md, plan.html, plan.json",
        )
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent} to write to.", "Make it, or name another.")
    if os.path.isdir(path):  # noqa: PTH112  a name that is too long is no folder, and told when it is written
        raise UsageError(f"{path} is a folder.", "Name a file in it.")


def write_rendering(path: Path, text: str) -> None:
    """Write a file whole or not at all; one that was there is replaced. Raises NotWritten."""
    fresh = path.with_name(f".{path.name[:100]}.{token_hex(8)}.new")
    try:
        with fresh.open("x", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        said = (error.strerror or "unknown reason").lower()
        raise NotWritten(
            f"{path} could not be written: {said}.", "Make room or name another file, and run it again."
        ) from error
    finally:
        fresh.unlink(missing_ok=True)


def folder_in_repository(project: Path, root: str | None) -> str:
    """Where a project lies in its repository, as `calls/acme`; empty at the root or without a repository.

    `root` is what a pipeline says; else the nearest folder above that git keeps.
    """
    folder = project.resolve()
    above = [Path(root).resolve()] if root else [each for each in (folder, *folder.parents) if _is_root(each)]
    below = folder.relative_to(above[0]).as_posix() if above and folder.is_relative_to(above[0]) else "."
    return "" if below == "." else below


def _is_root(folder: Path) -> bool:
    return (folder / ".git").exists()
