"""The places by which a list is split (`identity.places_of`), for a column of numbers at once."""

from __future__ import annotations

import polars as pl


def places_column(numbers: pl.Series) -> pl.Series:
    """The place of each whole number; products beyond 64 bits lose what `places_of` cuts off."""
    mixed = numbers * unsigned(0x9E3779B97F4A7C15)
    mixed = _shifted(mixed, 30) * unsigned(0xBF58476D1CE4E5B9)
    mixed = _shifted(mixed, 27) * unsigned(0x94D049BB133111EB)
    return _shifted(mixed, 31)


def unsigned(value: int) -> pl.Series:
    """One number that is held against a whole column."""
    return pl.Series([value], dtype=pl.UInt64)


def _shifted(mixed: pl.Series, bits: int) -> pl.Series:
    return mixed ^ (mixed // unsigned(2**bits))
