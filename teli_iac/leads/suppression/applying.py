"""What a campaign's lists do to its people, or what is wrong with the lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePosixPath

from teli_iac.catalogue import CATALOGUE
from teli_iac.errors import InvalidManifests, Problem
from teli_iac.leads.faults import Fault, Unreadable
from teli_iac.leads.suppression.ages import problems_of_age
from teli_iac.leads.suppression.listed import Listed
from teli_iac.leads.suppression.lists import Lists
from teli_iac.leads.suppression.subtracting import leave_out
from teli_iac.model import Leads, ListRead, Mark, SuppressionReference


def without_listed(leads: Leads, declared: Sequence[SuppressionReference], lists: Lists) -> Leads:
    """The people who stand in none of the declared lists. Raises InvalidManifests with every problem.

    No list is refused for its age here: that is done where somebody is to be called (`ages`).
    """
    if not declared:
        return leads
    read = _read(declared, lists, None)
    return leave_out(leads, [each for each, _ in read], [numbers for _, numbers in read])


def still_callable(leads: Leads, lists: Lists, now: datetime) -> Leads:
    """The same people without those who were listed since; nobody comes back.

    Every list is read again; of those whose bytes are the same nobody can be listed who was not. Raises
    InvalidManifests when one cannot be read, or has become too old.
    """
    if leads.suppression is None:
        return leads
    before = {each.reference: each.content for each in leads.suppression.lists}
    read = _read([*before], lists, now)
    problems = tuple(problem for each, _ in read for problem in problems_of_age(each, now))
    if problems:
        raise InvalidManifests(problems)
    others = [numbers for each, numbers in read if each.content != before[each.reference]]
    return leave_out(leads, [each for each, _ in read], others)


def _read(
    declared: Sequence[SuppressionReference], lists: Lists, now: datetime | None
) -> list[tuple[ListRead, Listed]]:
    read: list[tuple[ListRead, Listed]] = []
    problems: list[Problem] = []
    for reference in declared:
        try:
            found = lists.read(reference, now)
        except Unreadable as unreadable:
            problems += _problems(unreadable.faults, reference)
        else:
            dated = reference.as_of or found.state.dated
            read.append((ListRead(reference, dated, found.content), found.numbers))
    if problems:
        raise InvalidManifests(tuple(problems))
    return read


def _problems(faults: Sequence[Fault], reference: SuppressionReference) -> Iterator[Problem]:
    for fault in faults:
        # A list is opened and taken apart as leads are, and told of in the same words but one.
        said = fault.message.replace("leads file", "do-not-call list")
        step = fault.next_step or CATALOGUE[fault.code].next_step
        yield Problem(fault.code, said, _mark(fault, reference), step)


def _mark(fault: Fault, reference: SuppressionReference) -> Mark:
    if fault.line is None:
        return reference.mark
    return Mark(str(PurePosixPath(reference.file)), fault.line, fault.column)
