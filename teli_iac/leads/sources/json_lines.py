"""`.jsonl`: one JSON object a line; values keep their types, and the phone number must be a text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from teli_iac.leads.characters import fault_of_value, forbidden_in_value
from teli_iac.leads.faults import Fault, Faults, Unreadable
from teli_iac.leads.selection import Selection
from teli_iac.leads.sources.blank import without_blanks
from teli_iac.leads.sources.columns import missing_columns
from teli_iac.leads.sources.json_text import BadJson, column_of, read_object
from teli_iac.leads.sources.row import Row
from teli_iac.model import JsonValue


def read_json_lines(
    lines: Iterator[tuple[int, str]], selection: Selection, _delimiter: str | None, faults: Faults
) -> Iterator[Row]:
    """A row per line. A wanted key may be missing in some lines; in all of them is a fault."""
    number = selection.number.column
    unseen = {wanted.column for wanted in selection if wanted.required}
    keys_of_first: list[str] | None = None
    for line, text in without_blanks(lines, faults):
        try:
            person = read_object(text, line)
        except BadJson as bad:
            faults.add(bad.fault)
            continue
        if keys_of_first is None:
            keys_of_first = list(person)
        unseen -= person.keys() if unseen else set()
        if _has_forbidden(person, selection, line, text, faults):
            continue
        yield Row(line, person.get(number), _sent(person, selection), partial(_place, line, text, number))
    _refuse_unseen(unseen, keys_of_first, faults)


def _sent(person: dict[str, JsonValue], selection: Selection) -> tuple[tuple[str, JsonValue], ...]:
    return tuple(
        [
            (wanted.name, value)
            for wanted in selection.fields
            if (value := person.get(wanted.column)) not in (None, "")
        ]
    )


def _has_forbidden(
    person: dict[str, JsonValue], selection: Selection, line: int, text: str, faults: Faults
) -> bool:
    """Whether a value to be sent has a character that an escape brought in."""
    if "\\" not in text:
        return False
    for wanted in selection:
        character = forbidden_in_value(person.get(wanted.column))
        if character is not None:
            faults.add(fault_of_value(character, line, column_of(text, wanted.column)))
            return True
    return False


def _refuse_unseen(unseen: set[str], keys: list[str] | None, faults: Faults) -> None:
    if keys is None:
        raise Unreadable(*() if faults else (Fault("TELI-E070", "The file is empty", 1, 1),))
    for fault in missing_columns(sorted(unseen), keys, 1):
        faults.add(fault)


def _place(line: int, text: str, key: str) -> tuple[int, int]:
    return line, column_of(text, key)
