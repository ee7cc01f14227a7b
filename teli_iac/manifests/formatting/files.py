"""Manifest files formatted: which ones, what each would become, and writing one whole or not at all."""

from __future__ import annotations

import codecs
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from teli_iac.errors import Problem
from teli_iac.manifests.document import Reading, Source
from teli_iac.manifests.envelopes import judge_source
from teli_iac.manifests.finding import STANDARD_INPUT
from teli_iac.manifests.formatting.text import format_reading
from teli_iac.manifests.gathering import Gathered, gather
from teli_iac.manifests.placing import file_name, in_order, problem_of_file
from teli_iac.manifests.reading import read_yaml


@dataclass(frozen=True, slots=True, repr=False)
class Formatted:
    """One file: what it holds and what it should, which is the same where it has problems."""

    path: Path
    name: str
    before: Reading
    after: str
    problems: tuple[Problem, ...]

    @property
    def differs(self) -> bool:
        """Whether the file is to be written anew."""
        return self.after != self.before.text

    def __repr__(self) -> str:
        return f"Formatted({self.name})"


def format_files(
    paths: Sequence[str], cwd: Path, project_file: str | None
) -> tuple[Iterator[Formatted], tuple[Problem, ...]]:
    """Every manifest file under the paths, and what is wrong with files as such. Writes nothing.

    The Project's `exclude` is heeded; its own file is formatted only where the paths include it.
    """
    gathered = gather(paths, cwd, project_file)
    problems = in_order(problem_of_file(fault, gathered.folder) for fault in gathered.faults)
    return _each(gathered), problems


def format_input(data: bytes) -> Formatted:
    """The same for manifests that came by standard input."""
    return _formatted(Path(STANDARD_INPUT), STANDARD_INPUT, read_yaml(data))


def write_formatted(formatted: Formatted) -> None:
    """Put the new text in the file's place, whole or not at all; its mode and byte order mark stay.

    A link stays one: what it leads to is written.
    """
    path = formatted.path.resolve()
    with path.open("rb") as file:
        mark = codecs.BOM_UTF8 if file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8 else b""
    fresh = path.with_name(f".{path.name}.{token_hex(8)}.new")
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with fresh.open("wb") as file:
            file.write(mark + formatted.after.encode())
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _each(gathered: Gathered) -> Iterator[Formatted]:
    for path, reading in gathered.readings.items():
        if path != gathered.shared_only:
            yield _formatted(path, file_name(path, gathered.folder), reading)


def _formatted(path: Path, name: str, reading: Reading) -> Formatted:
    _, problems = judge_source(Source(name, reading))
    after = reading.text if problems else format_reading(reading)
    return Formatted(path, name, reading, after, problems)
