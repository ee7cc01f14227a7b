"""Which module of the engine reads which format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from teli_iac.leads.engine.columns import Columns
from teli_iac.leads.engine.delimited import read_delimited_columns
from teli_iac.leads.engine.reading import Wanted, wanted_of
from teli_iac.leads.formats import Format
from teli_iac.model import LeadsReference

_Reader: TypeAlias = "Callable[[Iterator[bytes], Wanted, int], Iterator[Columns]]"

READERS: dict[str, _Reader] = {".csv": read_delimited_columns}


def read_columns(
    blocks: Iterator[bytes], format_: Format, reference: LeadsReference, piece_bytes: int
) -> Iterator[Columns]:
    """The people of a file with these bytes; raises Doubtful."""
    return READERS[format_.ending](blocks, wanted_of(reference), piece_bytes)
