"""`spec.leads` of a Campaign: where its people come from, and by which names they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import TypeAlias

from teli_iac.kinds.complaint import Complaint
from teli_iac.model import JsonValue

LeadsSpec: TypeAlias = "dict[str, JsonValue] | list[dict[str, JsonValue]]"
"""A mapping that names a source, or the people themselves."""

_OF_A_FILE = ("file", "delimiter", "encoding")
_OF_A_QUERY = ("query", "connection")
_API_FIELDS = ("phone_number", "first_name", "last_name", "email")
_NEARLY = 0.85
_LONGEST_NAME = 24


def check_leads(leads: LeadsSpec) -> Iterator[Complaint]:
    """What the schema cannot see: misspelt names of fields, two sources at once."""
    yield from _check_field_names(leads)
    yield from _check_source(leads)


def max_per_part(leads: str | LeadsSpec) -> int | None:
    """How many people one create may carry at most, where that is declared."""
    most = leads.get("max_per_part") if isinstance(leads, dict) else None
    return most if isinstance(most, int) else None


def _check_source(leads: LeadsSpec) -> Iterator[Complaint]:
    """That people come from one place, and that what is said of it can be said of such a place."""
    if isinstance(leads, list):
        return
    asked = "query" in leads
    told = "The people are the answer to a query" if asked else "The people are in a file"
    for key in _OF_A_FILE if asked else _OF_A_QUERY:
        if key in leads:
            said = f"{told}, and {key} is for {'a file' if asked else 'a query'}"
            yield Complaint("TELI-E110", ("spec", "leads", key), said, "Keep the one or the other.")


def _check_field_names(leads: LeadsSpec) -> Iterator[Complaint]:
    """Fields that are nearly named as the API's own: the real one would be left out without a word."""
    for place, name in _field_names(leads):
        meant = _nearly(name)
        if meant:
            yield Complaint(
                "TELI-E055",
                ("spec", "leads", *place),
                f'"{name}" is nearly the name of a field of the API',
                f'Did you mean "{meant}"? A variable of your own needs a name that is less like it.',
            )


def _field_names(
    leads: LeadsSpec,
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every name of a field with its place: keys of inline rows, our side of `columns`, `variables`."""
    if isinstance(leads, list):
        yield from (((number, key), key) for number, row in enumerate(leads) for key in row)
        return
    columns, variables = leads.get("columns"), leads.get("variables")
    if isinstance(columns, dict):
        yield from ((("columns", key), key) for key in columns)
    if isinstance(variables, list):
        yield from ((("variables", number), str(name)) for number, name in enumerate(variables))


@lru_cache(maxsize=4096)
def _nearly(name: str) -> str | None:
    """The API's field that a name was probably meant for, when it is not that very name.

    Remembered, since a thousand campaigns have the same few fields.
    """
    folded = name.casefold()
    if name in _API_FIELDS or len(folded) > _LONGEST_NAME:
        return None
    close = get_close_matches(folded, _API_FIELDS, n=1, cutoff=_NEARLY)
    return close[0] if close else None
