"""What a connection has to answer, and what it is given to answer with."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from teli_iac.leads.sources.row import Row
from teli_iac.model import Connection, Fingerprint, Leads, LeadsReference, SuppressionQuery
from teli_iac.model.people import PeopleInPieces


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


class NumbersHere(Protocol):
    """Numbers that this machine holds, each once, as whole numbers in arrays of eight bytes for each."""

    def __len__(self) -> int: ...

    def shares(self) -> Sequence[array[int]]:
        """All of them."""
        ...


class NumbersThere(Protocol):
    """The numbers of a list that an engine keeps, where people are held against them."""

    def __len__(self) -> int:
        """Each counts once, however often it came."""
        ...

    def content(self) -> str:
        """A name of these very numbers, in whatever order and however often they came."""
        ...

    def fetched(self) -> Iterable[int]:
        """Each once, in any order. Raises Unreadable."""
        ...


class Place(Protocol):
    """Where an engine keeps what it was asked for. Only what is at one place meets: equal places are one."""

    @property
    def connection(self) -> str:
        """Who leads there."""
        ...

    def ask(self, reference: SuppressionQuery) -> tuple[NumbersThere, Iterator[Row]]:
        """The numbers of a query, and in their order the rows without one and those that may not be sent.

        Raises Unreadable, also where there is no row, and while rows are taken.
        """
        ...


@runtime_checkable
class PeopleThere(PeopleInPieces, Protocol):
    """People who stay with the engine that judged them."""

    @property
    def place(self) -> Place:
        """Where they are."""
        ...

    @property
    def fingerprint(self) -> Fingerprint:
        """Of all of them."""
        ...

    def listed(self, lists: Sequence[NumbersThere | NumbersHere]) -> PeopleThere:
        """Those whose number stands in one of the lists, of which there is one at least.

        Each is at their place, or here: then it is sent there, once for as long as it is held. Raises
        Unreadable.
        """
        ...

    def without(self, others: PeopleThere) -> PeopleThere:
        """All but the others, who are some of them."""
        ...


class Engine(Protocol):
    """Judges people where they live, and leaves out there who stands in a list."""

    def judge(self, connection: Connection, reference: LeadsReference, around: Surroundings) -> Leads:
        """Everybody who may be called: `Leads` as if their rows had been judged here.

        Their rows are `PeopleInPieces`, in the order of their numbers; of several rows with one number the
        one whose row text (`identity.row_text`) sorts first in UTF-8 stays, since a query has no order of
        its own. Refused rows are counted by the codes of `RowFault`, and described with `Mark.line` as their
        number in the answer, or 1 where it has none. Nobody is an Unreadable, as is whatever else is wrong.
        The same people come however often the pieces are read, or LeadsChanged is raised.
        """
        ...

    def place(self, connection: Connection, around: Surroundings) -> Place:
        """A place where nothing is yet. Raises Unreadable."""
        ...
