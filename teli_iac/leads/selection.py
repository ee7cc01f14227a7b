"""What of a row leaves the machine: the phone number, the mapped columns and the declared variables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from teli_iac.leads.characters import forbidden_in_value
from teli_iac.leads.faults import Fault
from teli_iac.model import DoNotCall, LeadsReference

PHONE_NUMBER = "phone_number"
_OPTIONAL_FIELDS = ("first_name", "last_name", "email")
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field under the name it is sent by, and the column it comes from.

    `required` is whether the manifest names it: one of the API's own names may be missing in a file.
    """

    name: str
    column: str
    required: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """The column of the phone number, and all else that is sent, sorted by name."""

    number: Wanted
    fields: tuple[Wanted, ...]

    def __iter__(self) -> Iterator[Wanted]:
        yield self.number
        yield from self.fields


def select(reference: LeadsReference) -> Selection:
    """What a campaign takes from its file."""
    return _select(tuple(reference.columns.items()), reference.variables)


@lru_cache(maxsize=1024)
def _select(columns: tuple[tuple[str, str], ...], variables: tuple[str, ...]) -> Selection:
    """Remembered, since ten thousand campaigns take the same few fields."""
    theirs = dict(columns)
    declared = {*theirs, *variables} - {PHONE_NUMBER}
    return Selection(
        Wanted(PHONE_NUMBER, theirs.get(PHONE_NUMBER, PHONE_NUMBER), required=True),
        tuple(
            Wanted(name, theirs.get(name, name), required=name in declared)
            for name in sorted({*declared, *_OPTIONAL_FIELDS})
        ),
    )


def selection_of(reference: DoNotCall) -> Selection:
    """Of a do-not-call list, the number alone."""
    return Selection(Wanted(PHONE_NUMBER, reference.column, required=True), ())


def faults_of_names(names: Iterable[str], line: int | None, column: int) -> Iterator[Fault]:
    """Names that a field may not be sent under."""
    for name in names:
        if _can_be_sent(name):
            continue
        if not name.strip():
            yield Fault("TELI-E096", "A field has an empty name", line, column)
        elif len(name) > _LONGEST_NAME:
            message = f"The name of a field has more than {_LONGEST_NAME} characters"
            yield Fault("TELI-E096", message, line, column)
        else:
            message = "The name of a field has a control character or one that cannot be seen"
            yield Fault("TELI-E096", message, line, column)


@lru_cache(maxsize=4096)
def _can_be_sent(name: str) -> bool:
    return bool(name.strip()) and len(name) <= _LONGEST_NAME and not forbidden_in_value(name)
