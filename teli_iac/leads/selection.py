"""What of a row leaves the machine: the phone number, the mapped columns and the declared variables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from teli_iac.leads.characters import forbidden_in_value
from teli_iac.leads.faults import Fault
from teli_iac.model import LeadsReference

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
    declared = {*reference.columns, *reference.variables} - {PHONE_NUMBER}
    return Selection(
        Wanted(PHONE_NUMBER, reference.columns.get(PHONE_NUMBER, PHONE_NUMBER), required=True),
        tuple(
            Wanted(name, reference.columns.get(name, name), required=name in declared)
            for name in sorted({*declared, *_OPTIONAL_FIELDS})
        ),
    )


def faults_of_names(names: Iterable[str], line: int | None, column: int) -> Iterator[Fault]:
    """Names that a field may not be sent under."""
    for name in names:
        if not name.strip():
            yield Fault("TELI-E096", "A field has an empty name", line, column)
        elif len(name) > _LONGEST_NAME:
            message = f"The name of a field has more than {_LONGEST_NAME} characters"
            yield Fault("TELI-E096", message, line, column)
        elif forbidden_in_value(name):
            message = "The name of a field has a control character or one that cannot be seen"
            yield Fault("TELI-E096", message, line, column)
