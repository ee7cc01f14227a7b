"""The people of a query: asked once, held by this command, and the same in whatever order they come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from teli_iac.identity import fingerprint_people, row_text
from teli_iac.leads.faults import Faults
from teli_iac.leads.numbers import number_reader
from teli_iac.leads.people import collector_at_rest, judge
from teli_iac.leads.queries import DATABASES, ENGINES
from teli_iac.leads.queries.answers import chosen, fields_of, rows_of
from teli_iac.leads.queries.keeping import Answered
from teli_iac.leads.queries.protocol import Databases
from teli_iac.leads.refusals import Refusals, RowFault
from teli_iac.leads.selection import select
from teli_iac.leads.sources.row import Row
from teli_iac.leads.ways import Ways
from teli_iac.model import Lead, Leads, LeadsReference, Mark, Query

_NUMBER = attrgetter("phone_number")


def read_query(
    reference: LeadsReference, query: Query, databases: Databases, faults: Faults, ways: Ways
) -> Leads:
    """Everybody whom the query gives. Raises Unreadable, and adds lesser faults to `faults`.

    They stand in the order of their numbers, and of several rows with one number the one whose text sorts
    first stays: a database owes nobody an order, and another one must not be another list.
    """
    connection = databases.connections[query.connection]
    if connection.kind in ENGINES:
        return ENGINES[connection.kind]().judge(connection, reference, databases.around)
    ask = DATABASES[connection.kind]()
    with ask(connection, query.text, databases.around) as answer:
        fields = fields_of(answer, select(reference), faults)
        answered = Answered(chosen(answer, fields), [each.name for each in fields], ways)
    proven = answered.prove(reference)
    if proven is not None:
        people, fingerprint = proven
        return Leads(people, fingerprint, Refusals().finished(), "")
    return judge_rows(rows_of(answered.batches(), fields, faults), reference)


def judge_rows(rows: Iterator[Row], reference: LeadsReference) -> Leads:
    """By the exact way, held by this command."""
    refusals = Refusals()
    read_number = number_reader(reference.default_country, allow_test_numbers=reference.allow_test_numbers)
    with collector_at_rest():
        judged = sorted(judge(rows, read_number, refusals, "", watched=frozenset()), key=_NUMBER)
    people = tuple(_once(judged, refusals))
    return Leads(people, fingerprint_people(people), refusals.finished(), "")


def placed(leads: Leads, query: Query) -> Leads:
    """The same people as those of this very manifest: refused rows are told at its query, by their number."""
    described = tuple(
        replace(row, mark=query.mark, sentence=f"Row {row.mark.line:,} of the answer: {row.sentence}")
        for row in leads.refused.described
    )
    refused = replace(leads.refused, described=described)
    return replace(leads, refused=refused, source=query.mark.file, query=query)


def _once(judged: Sequence[Lead], refusals: Refusals) -> Iterator[Lead]:
    for _, group in groupby(judged, key=_NUMBER):
        first, *others = group
        if others:
            first, *others = sorted((first, *others), key=row_text)
        for other in others:
            refusals.count(RowFault.REPEATED)
            if not refusals.full:
                refusals.describe(RowFault.REPEATED, Mark("", other.line, 1), other.phone_number, first.line)
        yield first
