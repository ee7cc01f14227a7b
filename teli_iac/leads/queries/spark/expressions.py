"""What a cluster works out of a row by itself: expressions of SQL, which need nothing of ours there.

They prove, and say nothing of what they cannot prove. Patterns are libphonenumber's own and ours, as the
exact way has them (`leads.numbers`, `leads.characters`), in the signs that Java reads as Python does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyspark.sql import Column
from pyspark.sql import functions as sql

from teli_iac.leads.characters import HIDDEN
from teli_iac.leads.numbers import LONGEST, NANP_SHAPE, USUAL, callable_nanp
from teli_iac.leads.queries.spark.fields import Field
from teli_iac.leads.sources.records import LONGEST_CELL
from teli_iac.model import Fingerprint

_HIDDEN_IN_VALUES = f"[{HIDDEN}\t\n\r]"
_PLAIN = r"\A[ -~]*+\z"
"""Told of most values in a third of the time: one range is looked at for each character, not twenty."""

_LIMBS = 4
_HEX_OF_A_LIMB = 8
_BITS_OF_A_LIMB = 32


def is_clean(values: Iterable[Column]) -> Column:
    """Whether it is proven of all these texts that they may be sent; a blank keeps them apart."""
    joined = sql.concat_ws(" ", *values)
    is_shown = joined.rlike(_PLAIN) | (sql.is_valid_utf8(joined) & ~joined.rlike(_HIDDEN_IN_VALUES))
    return (sql.char_length(joined) <= LONGEST_CELL) & is_shown


def proven_number(typed: Column, *, is_national: bool) -> Column:
    """The E.164 number where it is proven callable, else null.

    `is_national` is whether a number without `+` belongs to the United States or Canada.
    """
    assigned, never = callable_nanp()
    return _read(typed, rf"\A(?!{never})(?=\+1[0-9]{{10}}\z)(?:{assigned})\z", is_national=is_national)


def proven_listed(typed: Column, *, is_national: bool) -> Column:
    """The same of a do-not-call list, where a number is proven to be one, callable or not."""
    return _read(typed, rf"\A(?:{NANP_SHAPE})\z", is_national=is_national)


def _read(typed: Column, clean: str, *, is_national: bool) -> Column:
    """As `leads.numbers` reads what is `clean` and usually written."""
    start = sql.substring(typed, 1, LONGEST + 1)
    bare = sql.translate(start, " ().-", "")
    if is_national:
        bare = (
            sql.when(bare.startswith("+"), bare)
            .when(bare.startswith("1"), sql.concat(sql.lit("+"), bare))
            .otherwise(sql.concat(sql.lit("+1"), bare))
        )
    is_usual = (sql.char_length(start) <= LONGEST) & ((bare == start) | start.rlike(rf"\A(?:{USUAL})\z"))
    return sql.when(bare.rlike(clean) & is_usual, bare)


def row_text(number: Column, fields: Iterable[Field]) -> Column:
    """`identity.row_text` of people whose values are texts, whole numbers or truth."""
    return sql.concat(number, *map(_sent, fields))


def limbs(text: Column) -> Sequence[Column]:
    """The sums of the first four 32-bit parts of SHA-256 over the texts: up to 2^31 of them fit a number."""
    digest = sql.sha2(text, 256)
    starts = range(1, _LIMBS * _HEX_OF_A_LIMB, _HEX_OF_A_LIMB)
    parts = (sql.conv(sql.substring(digest, start, _HEX_OF_A_LIMB), 16, 10) for start in starts)
    return [sql.sum(part.cast("bigint")).alias(f"limb_{place}") for place, part in enumerate(parts)]


def fingerprint_of(count: int, sums: Sequence[int | None]) -> Fingerprint:
    """The sums of the parts carried over into one, modulo 2^128."""
    total = 0
    for each in sums:
        total = (total << _BITS_OF_A_LIMB) + (each or 0)
    return Fingerprint(count, total % 2 ** (_LIMBS * _BITS_OF_A_LIMB))


def _sent(field: Field) -> Column:
    """Every value with its name before it, and nothing at all where there is none."""
    value = sql.col(field.key)
    if field.is_text:
        return sql.when(value != "", sql.concat(sql.lit(f"\x1e{field.name}\x1f"), value)).otherwise("")
    named = sql.concat(sql.lit(f"\x1e{field.name}\x1d"), value.cast("string"))
    return sql.when(value.isNotNull(), named).otherwise("")
