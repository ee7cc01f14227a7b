"""SHA-256 of a whole column at once, by a plugin of the engine: three times as fast as text by text."""

from __future__ import annotations

from types import ModuleType

import polars as pl
from polars.exceptions import PolarsError

from teli_iac.identity import fingerprint_texts
from teli_iac.leads.engine import Doubtful
from teli_iac.model import Fingerprint

_HALF_OF_A_DIGEST = 32


def fingerprint_column(texts: pl.Series) -> Fingerprint:
    """As `identity.fingerprint_texts`, which is asked itself where the plugin is missing.

    A test holds the two to the same sums: digests are frozen, however they are computed. Raises Doubtful
    when the plugin does not fit the engine.
    """
    plugin = _plugin()
    if plugin is None:
        return fingerprint_texts(texts.cast(pl.Binary).to_list())
    try:
        hashed = texts.alias("text").to_frame().select(plugin.col("text").chash.sha2_256()).to_series()
    except PolarsError:
        raise Doubtful from None
    first_bits = hashed.str.slice(0, _HALF_OF_A_DIGEST).str.to_integer(base=16, dtype=pl.UInt128)
    # The engine adds numbers of 128 bits modulo 2^128, just as a fingerprint does.
    return Fingerprint(len(texts), int(first_bits.sum()))


def _plugin() -> ModuleType | None:
    try:
        import polars_hash  # noqa: PLC0415  an extra, which may be older than the engine
    except ImportError:
        return None
    return polars_hash
