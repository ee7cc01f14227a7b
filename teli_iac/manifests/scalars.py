"""What a plain scalar means: YAML 1.2's core, minus everything that two readers could read differently."""

from __future__ import annotations

import math
import re
from enum import Enum
from typing import Final

_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None, "": None}
_MAY_START_A_NUMBER: Final = frozenset("+-.0123456789")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?(?:[eE][-+]?[0-9]{1,4})?")
_LOOKS_LIKE_A_NUMBER = re.compile(
    r"""[-+]?(?:
        0[xX][0-9A-Fa-f_]+ | 0[oO][0-7_]+ | 0[bB][01_]+       # other bases, with YAML 1.1's underscores
      | [0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?        # 00501, +15, 1_000, 5.
      | \.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?                    # .5
      | \.(?:inf|Inf|INF)
    ) | \.(?:nan|NaN|NAN)""",
    re.VERBOSE,
)


class Unclear(Enum):
    """A plain scalar that some YAML reader takes for a number, and another for text or another number."""

    LOOKS_LIKE_A_NUMBER = "looks like a number"


def plain_value(text: str) -> str | int | float | bool | Unclear | None:
    """The value of a plain scalar: `true false null` and plain decimal numbers are typed, all else is text.

    `off`, `NO`, `17:30` and `2026-11-23` are text. `+1555…`, `00501`, `0x1F` and `1_000` are Unclear, and
    so is a number that does not survive as written (more than 18 digits, or infinite).
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _MAY_START_A_NUMBER:
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    if _FRACTION.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return Unclear.LOOKS_LIKE_A_NUMBER if _LOOKS_LIKE_A_NUMBER.fullmatch(text) else text
