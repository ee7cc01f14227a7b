"""Asks a database for a list of numbers that nobody calls. As in a file, a row that is none is an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from teli_iac.leads.declaration import faults_of_country
from teli_iac.leads.faults import Faults, Unreadable
from teli_iac.leads.numbers import NumberReader, listed_number_reader
from teli_iac.leads.queries import DATABASES, ENGINES, Databases
from teli_iac.leads.queries.answers import chosen, fields_of, rows_of
from teli_iac.leads.queries.faults import no_row
from teli_iac.leads.queries.protocol import NumbersThere, Place
from teli_iac.leads.refusals import RowFault
from teli_iac.leads.selection import Wanted, selection_of
from teli_iac.leads.sources.values import has_fault
from teli_iac.leads.suppression.listed import Listed, listed
from teli_iac.leads.suppression.reading import NOBODY, numbers_of, refuse, refuse_empty
from teli_iac.model import SuppressionQuery


@dataclass(frozen=True, slots=True)
class AskedList:
    """The numbers that a database gave, a name made of them, and when it was asked."""

    numbers: Listed | NumbersThere
    content: str
    dated: datetime


def ask_list(
    reference: SuppressionQuery, databases: Databases, now: datetime, place: Place | None = None
) -> AskedList:
    """All numbers that the query gives, left at the `place` if it is put there.

    Raises Unreadable with every fault.
    """
    if reference.default_country is not None:
        refuse(faults_of_country(reference.default_country))
    faults = Faults()
    numbers: Listed | NumbersThere
    try:
        numbers = _numbers(reference, databases, faults, place)
    except Unreadable as unreadable:
        told = (*faults, *unreadable.faults)
        if {fault.code for fault in told} != {NOBODY}:
            raise Unreadable(*told) from None
        numbers = listed(())
    refuse(faults)
    refuse_empty(numbers, reference)
    return AskedList(numbers, numbers.content(), now)


def _numbers(
    reference: SuppressionQuery, databases: Databases, faults: Faults, place: Place | None
) -> Listed | NumbersThere:
    connection = databases.connections[reference.connection]
    if place is not None:
        return _at(place, reference, faults)
    if connection.kind in ENGINES:
        place = ENGINES[connection.kind]().place(connection, databases.around)
        return _fetched(_at(place, reference, faults))
    ask = DATABASES[connection.kind]()
    with ask(connection, reference.query, databases.around) as answer:
        fields = fields_of(answer, selection_of(reference), faults)
        read_number = listed_number_reader(reference.default_country)
        return listed(_all_of(chosen(answer, fields), fields, read_number, faults))


def _at(place: Place, reference: SuppressionQuery, faults: Faults) -> Listed | NumbersThere:
    """What an engine proves, while the exact way looks at all else."""
    numbers, others = place.ask(reference)
    rows = (row for row in others if not has_fault(row, faults))
    found = [*numbers_of(rows, listed_number_reader(reference.default_country), faults)]
    return listed(chain(numbers.fetched(), found)) if found else numbers


def _fetched(numbers: Listed | NumbersThere) -> Listed:
    return numbers if isinstance(numbers, Listed) else listed(numbers.fetched())


def _all_of(
    batches: Iterable[Sequence[Sequence[object]]],
    fields: Sequence[Wanted],
    read_number: NumberReader,
    faults: Faults,
) -> Iterator[int]:
    """Every number: those of a batch at once where all are plain, which takes less than half the time."""
    before = 0
    for batch in batches:
        plain = _plain(batch, read_number)
        if plain is None:
            yield from numbers_of(rows_of(iter([batch]), fields, faults, before), read_number, faults)
        else:
            yield from map(int, plain)
        before += len(batch)
    if not before:
        raise no_row()


def _plain(batch: Sequence[Sequence[object]], read_number: NumberReader) -> Sequence[str] | None:
    """The numbers of these rows; None where there is anything to look at."""
    numbers: list[str] = []
    for (value,) in batch:
        # No character that can be printed in ASCII is forbidden in a value.
        if not (isinstance(value, str) and value.isascii() and value.isprintable()):
            return None
        number = read_number(value)
        if isinstance(number, RowFault):
            return None
        numbers.append(number)
    return numbers
