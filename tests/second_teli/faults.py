"""What can go wrong between a service and its caller, and whether the request was carried out before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

Document = dict[str, Any]

_HTML = b"<!doctype html><title>Bad gateway</title><p>Please try again."


class Fault(Enum):
    """One way to fail. `done` tells whether the service did what it was asked."""

    CUT_BEFORE_READING = ("the connection ends before the body is read", False)
    CUT_BEFORE_DOING = ("the connection ends after the body was read", False)
    CUT_BEFORE_REPLY = ("the connection ends before the first byte of the answer", True)
    CUT_WITHIN_REPLY = ("the connection ends within the answer", True)
    NOT_DONE_500 = ("500", False)
    DONE_500 = ("500", True)
    NOT_DONE_502 = ("502 as a page", False)
    DONE_502 = ("502 as a page", True)
    NOT_DONE_HTML = ("200 as a page", False)
    DONE_HTML = ("200 as a page", True)
    NOT_DONE_EMPTY = ("200 and nothing", False)
    DONE_EMPTY = ("200 and nothing", True)
    HTML_404 = ("404 as a page", False)
    TOO_MANY = ("429 with Retry-After", False)
    TOO_MANY_FOR_NOW = ("429 with Retry-After of some seconds", False)
    REDIRECT = ("307 to the same path", False)
    TRUNCATED = ("JSON that stops in the middle", True)
    WRONG_COUNT = ("every count is one too many", True)
    REPEATED_IDS = ("a list that tells each campaign twice", True)

    def __init__(self, what: str, done: bool) -> None:  # noqa: FBT001  an enum's values come by position
        self.what = f"{what}, {'' if done else 'not '}done"
        self.done = done

    @property
    def cut(self) -> bool:
        """Whether no whole answer comes."""
        return self.name.startswith("CUT")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it goes out."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)


def plain_reply(status: int, document: Document) -> Reply:
    """An answer without any fault."""
    return Reply(status, json.dumps(document).encode())


_PAGE = (("Content-Type", "text/html; charset=utf-8"),)
_BROKEN = plain_reply(500, {"error": "Internal server error", "success": False})
_INSTEAD = {
    Fault.NOT_DONE_500: _BROKEN,
    Fault.DONE_500: _BROKEN,
    Fault.NOT_DONE_502: Reply(502, _HTML, _PAGE),
    Fault.DONE_502: Reply(502, _HTML, _PAGE),
    Fault.NOT_DONE_HTML: Reply(200, _HTML, _PAGE),
    Fault.DONE_HTML: Reply(200, _HTML, _PAGE),
    Fault.NOT_DONE_EMPTY: Reply(200, b""),
    Fault.DONE_EMPTY: Reply(200, b""),
    Fault.HTML_404: Reply(404, _HTML, _PAGE),
    Fault.TOO_MANY: Reply(429, b'{"error": "Too many requests"}', (("Retry-After", "0"),)),
    Fault.TOO_MANY_FOR_NOW: Reply(429, b'{"error": "Too many requests"}', (("Retry-After", "7"),)),
}


def spoilt_reply(fault: Fault, status: int, document: Document, target: str) -> Reply:
    """What a fault makes of an answer; a cut one is cut by the server."""
    whole = plain_reply(status, document)
    match fault:
        case Fault.REDIRECT:
            return Reply(307, b"", (("Location", target),))
        case Fault.TRUNCATED:
            return Reply(status, whole.body[: len(whole.body) // 2])
        case Fault.WRONG_COUNT:
            return plain_reply(status, {name: _one_more(name, value) for name, value in document.items()})
        case Fault.REPEATED_IDS:
            return plain_reply(status, _doubled(document))
        case _:
            return _INSTEAD.get(fault, whole)


def _one_more(name: str, value: Any) -> Any:
    return value + 1 if name in {"count", "contacts_count"} else value


def _doubled(document: Document) -> Document:
    campaigns = document.get("campaigns", [])
    return {**document, "campaigns": campaigns * 2, "count": 2 * len(campaigns)} if campaigns else document
