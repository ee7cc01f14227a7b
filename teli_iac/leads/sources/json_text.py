"""One line of JSON, read so that nothing is dropped, rounded to infinity or nested without end."""

from __future__ import annotations

import json
import math
import re
from typing import NoReturn

from teli_iac.leads.faults import Fault
from teli_iac.model import JsonValue

DEEPEST = 32
"""Brackets in one another, those of the person included."""

MOST_DIGITS = 600
"""Python can be told to write no whole number of more than 640 digits; below that it always can."""

_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]')
_SPACE = re.compile(r"[ \t\n\r]*")


class _Refused(Exception):
    """A value that JSON readers disagree about."""

    def __init__(self, message: str) -> None:
        super().__init__()
        self.message = message


class BadJson(Exception):
    """The line is not what we read; carries the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self.fault = fault


def read_object(text: str, line: int) -> dict[str, JsonValue]:
    """The one object of a line; raises BadJson."""
    if _depth(text) > DEEPEST:
        raise BadJson(Fault("TELI-E079", f"The JSON is nested more than {DEEPEST} deep", line))
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise BadJson(Fault("TELI-E078", "The line is not JSON from here on", line, error.colno)) from None
    except _Refused as refused:
        raise BadJson(Fault("TELI-E079", refused.message, line)) from None
    if not isinstance(value, dict):
        raise BadJson(Fault("TELI-E078", "The line is JSON, but not an object", line))
    return value


def column_of(text: str, key: str) -> int:
    """Where the value of a top-level key begins, from 1, in a line that `read_object` accepted."""
    at = text.index("{") + 1
    while text[(at := _skip(text, at))] == '"':
        name, end = _DECODER.raw_decode(text, at)
        start = _skip(text, _skip(text, end) + 1)
        if name == key:
            return start + 1
        _, end = _DECODER.raw_decode(text, start)
        at = _skip(text, end) + 1
    return 1


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    end = found.end() if found else at
    return min(end, len(text) - 1)


def _depth(text: str) -> int:
    """How deep brackets nest, counted only where there are enough of them to matter."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return 0
    depth = deepest = 0
    for found in _BRACKETS.finditer(text):
        if found[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif found[0] in "]}":
            depth -= 1
    return deepest


def _unique(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("The line has the same key twice")
    return found


def _short(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise _Refused(f"A number has more than {MOST_DIGITS} digits")
    return int(text)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise _Refused("A number is too large")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise _Refused(f"{name} is not JSON")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_int=_short, parse_float=_finite, parse_constant=_refuse_constant
)
