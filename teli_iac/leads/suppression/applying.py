"""What a campaign's lists do to its people, or what is wrong with the lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import TypeAlias

from teli_iac.catalogue import CATALOGUE
from teli_iac.errors import InvalidManifests, Problem
from teli_iac.leads.faults import Fault, Unreadable
from teli_iac.leads.queries.protocol import NumbersThere, Place
from teli_iac.leads.suppression.ages import problems_of_age
from teli_iac.leads.suppression.listed import Listed
from teli_iac.leads.suppression.lists import Lists
from teli_iac.leads.suppression.subtracting import leave_out
from teli_iac.leads.suppression.there import place_of
from teli_iac.model import DoNotCall, Leads, ListRead, Mark, SuppressionQuery

_Read: TypeAlias = "tuple[ListRead, Listed | NumbersThere]"


def without_listed(leads: Leads, declared: Sequence[DoNotCall], lists: Lists) -> Leads:
    """The people who stand in none of the declared lists. Raises InvalidManifests with every problem.

    Where no query is run, a list by query is named among the `unasked`. No list is refused for its age here:
    that is done where somebody is to be called (`ages`).
    """
    if not declared:
        return leads
    read = _read([each for each in declared if lists.can_read(each)], lists, None, place_of(leads.rows))
    rest = _left_out(leads, read, [numbers for _, numbers in read])
    return _with_unasked(rest, [each for each in declared if not lists.can_read(each)])


def still_callable(leads: Leads, lists: Lists, now: datetime) -> Leads:
    """The same people without those who were listed since; nobody comes back.

    Every list is read again; of those whose bytes or numbers are the same nobody can be listed who was not.
    Raises InvalidManifests when one cannot be read, or has become too old.
    """
    if leads.suppression is None:
        return leads
    before: dict[DoNotCall, str] = {each.reference: each.content for each in leads.suppression.lists}
    read = _read([*before, *leads.suppression.unasked], lists, now, place_of(leads.rows))
    problems = tuple(problem for each, _ in read for problem in problems_of_age(each, now))
    if problems:
        raise InvalidManifests(problems)
    others = [numbers for each, numbers in read if each.content != before.get(each.reference)]
    return _left_out(leads, read, others)


def _left_out(leads: Leads, read: Sequence[_Read], numbers: Sequence[Listed | NumbersThere]) -> Leads:
    try:
        return leave_out(leads, [each for each, _ in read], numbers)
    except Unreadable as unreadable:  # by an engine, where the people of a query are
        mark = leads.query.mark if leads.query else Mark(leads.source, 1, 1)
        told = (
            Problem(fault.code, fault.message, mark, fault.next_step or CATALOGUE[fault.code].next_step)
            for fault in unreadable.faults
        )
        raise InvalidManifests(tuple(told)) from None


def _with_unasked(leads: Leads, declared: Sequence[DoNotCall]) -> Leads:
    unasked = tuple(each for each in declared if isinstance(each, SuppressionQuery))
    if leads.suppression is None or not unasked:
        return leads
    return replace(leads, suppression=replace(leads.suppression, unasked=unasked))


def _read(
    declared: Sequence[DoNotCall], lists: Lists, now: datetime | None, place: Place | None
) -> Sequence[_Read]:
    read: list[_Read] = []
    problems: list[Problem] = []
    for reference in declared:
        try:
            found = lists.read(reference, now, place)
        except Unreadable as unreadable:
            problems += _problems(unreadable.faults, reference)
        else:
            dated = reference.as_of or found.dated
            read.append((ListRead(reference, dated, found.content), found.numbers))
    if problems:
        raise InvalidManifests(tuple(problems))
    return read


def _problems(faults: Sequence[Fault], reference: DoNotCall) -> Iterator[Problem]:
    for fault in faults:
        # A list is opened and taken apart as leads are, and told of in the same words but one.
        said = f"{_row(fault, reference)}{fault.message.replace('leads file', 'do-not-call list')}"
        step = fault.next_step or CATALOGUE[fault.code].next_step
        yield Problem(fault.code, said, _mark(fault, reference), step)


def _row(fault: Fault, reference: DoNotCall) -> str:
    asked = isinstance(reference, SuppressionQuery)
    return f"Row {fault.line:,} of the answer: " if asked and fault.line is not None else ""


def _mark(fault: Fault, reference: DoNotCall) -> Mark:
    if fault.line is None or isinstance(reference, SuppressionQuery):
        return reference.mark
    return Mark(str(PurePosixPath(reference.file)), fault.line, fault.column)
