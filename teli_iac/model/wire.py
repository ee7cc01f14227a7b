"""Requests and replies as values, so that what is sent can be tested without sending it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from teli_iac.model.json_value import JsonValue

Method = Literal["GET", "POST", "DELETE"]


class Body(Protocol):
    """A JSON body that can be encoded again and again, in pieces, without holding it whole."""

    def __iter__(self) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True, repr=False)
class WeighedBody:
    """A body whose length in bytes was found out before, so that nobody encodes it to learn that."""

    content: Body
    length: int

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.content)

    def __repr__(self) -> str:
        return repr(self.content)


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request below the API's origin. `path` is already percent-encoded; `query` is not."""

    method: Method
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: Body | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """An HTTP reply. `document` is the JSON object of the body, or None when the body is anything else.

    `date` is the server's clock from the `Date` header, if it sent a readable one. The repr leaves the
    body out: failed-numbers carries phone numbers.
    """

    status: int
    document: dict[str, JsonValue] | None
    date: datetime | None = None

    def __repr__(self) -> str:
        return f"Reply({self.status})"
