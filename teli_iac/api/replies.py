"""Answers as values: what is not one sound JSON object is no document at all (hazards: HTTP). Pure."""

from __future__ import annotations

import json
import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NoReturn

from teli_iac.model import JsonValue

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class _Unsound(ValueError):
    """JSON that two readers may understand differently."""


def read_document(status: int, body: bytes) -> dict[str, JsonValue] | None:
    """The JSON object of a body, or None: for a redirect, HTML, a list, a repeated key, NaN, broken text."""
    if not _may_have_document(status):
        return None
    try:
        document = _parse(body.decode())
    except (ValueError, RecursionError):  # bad UTF-8, JSON and numbers are ValueErrors; depth is the other
        return None
    return document if isinstance(document, dict) else None


def read_date(text: str | None) -> datetime | None:
    """The time of a `Date` header, aware and in UTC, or None when there is none that can be read."""
    if text is None:
        return None
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_retry_after(text: str | None, now: datetime) -> float | None:
    """The seconds that a `Retry-After` header asks for, given in seconds or as a time; never below 0."""
    if text is None:
        return None
    if text.isascii() and text.isdigit():
        return float(text)
    moment = read_date(text)
    return max(0.0, (moment - now).total_seconds()) if moment else None


def _may_have_document(status: int) -> bool:
    return status >= 200 and not 300 <= status < 400 and status not in {204, 205}  # noqa: PLR2004  RFC 9110's classes


def _parse(text: str) -> JsonValue:
    document: JsonValue = json.loads(
        text, object_pairs_hook=_unrepeated, parse_constant=_refuse_constant, parse_float=_finite
    )
    if _SURROGATE.search(text):
        # Half a surrogate pair cannot be written anywhere again: refused here, not where it is printed.
        json.dumps(document, ensure_ascii=False).encode()
    return document


def _unrepeated(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Unsound("a key is there twice")
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise _Unsound(f"{name} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _Unsound("a number is too large")
    return number
