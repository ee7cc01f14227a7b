"""The people of every campaign, read from where the manifests say, each file once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from teli_iac.catalogue import CATALOGUE
from teli_iac.errors import InvalidManifests, Problem
from teli_iac.leads.declaration import faults_of_declaration
from teli_iac.leads.exact import read_rows
from teli_iac.leads.faults import Fault, Faults, Unreadable
from teli_iac.leads.formats import format_of
from teli_iac.leads.judged import JudgedPeople
from teli_iac.leads.long_lists import read_long
from teli_iac.leads.numbers import number_reader
from teli_iac.leads.opened import opened_below
from teli_iac.leads.opening import size_of
from teli_iac.leads.people import gather
from teli_iac.leads.queries import Databases
from teli_iac.leads.queries.judging import placed, read_query
from teli_iac.leads.refusals import Refusals
from teli_iac.leads.remembering import recall, remember
from teli_iac.leads.sources.inline import read_inline
from teli_iac.leads.suppression import Lists
from teli_iac.leads.suppression.applying import without_listed
from teli_iac.leads.ways import USUAL_WAYS, Ways
from teli_iac.model import Fingerprint, Leads, LeadsReference, Mark
from teli_iac.model.making import maker

_make_leads = maker(Leads)
_NONE_REFUSED = Refusals().finished()


def load_leads(
    references: Sequence[LeadsReference],
    folder: str,
    ways: Ways = USUAL_WAYS,
    databases: Databases | None = None,
    lists: Lists | None = None,
) -> tuple[Mapping[str, Leads], tuple[Problem, ...]]:
    """The people by campaign, and every structural fault; a campaign with one is missing in the mapping.

    Rows that are not callable, or whose number an earlier row has, are told in `Leads.refused`. Paths
    resolve below `folder`. Campaigns that read a file in the same way share one reading of it. Long files
    are judged now and stay where they are: their people are read again when somebody needs them.

    Queries are put to `databases`, each once however many campaigns share it, and their people are held.
    Without, none is run, and whose people it would give is not known (`Leads.is_known`).

    Whoever stands in a list that the campaign names under `suppress` is left out; lists by query are asked of
    the same `databases`, unless `lists` are given, which have their own.
    """
    read: dict[Hashable, _Reading] = {}
    lists = lists or Lists(folder, ways, databases=databases)
    left_out: dict[Hashable, Leads] = {}
    leads: dict[str, Leads] = {}
    problems: dict[Problem, None] = {}
    for reference in references:
        if reference.judged is not None and not reference.suppress:
            leads[reference.campaign] = _judged(reference, reference.judged)
            continue
        key = _way_of_reading(reference)
        reading = read[key] = read.get(key) or _read(reference, folder, ways, databases)
        problems |= dict.fromkeys(_problem(fault, reference) for fault in reading.faults)
        if reading.leads is not None:
            query = reference.query
            people = placed(reading.leads, query) if query else reading.leads
            try:
                leads[reference.campaign] = _left_out(people, key, reference, lists, left_out)
            except InvalidManifests as invalid:
                problems |= dict.fromkeys(invalid.problems)
    return leads, tuple(problems)


def nobody_known() -> Leads:
    """The people of a campaign where nobody looks who they are."""
    return Leads((), Fingerprint(0, 0), Refusals().finished(), "", is_known=False)


def _left_out(
    people: Leads,
    way_of_reading: Hashable,
    reference: LeadsReference,
    lists: Lists,
    known: dict[Hashable, Leads],
) -> Leads:
    """Campaigns with the same people and the same lists share one subtraction."""
    key = (way_of_reading, reference.suppress, people.query)
    if key not in known:
        known[key] = without_listed(people, reference.suppress, lists)
    return known[key]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What came of one reading: the people, or why there are none."""

    leads: Leads | None
    faults: tuple[Fault, ...]


def _read(reference: LeadsReference, folder: str, ways: Ways, databases: Databases | None) -> _Reading:
    declared = tuple(faults_of_declaration(reference, ways))
    if declared:
        return _Reading(None, declared)
    faults = Faults()
    try:
        leads = _people(reference, folder, faults, ways, databases)
    except Unreadable as unreadable:
        return _Reading(None, (*faults, *unreadable.faults))
    return _Reading(leads if not faults else None, tuple(faults))


def _people(
    reference: LeadsReference, folder: str, faults: Faults, ways: Ways, databases: Databases | None
) -> Leads:
    if reference.file is not None:
        return _read_file(reference, folder, faults, ways)
    query = reference.query
    if query is None:
        return _read_inline(reference, faults)
    if databases is None or query.connection not in databases.connections:
        return nobody_known()
    return read_query(reference, query, databases, faults, ways)


def _judged(reference: LeadsReference, fingerprint: Fingerprint) -> Leads:
    people = JudgedPeople(fingerprint, partial(_read_inline, reference, Faults()))
    return _make_leads(people, fingerprint, _NONE_REFUSED, reference.mark.file)


def _read_inline(reference: LeadsReference, faults: Faults) -> Leads:
    read_number = number_reader(None, allow_test_numbers=reference.allow_test_numbers)
    return gather(read_inline(reference.inline, faults), read_number, reference.mark.file)


def _read_file(reference: LeadsReference, folder: str, faults: Faults, ways: Ways) -> Leads:
    file = reference.file or ""
    source, format_ = _name(file), format_of(file)
    read_number = number_reader(reference.default_country, allow_test_numbers=reference.allow_test_numbers)
    with opened_below(folder, file) as opened:
        if size_of(opened.file) < ways.long_bytes and not format_.needs_engine:
            return gather(read_rows(opened, format_, reference, faults), read_number, source)
    known = recall(reference, folder, source, ways)
    return known or remember(read_long(reference, folder, source, ways), ways)


def _way_of_reading(reference: LeadsReference) -> Hashable:
    """Equal for references that get the same people from the same file; inline rows are their own."""
    if reference.file is None and reference.query is None:
        return (reference.campaign, reference.mark)
    return (
        _name(reference.file) if reference.file is not None else "",
        (reference.query.connection, reference.query.text) if reference.query else None,
        tuple(sorted(reference.columns.items())),
        tuple(sorted(reference.variables)),
        reference.default_country,
        reference.delimiter,
        reference.encoding,
        reference.allow_test_numbers,
    )


def _problem(fault: Fault, reference: LeadsReference) -> Problem:
    step = fault.next_step or CATALOGUE[fault.code].next_step
    if reference.file is None and reference.query is not None:
        row = f"Row {fault.line:,} of the answer: " if fault.line else ""
        return Problem(fault.code, row + fault.message, reference.query.mark, step)
    return Problem(fault.code, fault.message, _mark(fault, reference), step)


def _mark(fault: Fault, reference: LeadsReference) -> Mark:
    if fault.line is None:
        return reference.mark
    file = reference.mark.file if reference.file is None else _name(reference.file)
    return Mark(file, fault.line, fault.column)


def _name(file: str) -> str:
    return str(PurePosixPath(file))
