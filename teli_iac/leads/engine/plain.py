"""A number a line in columns, without the remarks."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from teli_iac.leads.engine import Doubtful
from teli_iac.leads.engine.columns import LINE, Columns
from teli_iac.leads.engine.delimited import NEVER_IN_TEXT, read_cells_of
from teli_iac.leads.engine.numbers import proven_numbers
from teli_iac.leads.engine.reading import Wanted
from teli_iac.leads.engine.text import proven_lines
from teli_iac.leads.selection import PHONE_NUMBER
from teli_iac.leads.sources.plain import REMARK


def read_plain_columns(blocks: Iterator[bytes], wanted: Wanted, piece_bytes: int) -> Iterator[Columns]:
    """Every number; raises Doubtful, also where lines are blank or indented."""
    line = 1
    for text in proven_lines(blocks, piece_bytes):
        lines = read_cells_of(text, 1, NEVER_IN_TEXT, None).to_series().alias(PHONE_NUMBER)
        if lines.has_nulls() or lines.str.contains(r"\A\s|,").any():
            raise Doubtful
        numbered = pl.DataFrame([lines]).with_row_index(LINE, offset=line)
        numbers = numbered.filter(~lines.str.starts_with(REMARK))
        proven = proven_numbers(numbers[PHONE_NUMBER], wanted.read_number, is_national=wanted.is_national)
        yield Columns(numbers.with_columns(proven.alias(PHONE_NUMBER)), may_have_signs=False)
        line += lines.len()
