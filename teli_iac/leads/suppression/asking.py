"""Asks a database for a list of numbers that nobody calls. As in a file, a row that is none is an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from teli_iac.leads.declaration import faults_of_country
from teli_iac.leads.faults import Faults, Unreadable
from teli_iac.leads.numbers import listed_number_reader
from teli_iac.leads.queries import DATABASES, Databases
from teli_iac.leads.queries.answers import chosen, fields_of, rows_of
from teli_iac.leads.selection import selection_of
from teli_iac.leads.sources import Row
from teli_iac.leads.suppression.listed import Listed, listed
from teli_iac.leads.suppression.reading import NOBODY, numbers_of, refuse, refuse_empty
from teli_iac.model import SuppressionQuery


@dataclass(frozen=True, slots=True)
class AskedList:
    """The numbers that a database gave, a name made of them, and when it was asked."""

    numbers: Listed
    content: str
    dated: datetime


def ask_list(reference: SuppressionQuery, databases: Databases, now: datetime) -> AskedList:
    """All numbers that the query gives. Raises Unreadable with every fault."""
    if reference.default_country is not None:
        refuse(faults_of_country(reference.default_country))
    faults = Faults()
    try:
        numbers = _numbers(reference, databases, faults)
    except Unreadable as unreadable:
        told = (*faults, *unreadable.faults)
        if {fault.code for fault in told} != {NOBODY}:
            raise Unreadable(*told) from None
        numbers = listed(())
    refuse(faults)
    refuse_empty(numbers, reference)
    return AskedList(numbers, numbers.content(), now)


def _numbers(reference: SuppressionQuery, databases: Databases, faults: Faults) -> Listed:
    connection = databases.connections[reference.connection]
    ask = DATABASES[connection.kind]()
    with ask(connection, reference.query, databases.around) as answer:
        fields = fields_of(answer, selection_of(reference), faults)
        rows: Iterator[Row] = rows_of(chosen(answer, fields), fields, faults)
        return listed(numbers_of(rows, listed_number_reader(reference.default_country), faults))
