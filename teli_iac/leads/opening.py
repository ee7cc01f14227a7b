"""Opens a leads file, and nothing but a regular file below the project folder."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from teli_iac.leads.faults import Fault, Unreadable

_BLOCK_BYTES = 256 * 1024
_OVER_BYTES = 2 * 1024**2
_MOST_COMPARED = 1000
_OPEN_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


def open_below(folder: str, file: str) -> BinaryIO:
    """The file, open for reading; raises Unreadable when it is not there, not ours to read, or not a file.

    Links are followed first and must end below the folder. The path they lead to is then opened step by
    step without following any, so that a link put there in between is refused.
    """
    root = Path(folder).resolve()
    try:
        descriptor = _open_step_by_step(root, _below(root, file).relative_to(root).parts)
    except FileNotFoundError:
        raise Unreadable(_missing(root, file)) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise Unreadable(_unopened(error)) from None
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb", buffering=0)
    os.close(descriptor)
    raise Unreadable(_a_folder() if stat.S_ISDIR(mode) else _not_a_file())


def size_of(source: BinaryIO) -> int:
    """How many bytes the file has now."""
    return os.fstat(source.fileno()).st_size


def read_blocks(source: BinaryIO) -> Iterator[bytes]:
    """The file in pieces; raises Unreadable when the disk does."""
    try:
        while block := source.read(_BLOCK_BYTES):
            yield block
    except OSError as error:
        raise Unreadable(_unopened(error)) from None


def read_over(source: BinaryIO) -> Iterator[memoryview]:
    """The same for who looks at a piece only while the next one is made: the one after that takes its place.

    To find a new place in memory for every piece takes longer than to fill it.
    """
    spare, used = bytearray(_OVER_BYTES), bytearray(_OVER_BYTES)
    try:
        while length := source.readinto(spare):  # type: ignore[attr-defined]  # a raw file has it
            yield memoryview(spare)[:length]
            spare, used = used, spare
    except OSError as error:
        raise Unreadable(_unopened(error)) from None


def _below(root: Path, file: str) -> Path:
    path = PurePosixPath(file)
    if path.is_absolute():
        raise Unreadable(Fault("TELI-E061", "The leads file is named by an absolute path"))
    if ".." in path.parts:
        raise Unreadable(Fault("TELI-E061", "The path of the leads file goes up by `..`"))
    real = (root / path).resolve()
    if not real.is_relative_to(root):
        raise Unreadable(Fault("TELI-E061", "The leads file is a link that leads out of the project folder"))
    return real


def _open_step_by_step(root: Path, parts: tuple[str, ...]) -> int:
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    for part in parts:
        try:
            inner = os.open(part, _OPEN_FLAGS, dir_fd=descriptor)
        finally:
            os.close(descriptor)
        descriptor = inner
    return descriptor


def _missing(root: Path, file: str) -> Fault:
    path = root / file
    try:
        with os.scandir(path.parent) as entries:
            names = sorted(entry.name for entry in islice(entries, _MOST_COMPARED))
    except OSError:
        names = []
    near = get_close_matches(path.name, names, n=1)
    hint = f'Did you mean "{near[0]}"?' if near and near[0].isprintable() else ""
    return Fault("TELI-E060", "There is no such leads file", next_step=hint)


def _unopened(error: OSError | RuntimeError | ValueError) -> Fault:
    # Before Python 3.13 a link that leads to itself is no OSError.
    number = (error.errno if isinstance(error, OSError) else None) or errno.ELOOP
    if number == errno.ENXIO:
        return _not_a_file()
    why = "its path cannot be followed" if number == errno.ELOOP else os.strerror(number)
    return Fault("TELI-E063", f"The leads file cannot be read: {why}")


def _a_folder() -> Fault:
    return Fault("TELI-E062", "The leads file is a folder")


def _not_a_file() -> Fault:
    return Fault("TELI-E062", "The leads file is not a regular file, but a pipe, a socket or a device")
