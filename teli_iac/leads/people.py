"""Rows become people: each number in E.164, none twice, and who is left out is counted by why."""

from __future__ import annotations

import gc
from array import array
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager

from teli_iac.identity import fingerprint_people
from teli_iac.leads.numbers import NumberReader
from teli_iac.leads.refusals import Refusals, RowFault
from teli_iac.leads.sources.row import Row
from teli_iac.model import Lead, Leads, Mark

_SHARES = 16
"""Looked at one after the other, so that numbers are compared in a sixteenth of the memory."""


def gather(rows: Iterable[Row], read_number: NumberReader, source: str) -> Leads:
    """The people in the order of their rows. Of several rows with one number the first stays."""
    refusals = Refusals()
    with collector_at_rest():
        people = tuple(judge(rows, read_number, refusals, source))
        return Leads(people, fingerprint_people(people), refusals.finished(), source)


def judge(
    rows: Iterable[Row],
    read_number: NumberReader,
    refusals: Refusals,
    source: str,
    watched: Container[str] | None = None,
) -> Iterator[Lead]:
    """One person after the other; the rows left out are told to `refusals`.

    Of the `watched` numbers only the first row stays; None means of all of them, which holds every number.
    """
    first_line: dict[str, int] = {}
    people = 0
    for row in rows:
        number = read_number(row.number) if isinstance(row.number, str) else _not_text(row)
        if isinstance(number, RowFault):
            _refuse(refusals, number, row, source)
        elif number in first_line:
            _refuse(refusals, RowFault.REPEATED, row, source, first_line[number])
        else:
            if watched is None or number in watched:
                first_line[number] = row.line
            people += 1
            yield Lead(number, row.fields, row.line)
            continue
        refusals.stop_if_hopeless(people, row.line)


class Numbers:
    """The numbers of a list, eight bytes each."""

    def __init__(self) -> None:
        self._shares = [array("Q") for _ in range(_SHARES)]

    def add(self, numbers: Iterable[str]) -> None:
        """E.164 numbers have fifteen digits at most."""
        shares = [share.append for share in self._shares]
        for number in map(int, numbers):
            shares[number % _SHARES](number)

    def repeated(self) -> frozenset[str]:
        """Those that were added more than once."""
        return frozenset(f"+{number}" for share in self._shares for number in _repeated(share))


def _repeated(share: array[int]) -> list[int]:
    if len(set(share)) == len(share):
        return []
    return [number for number, times in Counter(share).items() if times > 1]


@contextmanager
def collector_at_rest() -> Iterator[None]:
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
