"""Rows written in the manifest itself: every key is sent, and values keep their types."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial

from teli_iac.leads.characters import fault_of_value, forbidden_in_value
from teli_iac.leads.faults import Fault, Faults
from teli_iac.leads.selection import PHONE_NUMBER, faults_of_names
from teli_iac.leads.sources.json_text import DEEPEST, MOST_DIGITS
from teli_iac.leads.sources.row import Row
from teli_iac.model import InlineRow, JsonValue, Mark

NO_JSON = f"A value is infinite, has more than {MOST_DIGITS} digits or nests {DEEPEST} deep"


def read_inline(rows: Sequence[InlineRow], faults: Faults) -> Iterator[Row]:
    """The rows whose names and values can be sent; the others are faults."""
    for row in rows:
        found = tuple(_faults_of_row(row))
        for fault in found:
            faults.add(fault)
        if found:
            continue
        sent = tuple(
            (name, value)
            for name, value in sorted(row.values.items())
            if name != PHONE_NUMBER and value not in (None, "")
        )
        place = row.marks.get(PHONE_NUMBER, row.mark)
        yield Row(row.mark.line, row.values.get(PHONE_NUMBER), sent, partial(_place, place))


def _faults_of_row(row: InlineRow) -> Iterator[Fault]:
    for name, value in row.values.items():
        mark = row.marks.get(name, row.mark)
        yield from faults_of_names((name,), mark.line, mark.column)
        character = forbidden_in_value(value)
        if character is not None:
            yield fault_of_value(character, mark.line, mark.column)
        elif not is_json(value, DEEPEST - 1):
            yield Fault("TELI-E079", NO_JSON, mark.line, mark.column)


def is_json(value: JsonValue, depth: int) -> bool:
    """Whether every JSON reader takes this value as it is: the same rules as for lines of JSON."""
    if isinstance(value, dict):
        return depth > 0 and all(is_json(inner, depth - 1) for inner in value.values())
    if isinstance(value, list):
        return depth > 0 and all(is_json(inner, depth - 1) for inner in value)
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or abs(value) < 10**MOST_DIGITS


def _place(mark: Mark) -> tuple[int, int]:
    return mark.line, mark.column
