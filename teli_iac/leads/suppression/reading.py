"""Reads a list of numbers that nobody calls. A row that cannot be read is an error: it may be anybody's."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from teli_iac.leads.declaration import faults_of_country, faults_of_extras
from teli_iac.leads.encodings import DEFAULT_ENCODING
from teli_iac.leads.engine import Doubtful, is_installed
from teli_iac.leads.exact import select_rows
from teli_iac.leads.faults import Fault, Faults, Unreadable
from teli_iac.leads.formats import Format, format_of
from teli_iac.leads.numbers import NumberReader, listed_number_reader
from teli_iac.leads.opened import Opened, opened_below
from teli_iac.leads.opening import size_of
from teli_iac.leads.people import collector_at_rest
from teli_iac.leads.queries.protocol import NumbersThere
from teli_iac.leads.refusals import RowFault, sentence_of
from teli_iac.leads.selection import selection_of
from teli_iac.leads.sources import SOURCES, Row
from teli_iac.leads.suppression.listed import Listed, listed
from teli_iac.leads.ways import Ways
from teli_iac.model import DoNotCall, SuppressionReference

_NUMBERS_TO_A_PERSON = 8
"""So many numbers take the room of one person with all that is said of them."""

NOBODY = "TELI-E070"
"""What is told of a file without anybody."""


@dataclass(frozen=True, slots=True)
class State:
    """What the system knows of a file's bytes: while all of it stays, so do they."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, file: BinaryIO) -> State:
        """That of an open file."""
        found = os.fstat(file.fileno())
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)

    def is_settled(self, before: datetime) -> bool:
        """Whether the last write was before that moment."""
        return max(self.modified, self.changed) < before.timestamp() * 1_000_000_000

    @property
    def dated(self) -> datetime:
        """When it was last written."""
        return datetime.fromtimestamp(self.modified // 1_000_000_000, UTC)


@dataclass(frozen=True, slots=True)
class ReadList:
    """The numbers of a list, the name of its bytes, and its state when they were read."""

    numbers: Listed
    content: str
    state: State

    @property
    def dated(self) -> datetime:
        """When its file was last written."""
        return self.state.dated


def read_list(folder: str, reference: SuppressionReference, ways: Ways) -> ReadList:
    """All numbers of a list, by the engine where it is long. Raises Unreadable with every fault."""
    format_ = format_of(reference.file, SOURCES)
    refuse(_faults_of_declaration(reference, format_, ways))
    if ways.extras and is_installed() and _is_for_engine(folder, reference, format_, ways):
        with suppress(Doubtful, Unreadable):
            return _read(folder, reference, lambda opened: _by_engine(opened, format_, reference, ways))
    return _read(folder, reference, lambda opened: _exactly(opened, format_, reference))


def _read(folder: str, reference: SuppressionReference, take: Callable[[Opened], Listed]) -> ReadList:
    with opened_below(folder, reference.file) as opened:
        state = State.of(opened.file)
        numbers = take(opened)
        if State.of(opened.file) != state:
            raise Unreadable(Fault("TELI-E063", "The leads file is written to while it is read"))
        refuse_empty(numbers, reference)
        return ReadList(numbers, opened.content, state)


def _faults_of_declaration(reference: SuppressionReference, format_: Format, ways: Ways) -> Iterator[Fault]:
    if reference.default_country is not None:
        yield from faults_of_country(reference.default_country)
    if reference.delimiter is not None and format_.ending != ".csv":
        yield Fault("TELI-E098", "Only a .csv file has a delimiter", next_step="Leave `delimiter` out.")
    yield from faults_of_extras(format_, ways)


def refuse(faults: Iterable[Fault]) -> None:
    """Raises Unreadable unless there is none."""
    told = tuple(faults)
    if told:
        raise Unreadable(*told)


def refuse_empty(numbers: Listed | NumbersThere, reference: DoNotCall) -> None:
    """Raises Unreadable for a list without a number, unless it may be empty."""
    if not len(numbers) and not reference.may_be_empty:
        raise Unreadable(Fault("TELI-E122", "The list has no number"))


def _is_for_engine(folder: str, reference: SuppressionReference, format_: Format, ways: Ways) -> bool:
    if reference.encoding not in {None, DEFAULT_ENCODING}:
        return False
    with opened_below(folder, reference.file) as opened:
        return format_.needs_engine or size_of(opened.file) >= ways.long_bytes // _NUMBERS_TO_A_PERSON


def _by_engine(opened: Opened, format_: Format, reference: SuppressionReference, ways: Ways) -> Listed:
    from teli_iac.leads.engine.listing import read_column  # noqa: PLC0415  0.1 s, paid by who has long lists

    return Listed(column=read_column(opened, format_, reference, ways.piece_bytes))


def _exactly(opened: Opened, format_: Format, reference: SuppressionReference) -> Listed:
    faults = Faults()
    numbers = listed(())
    try:
        with collector_at_rest():
            rows = select_rows(opened, format_, selection_of(reference), reference, faults)
            numbers = listed(numbers_of(rows, listed_number_reader(reference.default_country), faults))
    except Unreadable as unreadable:
        told = (*faults, *unreadable.faults)
        if {fault.code for fault in told} != {NOBODY}:
            raise Unreadable(*told) from None
    refuse(faults)
    return numbers


def numbers_of(rows: Iterable[Row], read_number: NumberReader, faults: Faults) -> Iterator[int]:
    """Every number; a row without one is a fault, for whoever it means would be called."""
    for row in rows:
        number = read_number(row.number) if isinstance(row.number, str) else _not_text(row)
        if isinstance(number, RowFault):
            faults.add(Fault("TELI-E120", sentence_of(number, row.number), *row.place()))
        else:
            yield int(number)


def _not_text(row: Row) -> RowFault:
    return RowFault.NO_NUMBER if row.number is None else RowFault.NOT_TEXT
