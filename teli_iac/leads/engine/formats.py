"""Which module of the engine reads which format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from teli_iac.leads.engine.columns import Columns
from teli_iac.leads.engine.delimited import read_delimited_columns
from teli_iac.leads.engine.json_lines import read_json_columns
from teli_iac.leads.engine.parquet import read_parquet_columns
from teli_iac.leads.engine.plain import read_plain_columns
from teli_iac.leads.engine.proofs import Proofs
from teli_iac.leads.engine.reading import Wanted, wanted_of
from teli_iac.leads.formats import Format
from teli_iac.leads.opened import Opened
from teli_iac.leads.sources.plain import PLAIN
from teli_iac.model import LeadsReference

_Reader: TypeAlias = "Callable[[Iterator[bytes], Wanted, int], Iterator[Columns]]"
"""From unpacked bytes, what to take and the size of a piece, to columns."""

READERS: dict[str, _Reader] = {
    ".csv": read_delimited_columns,
    ".jsonl": read_json_columns,
    PLAIN: read_plain_columns,
}


def read_columns(
    opened: Opened, format_: Format, reference: LeadsReference, piece_bytes: int, proofs: Proofs
) -> Iterator[Columns]:
    """The people of an open file; raises Doubtful, or Unreadable for what cannot be unpacked."""
    return select_columns(opened, format_, wanted_of(reference, proofs), piece_bytes)


def select_columns(opened: Opened, format_: Format, wanted: Wanted, piece_bytes: int) -> Iterator[Columns]:
    """The same of whatever is wanted."""
    if format_.needs_engine:
        return opened.whole(read_parquet_columns(opened.file, wanted, piece_bytes))
    return READERS[format_.ending](format_.decompress(opened.blocks()), wanted, piece_bytes)
