"""What the ending of a file's name says: its format, and whether it is compressed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath

from teli_iac.leads.decompressing import decompress
from teli_iac.leads.faults import Fault, Unreadable
from teli_iac.leads.sources import SOURCES, Source

_DECOMPRESSORS = {".gz": decompress}
_PARQUET = ".parquet"
_STEPS = {
    ".json": 'Write one object a line and name it ".jsonl".',
    ".ndjson": 'Name it ".jsonl".',
    ".txt": 'Name it ".csv" and declare its `delimiter`.',
    ".tsv": r'Name it ".csv" and declare `delimiter: "\t"`.',
    ".xlsx": 'Save it as CSV and name it ".csv".',
    ".xls": 'Save it as CSV and name it ".csv".',
    ".zip": 'Compress the single file with gzip: ".csv.gz" or ".jsonl.gz".',
}


@dataclass(frozen=True, slots=True)
class Format:
    """How to read a file: its source's ending, the source, and what unpacks its bytes."""

    ending: str
    source: Source
    decompress: Callable[[Iterator[bytes]], Iterator[bytes]]


def format_of(file: str) -> Format:
    """The format of a file with this name, in any case; raises Unreadable for one we do not read."""
    name = PurePosixPath(file).name.lower()
    unpack = _DECOMPRESSORS.get(PurePosixPath(name).suffix, _as_they_are)
    ending = PurePosixPath(name.removesuffix(".gz")).suffix
    if ending in SOURCES:
        return Format(ending, SOURCES[ending], unpack)
    if ending == _PARQUET:
        raise Unreadable(Fault("TELI-E065", "Parquet files come with a later release"))
    raise Unreadable(
        Fault(
            "TELI-E064",
            "The name of the leads file ends with no format that is read",
            next_step=_step(ending),
        )
    )


def _as_they_are(blocks: Iterator[bytes]) -> Iterator[bytes]:
    return blocks


def _step(ending: str) -> str:
    if ending in _STEPS:
        return _STEPS[ending]
    near = get_close_matches(ending, SOURCES, n=1) if ending else []
    return f'Did you mean "{near[0]}"?' if near else ""
