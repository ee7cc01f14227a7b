"""People in columns: the answers of a piece, each made for all of them at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import polars as pl

from teli_iac.leads.selection import PHONE_NUMBER
from teli_iac.model import Lead

Around: TypeAlias = "Callable[[str], tuple[str, str]]"

LINE = ""
"""The column of the lines they stand on: no field has an empty name."""


class Columns:
    """A piece of proven people: `frame` has their lines, their E.164 numbers, and a text for each field.

    An empty text is a field that is not sent. The fields stand in the order of their names.
    """

    __slots__ = ("_frame",)

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __len__(self) -> int:
        return self._frame.height

    def rows(self) -> Sequence[Lead]:
        """As objects, one by one."""
        names = self._fields()
        return [
            Lead(number, tuple([field for field in zip(names, values, strict=True) if field[1]]), line)
            for line, number, *values in self._frame.iter_rows()
        ]

    def numbers(self) -> Sequence[str]:
        """One for each."""
        return self._frame[PHONE_NUMBER].to_list()

    def whole_numbers(self) -> pl.Series:
        """The same as numbers that can be sorted: eight bytes each."""
        return self._frame[PHONE_NUMBER].str.slice(1).cast(pl.UInt64)

    def texts(self) -> Sequence[bytes]:
        """One for each."""
        parts = [pl.col(PHONE_NUMBER), *self._sent(lambda name: (f"\x1e{name}\x1f", ""))]
        return self._joined(parts).cast(pl.Binary).to_list()

    def objects(self) -> bytes:
        """All of them."""
        begin, end = pl.lit(f'{{"{PHONE_NUMBER}":"'), pl.lit("}")
        fields = self._sent(
            lambda name: (f",{json.dumps(name, ensure_ascii=False)}:" + '"', '"'), escaped=True
        )
        joined = self._joined([begin, pl.col(PHONE_NUMBER), pl.lit('"'), *fields, end]).str.join(",")
        return str(joined.item()).encode()

    def pick(self, wanted: Sequence[bool]) -> Columns:
        """Some of them."""
        return Columns(self._frame.filter(pl.Series(wanted, dtype=pl.Boolean)))

    def _fields(self) -> list[str]:
        return self._frame.columns[2:]

    def _joined(self, parts: Iterable[pl.Expr]) -> pl.Series:
        return self._frame.select(pl.concat_str([*parts])).to_series()

    def _sent(self, around: Around, *, escaped: bool = False) -> Iterator[pl.Expr]:
        """Every field with what stands before and behind it, and nothing at all where it is empty."""
        for name in self._fields():
            before, behind = map(pl.lit, around(name))
            value = _escaped(self._frame[name]) if escaped else pl.col(name)
            parts = pl.concat_str([before, value, behind])
            if self._frame[name].str.len_bytes().min() == 0:
                yield pl.when(pl.col(name) == "").then(pl.lit("")).otherwise(parts)
            else:
                yield parts


def _escaped(values: pl.Series) -> pl.Expr:
    r"""As JSON has them: proven text holds no control character, so only `\` and `"` need a sign before."""
    value = pl.col(values.name)
    if values.str.contains_any(["\\", '"']).any():
        value = value.str.replace_all("\\", "\\\\", literal=True).str.replace_all('"', '\\"', literal=True)
    return value
