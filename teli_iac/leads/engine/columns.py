"""People in columns: the answers of a piece, each made for all of them at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import polars as pl

from teli_iac.leads.engine.hashing import fingerprint_column
from teli_iac.leads.engine.placing import places_column, unsigned
from teli_iac.leads.selection import PHONE_NUMBER
from teli_iac.model import Fingerprint, Lead

Part: TypeAlias = "str | pl.Expr"

LINE = ""
"""The column of the lines they stand on: no field has an empty name."""

_SIGNS = ["\\", '"']
"""All that JSON has to escape: proven text holds no control character."""


class Columns:
    """A piece of proven people: `frame` has their lines, their E.164 numbers, and a text for each field.

    An empty text is a field that is not sent. The fields stand in the order of their names. `may_have_signs`
    is whether a value may hold one that JSON escapes: to look for them in every value takes longer than to
    write all values down.
    """

    __slots__ = ("_frame", "_may_have_signs")

    def __init__(self, frame: pl.DataFrame, *, may_have_signs: bool) -> None:
        # One chunk each: where the first is empty, polars 2.1 dies of putting texts together (`pl.format`).
        self._frame = frame.rechunk()
        self._may_have_signs = may_have_signs

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
        return self._row_texts().cast(pl.Binary).to_list()

    def fingerprint(self) -> Fingerprint:
        """Of all of them."""
        return fingerprint_column(self._row_texts())

    def objects(self) -> bytes:
        """All of them."""
        parts: list[Part] = [f'{{"{PHONE_NUMBER}":"', pl.col(PHONE_NUMBER), '"']
        for name in self._fields():
            parts += self._unless_empty(name, [_before(name), self._escaped(name), '"'])
        joined = self._joined([*parts, "}"]).str.join(",").cast(pl.Binary)
        return bytes(joined.item())

    def weight(self) -> int:
        """As many bytes as `objects` has, without making them."""
        around = len(f'{{"{PHONE_NUMBER}":""}},') * len(self) - min(1, len(self))
        return around + self._bytes_of(PHONE_NUMBER) + sum(map(self._weight_of, self._fields()))

    def pick(self, wanted: Sequence[bool]) -> Columns:
        """Some of them."""
        return self._those(pl.Series(wanted, dtype=pl.Boolean))

    def places(self) -> Sequence[int]:
        """One for each."""
        return self._places().to_list()

    def between(self, first: int, beyond: int | None) -> Columns:
        """Some of them."""
        places = self._places()
        wanted = places >= unsigned(first)
        return self._those(wanted if beyond is None else wanted & (places < unsigned(beyond)))

    def _places(self) -> pl.Series:
        return places_column(self.whole_numbers())

    def _those(self, wanted: pl.Series) -> Columns:
        return Columns(self._frame.filter(wanted), may_have_signs=self._may_have_signs)

    def part(self, start: int, length: int) -> Columns:
        """So many from there on."""
        return Columns(self._frame.slice(start, length), may_have_signs=self._may_have_signs)

    def in_order_of_numbers(self, others: Iterable[Columns]) -> Columns:
        """These people and those of the others as one piece."""
        frames = [self._frame, *(piece._frame for piece in others)]  # noqa: SLF001  of its own kind
        return Columns(pl.concat(frames).sort(PHONE_NUMBER), may_have_signs=True)

    def _fields(self) -> list[str]:
        return self._frame.columns[2:]

    def _row_texts(self) -> pl.Series:
        parts: list[Part] = [pl.col(PHONE_NUMBER)]
        for name in self._fields():
            parts += self._unless_empty(name, [f"\x1e{name}\x1f", pl.col(name)])
        return self._joined(parts)

    def _unless_empty(self, name: str, parts: Sequence[Part]) -> Sequence[Part]:
        """The parts for whose field has a text, and nothing at all for the others."""
        if self._frame[name].str.len_bytes().min() != 0:
            return parts
        return [pl.when(pl.col(name) == "").then(pl.lit("")).otherwise(_together(parts))]

    def _joined(self, parts: Iterable[Part]) -> pl.Series:
        return self._frame.select(_together(parts)).to_series()

    def _escaped(self, name: str) -> pl.Expr:
        value = pl.col(name)
        if self._may_have_signs and self._frame[name].str.contains_any(_SIGNS).any():
            for sign in _SIGNS:
                value = value.str.replace_all(sign, f"\\{sign}", literal=True)
        return value

    def _weight_of(self, name: str) -> int:
        sent = int(self._frame.select((pl.col(name) != "").sum()).item())
        signs = self._signs_in(name) if self._may_have_signs else 0
        return sent * len(f'{_before(name)}"'.encode()) + self._bytes_of(name) + signs

    def _bytes_of(self, name: str) -> int:
        return int(self._frame[name].str.len_bytes().sum())

    def _signs_in(self, name: str) -> int:
        counted = [pl.col(name).str.count_matches(sign, literal=True).sum() for sign in _SIGNS]
        return int(self._frame.select(counted[0] + counted[1]).item())


def _before(name: str) -> str:
    return f',{json.dumps(name, ensure_ascii=False)}:"'


def _together(parts: Iterable[Part]) -> pl.Expr:
    """One text of all the parts, in two thirds of the time that it takes to join as many columns."""
    given = [*parts]
    pattern = "".join(_literally(part) if isinstance(part, str) else "{}" for part in given)
    return pl.format(pattern, *(part for part in given if isinstance(part, pl.Expr)))


def _literally(sign: str) -> str:
    return sign.replace("{", "{{").replace("}", "}}")
