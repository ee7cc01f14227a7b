"""What a connection has to answer, and what it is given to answer with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from teli_iac.model import Connection, Leads, LeadsReference


@dataclass(frozen=True, slots=True, repr=False)
class Surroundings:
    """Where a connection finds what it names: the project folder, and the environment that has its secrets.

    The repr leaves out the environment.
    """

    folder: str
    environment: Mapping[str, str]

    def __repr__(self) -> str:
        return f"Surroundings({self.folder})"


@dataclass(frozen=True, slots=True, repr=False)
class Databases:
    """What a command may ask: the Project's connections by name."""

    connections: Mapping[str, Connection]
    around: Surroundings


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """The names of the columns as the database gives them, and the rows in batches as they come."""

    columns: tuple[str, ...]
    batches: Iterator[Sequence[Sequence[object]]]


class Undecodable:
    """In the place of a text that is none."""


class Ask(Protocol):
    """Puts a query to a database that can only be read while it answers, and closes it in the end.

    Values come as Python has them: text, numbers, True, None, lists and dicts; anything else is refused.
    Raises Unreadable when it is entered or while batches are taken, in words that hold nothing of any row.
    """

    def __call__(
        self, connection: Connection, text: str, around: Surroundings
    ) -> AbstractContextManager[Answer]:
        """Entered, it has an answer."""
        ...


class Judge(Protocol):
    """Judges the people of a query where they live: `Leads` as if their rows had been judged here.

    Their rows are `PeopleInPieces`, in the order of their numbers; of several rows with one number the one
    whose row text (`identity.row_text`) sorts first in UTF-8 stays, since a query has no order of its own.
    Refused rows are counted by the codes of `RowFault`, and described with `Mark.line` as their number in
    the answer, or 1 where it has none. Nobody is an Unreadable, as is whatever else is wrong. The same
    people come however often the pieces are read, or LeadsChanged is raised.
    """

    def __call__(self, connection: Connection, reference: LeadsReference, around: Surroundings) -> Leads:
        """Everybody who may be called."""
        ...
