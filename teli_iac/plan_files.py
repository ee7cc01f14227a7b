"""Saved plans as files: written for their owner alone, read with care, never written over anything else."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from secrets import token_hex

from teli_iac.errors import AlreadyThere, PlanUnsigned, SavedPlanError, UsageError
from teli_iac.saved_plans import SavedPlan, is_saved_plan, read_document

MOST_BYTES = 256 * 1024 * 1024
"""A plan of a hundred thousand campaigns is about so large; what is larger is something else."""

_MANIFESTS = frozenset({".yaml", ".yml"})


def saved_plan_among(paths: Sequence[str], cwd: Path) -> Path | None:
    """The one path that is given instead of manifests, when it is an ordinary file and no manifest."""
    if len(paths) != 1 or paths[0] == "-":  # which stands for standard input
        return None
    path = cwd / paths[0]
    return path if path.suffix.lower() not in _MANIFESTS and path.is_file() else None


def refuse_in_the_way(path: Path) -> None:
    """Refuse a place where a plan cannot be written, before it is made. UsageError or AlreadyThere."""
    if path.suffix.lower() in _MANIFESTS:
        raise UsageError(
            f"A saved plan in {path.name} would be read as a manifest.", "Give it another ending: saved.plan"
        )
    if not path.parent.is_dir():
        raise UsageError(
            f"There is no folder {path.parent} to save the plan in.", "Make it, or name another."
        )
    if os.path.lexists(path) and not _holds_saved_plan(path):
        raise AlreadyThere(
            f"{path} is there and is no saved plan, so it is not written over.", "Name another file."
        )


def write_plan_file(path: Path, text: str) -> None:
    """Write a saved plan whole or not at all, mode 0600; one that was there before is replaced."""
    refuse_in_the_way(path)
    fresh = path.with_name(f"{path.name}.{token_hex(8)}.new")
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def read_plan_file(path: Path, verify: Callable[[bytes, str], bool] | None) -> SavedPlan:
    """The plan in a file; with `verify`, only one that is signed so.

    Raises SavedPlanError for any other file, PlanStale for an edited one, PlanUnsigned.
    """
    sealed = read_document(_read(path))
    if verify is None:
        return sealed.saved
    again = "Have it planned again with --sign-key: teli-iac plan --out FILE --sign-key KEYFILE"
    if sealed.signature is None:
        raise PlanUnsigned("The saved plan is not signed; nothing was sent.", again)
    if not verify(sealed.signed_text, sealed.signature):
        raise PlanUnsigned(
            "The saved plan is not signed with the required key, or was changed after it was signed;"
            " nothing was sent.",
            again,
        )
    return sealed.saved


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            fits = stat.S_ISREG(status.st_mode) and status.st_size <= MOST_BYTES
            data = file.read(MOST_BYTES) if fits else b""
    except OSError as error:
        said = (error.strerror or "unknown reason").lower()
        raise SavedPlanError(f"{path.name} cannot be read: {said}.", "Check its path.") from error
    if not fits:
        raise SavedPlanError(
            f"{path.name} is no saved plan: it is larger than {MOST_BYTES // 1024 // 1024} MiB, or no"
            " ordinary file.",
            "Name the file that `teli-iac plan --out FILE` wrote.",
        )
    return data


def _holds_saved_plan(path: Path) -> bool:
    try:
        return path.is_file() and is_saved_plan(_read(path))
    except SavedPlanError:
        return False
