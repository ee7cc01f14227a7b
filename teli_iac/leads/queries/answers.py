"""From what a database answers to rows, held to the same rules as the rows of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import cast

from teli_iac.leads.faults import Fault, Faults, Unreadable
from teli_iac.leads.queries.faults import no_list, no_row
from teli_iac.leads.queries.protocol import Answer, Undecodable
from teli_iac.leads.selection import Selection, Wanted
from teli_iac.leads.sources.columns import missing_columns
from teli_iac.leads.sources.row import Row
from teli_iac.leads.sources.values import STEP_TO_TEXT, has_fault, sent_fields, told_of_type
from teli_iac.model import JsonValue

_OF_JSON = (str, bool, int, float, list, dict, type(None))
_STEP_TO_UTF8 = "Correct it in the database, or let the query turn it into text."


def fields_of(answer: Answer, selection: Selection, faults: Faults) -> Sequence[Wanted]:
    """The number and the fields that the answer has; raises Unreadable where a wanted column is missing."""
    columns = answer.columns
    wanted = {each.column for each in selection}
    twice = sorted({column for column in columns if column in wanted and columns.count(column) > 1})
    if twice:
        raise no_list(f'The query gives two columns "{twice[0]}"')
    missing = [each.column for each in selection if each.required and each.column not in columns]
    for fault in missing_columns(missing, columns, 0):
        faults.add(Fault(fault.code, fault.message, next_step=fault.next_step))
    if missing:
        raise Unreadable
    return [each for each in selection if each.column in columns]


def chosen(answer: Answer, fields: Sequence[Wanted]) -> Iterator[Sequence[Sequence[object]]]:
    """Of every row what is sent, in the order of the fields."""
    places = [answer.columns.index(each.column) for each in fields]
    for batch in answer.batches:
        yield [tuple([values[place] for place in places]) for values in batch]


def rows_of(
    batches: Iterator[Sequence[Sequence[object]]], fields: Sequence[Wanted], faults: Faults, before: int = 0
) -> Iterator[Row]:
    """A row per row of what was chosen, numbered as they come; raises Unreadable where nobody is.

    `before` rows came already.
    """
    number = before
    for batch in batches:
        for number, values in enumerate(batch, number + 1):  # noqa: B020  counts on
            typed, *others = _as_json(values, fields, number)
            row = Row(number, typed, sent_fields(fields[1:], others), partial(_place, number))
            if not has_fault(row, faults):
                yield row
    if not number:
        raise no_row()


def no_text(column: str, number: int) -> Fault:
    """That a value of this row is none."""
    told = f'The column "{column}" holds bytes here that are not UTF-8'
    return Fault("TELI-E068", told, number, 1, _STEP_TO_UTF8)


def _as_json(values: Sequence[object], fields: Sequence[Wanted], number: int) -> Sequence[JsonValue]:
    for value, each in zip(values, fields, strict=True):
        if isinstance(value, Undecodable):
            raise Unreadable(no_text(each.column, number))
        if not isinstance(value, _OF_JSON):
            raise Unreadable(Fault("TELI-E079", told_of_type(each.column), next_step=STEP_TO_TEXT))
    return cast("Sequence[JsonValue]", values)


def _place(number: int) -> tuple[int, int]:
    return number, 1
