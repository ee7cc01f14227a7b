"""A whole list in columns: its fingerprint, and that nobody stands in it twice."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from teli_iac.identity import add_fingerprints
from teli_iac.leads.ahead import ahead
from teli_iac.leads.engine import Doubtful
from teli_iac.leads.engine.columns import Columns
from teli_iac.model import Fingerprint


def judge_columns(pieces: Iterator[Columns]) -> Fingerprint:
    """Who all of them are; raises Doubtful when a number comes twice. Holds eight bytes of each."""
    fingerprint = Fingerprint(0, 0)
    numbers: list[pl.Series] = []
    for piece in ahead(pieces):
        fingerprint = add_fingerprints(fingerprint, piece.fingerprint())
        numbers.append(piece.whole_numbers())
    if _has_repeated(numbers):
        raise Doubtful
    return fingerprint


def _has_repeated(numbers: list[pl.Series]) -> bool:
    ordered = pl.concat(numbers).sort()
    return bool((ordered.slice(1) == ordered.head(-1)).any())
