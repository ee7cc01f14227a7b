"""A fingerprint is the same whoever computes it: digests are frozen (semantics §4)."""

from __future__ import annotations

import sys

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac.identity import fingerprint_texts
from teli_iac.leads.engine.hashing import fingerprint_column

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=40)


@given(texts=TEXTS)
def test_a_column_has_the_fingerprint_of_its_texts(texts: list[str]) -> None:
    assert fingerprint_column(pl.Series(texts, dtype=pl.String)) == fingerprint_texts(
        [text.encode() for text in texts]
    )


@pytest.mark.parametrize("length", [0, 55, 56, 63, 64, 119, 120, 128, 65_536])
def test_texts_that_just_fill_a_block_or_just_do_not_are_hashed_alike(length: int) -> None:
    texts = ["x" * length, "é" * length, "x" * (length + 1)]
    assert fingerprint_column(pl.Series(texts)) == fingerprint_texts([text.encode() for text in texts])


def test_the_sum_of_many_wraps_around_at_128_bits() -> None:
    texts = [f"+1415555{number:04}" for number in range(5000)]
    found = fingerprint_column(pl.Series(texts))
    assert found == fingerprint_texts([text.encode() for text in texts])


def test_without_the_plugin_the_texts_are_hashed_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["+14155550101", "+14155550102\x1efirst_name\x1fÅsa"]
    with_plugin = fingerprint_column(pl.Series(texts))
    monkeypatch.setitem(sys.modules, "polars_hash", None)
    assert fingerprint_column(pl.Series(texts)) == with_plugin
