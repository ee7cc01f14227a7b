"""Lists of numbers that nobody calls, as the manifests declare them and as they were read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from teli_iac.model.marks import Mark


@dataclass(frozen=True, slots=True)
class SuppressionReference:
    """One list. `delimiter` and `encoding` are as declared, None meaning a comma and UTF-8.

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


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list that was read: the moment from which its age counts, and the name of its bytes."""

    reference: SuppressionReference
    dated: datetime
    content: str
