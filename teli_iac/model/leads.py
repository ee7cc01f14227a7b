"""The people whom a campaign calls, where its manifest says they come from, and who of them is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from teli_iac.model.json_value import JsonValue
from teli_iac.model.marks import Mark
from teli_iac.model.suppression import DoNotCall, ListRead, SuppressionQuery


@dataclass(frozen=True, slots=True, repr=False)
class Query:
    """SQL that a manifest puts to a connection; `mark` is where its text stands.

    The repr leaves out the text, which may name people.
    """

    text: str
    connection: str
    mark: Mark

    def __repr__(self) -> str:
        return f"Query({self.connection} at {self.mark})"


@dataclass(frozen=True, slots=True, repr=False)
class Lead:
    """One person of a campaign: the E.164 number, and what else is sent, sorted by name, never empty.

    `line` is where the lead stands in its file, from 1. The repr hides everything personal.
    """

    phone_number: str
    fields: tuple[tuple[str, JsonValue], ...]
    line: int

    def __repr__(self) -> str:
        return f"Lead(line {self.line})"


class People(Protocol):
    """Some people, no number twice: a tuple of them, or a list that is read in pieces (`model.people`)."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Lead]: ...


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A set of people as two numbers: how many, and the sum of their row hashes modulo 2^128."""

    count: int
    total: int


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row that is not called: where it stands, a code such as `TELI-E086`, a sentence with no number."""

    mark: Mark
    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.mark}: {self.code} {self.sentence}"


@dataclass(frozen=True, slots=True)
class RefusedRows:
    """Rows that are not callable or name a number twice: all counted by code, the first ten described."""

    by_kind: Mapping[str, int]
    described: tuple[RefusedRow, ...]

    @property
    def count(self) -> int:
        """All refused rows together."""
        return sum(self.by_kind.values())


@dataclass(frozen=True, slots=True, repr=False)
class Suppression:
    """Who was left out of some people: `numbers` of theirs, as whole numbers in order, are on one of `lists`.

    `declared` is the fingerprint of everybody, those left out included. Nobody has looked at the lists of
    `unasked`, since this command runs no query: whoever stands in one of those is still among the people.
    """

    lists: tuple[ListRead, ...]
    declared: Fingerprint
    numbers: Collection[int]
    unasked: tuple[SuppressionQuery, ...] = ()

    def __repr__(self) -> str:
        return f"Suppression({len(self.numbers)} people by {len(self.lists)} lists)"


@dataclass(frozen=True, slots=True, repr=False)
class Leads:
    """The callable people of a campaign, in the order of their file, no number twice.

    `source` is the leads file below the project folder, or the manifest for inline leads and queries.
    `query` is the one whose result they are. Where this command runs no query, `is_known` is false, and
    nobody is here. Whoever stands in a list of `suppression` is left out of `rows` and `fingerprint`; None
    where no list is declared.
    """

    rows: People
    fingerprint: Fingerprint
    refused: RefusedRows
    source: str
    query: Query | None = None
    is_known: bool = True
    suppression: Suppression | None = None

    @property
    def suppressed(self) -> int:
        """How many people of the source are left out because they stand in a list."""
        return len(self.suppression.numbers) if self.suppression else 0

    @property
    def declared(self) -> Fingerprint:
        """Everybody of the source, those left out included."""
        return self.suppression.declared if self.suppression else self.fingerprint

    def mark_of(self, lead: Lead) -> Mark:
        """Where somebody is told of this person: their row, or the query that gave it."""
        return self.query.mark if self.query else Mark(self.source, lead.line, 1)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Lead]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"Leads({len(self.rows)} people of {self.source})"


@dataclass(frozen=True, slots=True, repr=False)
class InlineRow:
    """One lead written in the manifest itself: its keys and values as read, and where each key stands."""

    values: Mapping[str, JsonValue]
    marks: Mapping[str, Mark]
    mark: Mark

    def __repr__(self) -> str:
        return f"InlineRow({self.mark})"


@dataclass(frozen=True, slots=True)
class JudgedRows:
    """What rows written in a manifest came to when they were judged, every one of them callable.

    `allow_test_numbers` is by which rule.
    """

    fingerprint: Fingerprint
    allow_test_numbers: bool


@dataclass(frozen=True, slots=True)
class LeadsReference:
    """Where a campaign's people come from, before they are loaded: a file, a query, or rows in the manifest.

    `file` and `query` are None for inline rows. `columns` maps our field names to the file's column names;
    the four names of the API (phone_number, first_name, last_name, email) are looked for under their own
    name when left out. Only these and `variables` leave the machine. `delimiter` and `encoding` are as
    declared, None meaning a comma and UTF-8. Whoever stands in a list of `suppress` is left out. `judged` is
    what inline rows came to before, None where they have to be judged now.
    """

    campaign: str
    file: str | None
    inline: Sequence[InlineRow]
    columns: Mapping[str, str]
    variables: tuple[str, ...]
    default_country: str | None
    delimiter: str | None
    encoding: str | None
    allow_test_numbers: bool
    mark: Mark
    query: Query | None = None
    suppress: tuple[DoNotCall, ...] = ()
    judged: Fingerprint | None = None
