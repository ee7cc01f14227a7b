"""Numbers proven callable by the patterns that the exact way has; the few others are asked there."""

from __future__ import annotations

import polars as pl

from teli_iac.leads.engine import Doubtful
from teli_iac.leads.numbers import LONGEST, USUAL, NumberReader, callable_nanp
from teli_iac.leads.refusals import RowFault

_NANP_LENGTH = len("+14155550101")
_PUNCTUATION = "[ ().-]"


def proven_numbers(typed: pl.Series, read_number: NumberReader, *, is_national: bool) -> pl.Series:
    """Each number in E.164; raises Doubtful when one of them may not be called.

    `is_national` is whether a number without `+` belongs to the United States or Canada.
    """
    if _is_callable(typed).all():
        return typed
    bare = typed.str.replace_all(_PUNCTUATION, "")
    if is_national:
        bare = _with_country(bare)
    usual = typed.str.contains(rf"\A(?:{USUAL})\z") & (typed.str.len_chars() <= LONGEST)
    is_sure = _is_callable(bare) & usual
    asked = {text: _ask(text, read_number) for text in typed.filter(~is_sure).unique().to_list()}
    if not asked:
        return bare
    exactly = typed.replace_strict(asked, default=None, return_dtype=pl.String)
    return bare.zip_with(is_sure, exactly)


def _is_callable(numbers: pl.Series) -> pl.Series:
    assigned, never = callable_nanp()
    is_whole = numbers.str.len_bytes() == _NANP_LENGTH
    return is_whole & numbers.str.contains(rf"\A(?:{assigned})\z") & ~numbers.str.contains(rf"\A(?:{never})")


def _with_country(bare: pl.Series) -> pl.Series:
    number = pl.col(bare.name)
    signed = (
        pl.when(number.str.starts_with("+"))
        .then(number)
        .when(number.str.starts_with("1"))
        .then(pl.concat_str([pl.lit("+"), number]))
        .otherwise(pl.concat_str([pl.lit("+1"), number]))
    )
    return bare.to_frame().select(signed).to_series()


def _ask(text: str, read_number: NumberReader) -> str:
    number = read_number(text)
    if isinstance(number, RowFault):
        raise Doubtful
    return number
