"""Values that come typed, from a table or from a database, and whether they can be sent as they are."""

from __future__ import annotations

from collections.abc import Sequence

from teli_iac.leads.characters import fault_of_value, forbidden_in_value
from teli_iac.leads.faults import Fault, Faults
from teli_iac.leads.selection import Wanted
from teli_iac.leads.sources.inline import NO_JSON, is_json
from teli_iac.leads.sources.json_text import DEEPEST
from teli_iac.leads.sources.records import LONGEST_CELL
from teli_iac.leads.sources.row import Fields, Row
from teli_iac.model import JsonValue

STEP_TO_TEXT = "Turn it into text, in the form in which it is to be said."


def told_of_type(column: str) -> str:
    """What is said of a column whose values have no form in JSON, such as dates."""
    return f'The column "{column}" has a type that JSON lacks'


def sent_fields(fields: Sequence[Wanted], values: Sequence[JsonValue]) -> Fields:
    """What is sent of a row: an empty value is none."""
    return tuple(
        [(each.name, value) for each, value in zip(fields, values, strict=True) if value not in (None, "")]
    )


def has_fault(row: Row, faults: Faults) -> bool:
    """Whether a value may not be sent; what is wrong with the first such one is told to `faults`."""
    for value in (row.number, *(value for _, value in row.fields)):
        character = forbidden_in_value(value)
        if character is not None:
            faults.add(fault_of_value(character, row.line, 1))
            return True
        if not is_json(value, DEEPEST - 1):
            faults.add(Fault("TELI-E079", NO_JSON, row.line))
            return True
        if isinstance(value, str) and len(value) > LONGEST_CELL:
            faults.add(Fault("TELI-E077", f"A cell has more than {LONGEST_CELL:,} characters", row.line))
            return True
    return False
