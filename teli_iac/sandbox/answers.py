"""A call of the API and its answer as values, and the envelopes that the documentation shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from teli_iac.model import JsonValue

_POWERED_BY: dict[str, JsonValue] = {"powered_by": "Teli"}


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """One request, taken apart. A query parameter that is missing reads as an empty text."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes

    def flag(self, name: str, *, default: bool) -> bool:
        """A boolean of the query; what is neither true nor false is the default (nothing says 400)."""
        return {"true": True, "1": True, "false": False, "0": False}.get(self.asked(name).lower(), default)

    def asked(self, name: str) -> str:
        """A parameter of the query."""
        return self.query.get(name, "")

    def __repr__(self) -> str:
        return f"Call({dict(self.path)})"


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """A status and a JSON object. The repr leaves the object out: failed-numbers carries phone numbers."""

    status: int
    document: dict[str, JsonValue]

    def __repr__(self) -> str:
        return f"Answer({self.status})"


class Refused(Exception):
    """The request is answered with an error instead."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def success(**payload: JsonValue) -> Answer:
    """200 in the documented envelope."""
    return Answer(200, {"success": True, **payload, **_POWERED_BY})


def failure(status: int, error: str) -> Answer:
    """An error in the documented envelope."""
    return Answer(status, {"error": error, "success": False, **_POWERED_BY})


def bare_failure(status: int, error: str) -> Answer:
    """An error as the authentication and agent pages show it: without `powered_by`."""
    return Answer(status, {"error": error, "success": False})


def detail(status: int, text: str) -> Answer:
    """An error as the framework that the service seems to use words it (teli-api.md §0)."""
    return Answer(status, {"detail": text})
