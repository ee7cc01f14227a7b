"""Lists of numbers that nobody calls, as the manifests declare them and as they were read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from teli_iac.model.marks import Mark


@dataclass(frozen=True, slots=True)
class SuppressionReference:
    """One list in a file. `delimiter` and `encoding` are as declared, None meaning a comma and UTF-8.

    A list older than `max_age` is refused; its age counts from `as_of`, the beginning of a day in UTC, or
    from when the file was last written.
    """

    file: str
    column: str
    default_country: str | None
    delimiter: str | None
    encoding: str | None
    max_age: timedelta | None
    as_of: datetime | None
    may_be_empty: bool
    mark: Mark

    @property
    def named(self) -> str:
        """What a person knows the list by."""
        return self.file


@dataclass(frozen=True, slots=True, repr=False)
class SuppressionQuery:
    """One list that `connection` is asked for by a `query`, whose text stands at `mark`.

    The answer is as old as the moment at which it was asked for; a `max_age` counts from `as_of`, which is
    there then. The repr leaves out the text, which may name people.
    """

    query: str
    connection: str
    column: str
    default_country: str | None
    max_age: timedelta | None
    as_of: datetime | None
    may_be_empty: bool
    mark: Mark

    @property
    def named(self) -> str:
        """What a person knows the list by."""
        return f"the list asked of {self.connection}"

    def __repr__(self) -> str:
        return f"SuppressionQuery({self.connection} at {self.mark})"


DoNotCall: TypeAlias = SuppressionReference | SuppressionQuery
"""A list of numbers that nobody calls, wherever it is."""


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list that was read: the moment from which its age counts, and the name of its bytes or numbers."""

    reference: DoNotCall
    dated: datetime
    content: str
