"""What the ending of a file's name says: its format, whether it is compressed, and what that needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath

from teli_iac.leads.decompressing import decompress, decompress_zstd
from teli_iac.leads.faults import Fault, Unreadable
from teli_iac.leads.sources import SOURCES
from teli_iac.leads.sources.plain import PLAIN

PARQUET = ".parquet"
"""Read by the column engine alone: the standard library has no way for it."""

PEOPLE = frozenset(SOURCES) - {PLAIN}
"""A plain list has numbers and no names, so it holds nobody who is to be called."""

_ZSTD = ".zst"
_STEPS = {
    ".json": 'Write one object a line and name it ".jsonl".',
    ".ndjson": 'Name it ".jsonl".',
    ".txt": 'Name it ".csv" and declare its `delimiter`.',
    ".tsv": r'Name it ".csv" and declare `delimiter: "\t"`.',
    ".xlsx": 'Save it as CSV and name it ".csv".',
    ".xls": 'Save it as CSV and name it ".csv".',
    ".zip": 'Compress the single file with gzip: ".csv.gz" or ".jsonl.gz".',
}

_LIST = "A do-not-call list may be .txt, .csv or .jsonl, each also as .gz or .zst, or .parquet."
"""Beside what people may stand in, a plain list: it needs no names."""


@dataclass(frozen=True, slots=True)
class Format:
    """How to read a file: the ending that names its source, and what unpacks its bytes."""

    ending: str
    compression: str

    def decompress(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """The bytes as they were before they were packed."""
        return _DECOMPRESSORS[self.compression](blocks)

    @property
    def needs_engine(self) -> bool:
        """Whether nothing but the column engine reads it."""
        return self.ending == PARQUET

    @property
    def needs_zstd(self) -> bool:
        """Whether it is packed in a way that this Python may not know."""
        return self.compression == _ZSTD


def _as_they_are(blocks: Iterator[bytes]) -> Iterator[bytes]:
    return blocks


_DECOMPRESSORS: dict[str, Callable[[Iterator[bytes]], Iterator[bytes]]] = {
    "": _as_they_are,
    ".gz": decompress,
    _ZSTD: decompress_zstd,
}


def format_of(file: str, endings: Collection[str] = PEOPLE) -> Format:
    """The format of a file with this name, in any case; raises Unreadable for one that we do not read."""
    name = PurePosixPath(file).name.lower()
    last = PurePosixPath(name).suffix
    compression = last if last in _DECOMPRESSORS else ""
    ending = PurePosixPath(name.removesuffix(compression)).suffix
    if ending in endings or (ending == PARQUET and not compression):
        return Format(ending, compression)
    if ending == PARQUET:
        step = "Parquet is packed inside; name the file as it is, .parquet."
        raise Unreadable(Fault("TELI-E064", "A Parquet file is not compressed once more", next_step=step))
    raise Unreadable(
        Fault(
            "TELI-E064",
            "The name of the leads file ends with no format that is read",
            next_step=_step(ending, endings),
        )
    )


def _step(ending: str, endings: Collection[str]) -> str:
    if ending in _STEPS:
        return _STEPS[ending]
    near = get_close_matches(ending, (*sorted(endings), PARQUET), n=1) if ending else []
    if near:
        return f'Did you mean "{near[0]}"?'
    return _LIST if PLAIN in endings else ""
