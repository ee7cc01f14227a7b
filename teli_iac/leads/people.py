"""Rows become people: each number in E.164, none twice, and who is left out is counted by why."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from teli_iac.identity import fingerprint_people
from teli_iac.leads.numbers import NumberReader
from teli_iac.leads.refusals import Refusals, RowFault
from teli_iac.leads.sources.row import Row
from teli_iac.model import Lead, Leads, Mark, RefusedRows


def gather(rows: Iterable[Row], read_number: NumberReader, source: str) -> Leads:
    """The people in the order of their rows. Of several rows with one number the first stays."""
    with _collector_at_rest():
        people, refused = _judge(rows, read_number, source)
        return Leads(tuple(people), fingerprint_people(people), refused, source)


def _judge(rows: Iterable[Row], read_number: NumberReader, source: str) -> tuple[list[Lead], RefusedRows]:
    people: list[Lead] = []
    first_line: dict[str, int] = {}
    refusals = Refusals()
    for row in rows:
        number = read_number(row.number) if isinstance(row.number, str) else _not_text(row)
        if isinstance(number, RowFault):
            _refuse(refusals, number, row, source)
        elif number in first_line:
            _refuse(refusals, RowFault.REPEATED, row, source, first_line[number])
        else:
            first_line[number] = row.line
            people.append(Lead(number, row.fields, row.line))
            continue
        refusals.stop_if_hopeless(len(people), row.line)
    return people, refusals.finished()


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Rows hold no cycles, and the collector would visit all of them over and over: a quarter of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _not_text(row: Row) -> RowFault:
    return RowFault.NO_NUMBER if row.number is None else RowFault.NOT_TEXT


def _refuse(refusals: Refusals, fault: RowFault, row: Row, source: str, first: int | None = None) -> None:
    refusals.count(fault)
    if not refusals.full:
        refusals.describe(fault, Mark(source, *row.place()), row.number, first)
