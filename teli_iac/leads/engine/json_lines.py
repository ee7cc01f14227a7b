"""Lines of JSON in columns: proven to be flat objects of texts, all with the keys of the first line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

import polars as pl
from polars.exceptions import PolarsError

from teli_iac.leads.engine import Doubtful
from teli_iac.leads.engine.columns import LINE, Columns
from teli_iac.leads.engine.numbers import proven_numbers
from teli_iac.leads.engine.reading import Wanted
from teli_iac.leads.engine.text import prove_values, proven_lines
from teli_iac.leads.selection import PHONE_NUMBER
from teli_iac.leads.sources.json_text import BadJson, read_object

_MOST_KEYS = 200
_NEVER_IN_TEXT = "\x1f"
_TEXT = r'"(?:[^"\\]|\\(?:["\\/bfnrt]|u(?:[0-9a-cefA-CEF][0-9a-fA-F]{3}|[dD][0-7][0-9a-fA-F]{2})))*"'
"""A text whose escapes all stand for one character each: no halves of characters."""


def read_json_columns(blocks: Iterator[bytes], wanted: Wanted, piece_bytes: int) -> Iterator[Columns]:
    """All people, one a line; raises Doubtful."""
    pieces = proven_lines(blocks, piece_bytes)
    first = next(pieces, b"")
    keys = _keys(first.partition(b"\n")[0].decode(), wanted)
    line = 1
    for text in chain([first], pieces):
        columns = _columns(text, keys, wanted, line)
        yield columns
        line += len(columns)


def _keys(text: str, wanted: Wanted) -> Sequence[str]:
    try:
        keys = [*read_object(text, 1)]
    except BadJson:
        raise Doubtful from None
    missing = [each for each in wanted.selection if each.required and each.column not in keys]
    if (
        missing
        or len(keys) > _MOST_KEYS
        or not "".join(keys).isprintable()
        or re.search(r'["\\]', "".join(keys))
    ):
        raise Doubtful
    return keys


def _columns(text: bytes, keys: Sequence[str], wanted: Wanted, line: int) -> Columns:
    found = _values(text, keys)
    present = [wanted.selection.number, *(each for each in wanted.selection.fields if each.column in keys)]
    values = [found[each.column].alias(each.name) for each in present]
    if values[0].has_nulls():
        raise Doubtful
    if b"\\" in text or b"\t" in text:
        for each in values:
            prove_values(each)
    numbers = proven_numbers(values[0], wanted.read_number, is_national=wanted.is_national)
    fields = [each.fill_null("") for each in values[1:]]
    frame = pl.DataFrame([numbers.alias(PHONE_NUMBER), *fields]).with_row_index(LINE, offset=line)
    return Columns(frame, may_have_signs=b"\\" in text)


def _values(text: bytes, keys: Sequence[str]) -> pl.DataFrame:
    """The values of every key, null where they are null."""
    pairs = ",".join(rf'[ \t]*"{re.escape(key)}"[ \t]*:[ \t]*(?:{_TEXT}|null)[ \t]*' for key in keys)
    try:
        lines = pl.read_csv(
            text,
            has_header=False,
            separator=_NEVER_IN_TEXT,
            quote_char=None,
            schema={"line": pl.String},
            empty_string_is_null=False,
            extra_columns="raise",
            glob=False,
        ).to_series()
        if not lines.str.contains(rf"\A[ \t]*\{{{pairs}\}}[ \t]*\z").all():
            raise Doubtful
        return pl.read_ndjson(text, schema=dict.fromkeys(keys, pl.String))
    except PolarsError:
        raise Doubtful from None
