"""A ledger as one file that moves between backends: JSON Lines, format version 1 (docs/ledger.md).

The first line says what it is, whose, and where its chain ends; then every event with its link, then every
people set. So the file is checked as a ledger is: link by link, and every set against its name.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from teli_iac.errors import ExportUnusable
from teli_iac.identity import canonical_json
from teli_iac.ledger.binding import Binding, bind, refuse_foreign
from teli_iac.ledger.chain import Head, Row, end_of, first_head, link_stored, read_rows
from teli_iac.ledger.protocol import Whole
from teli_iac.ledger.rules import refuse_later_format
from teli_iac.ledger.whole import refuse_unsound
from teli_iac.model import Account, LedgerKey, PeopleSet

FORMAT = 1
_KIND = "teli-iac ledger"
_BOUND = ("origin", "organization_id", "tenant_id", "project", "key_check")


def write_export(whole: Whole) -> Iterator[str]:
    """The lines of the file; equal ledgers give equal lines."""
    first = first_head(whole.binding)
    rows = link_stored(whole.events, first)
    yield _line(
        {
            "kind": _KIND,
            "format": FORMAT,
            "binding": dict(zip(_BOUND, (*whole.binding.words, whole.binding.key_check), strict=True)),
            "events": len(rows),
            "people_sets": len(whole.people),
            "link": end_of(rows, first).link.hex(),
        }
    )
    for row in rows:
        event = json.loads(row.event)
        yield _line({"sequence": row.sequence, "at": row.at, "event": event, "link": row.link.hex()})
    for people in whole.people:
        yield _line({"people": people.ref, "records": base64.b64encode(people.records).decode()})


def read_export(lines: Iterable[bytes], account: Account, key: LedgerKey) -> Whole:
    """The ledger in the file, every link and set checked.

    Raises ExportUnusable for what is no such file, LedgerForeign for that of another account or key,
    LedgerDamaged for one that was changed, cut off, or written by a later release.
    """
    documents = _documents(lines)
    head = next(documents, {})
    if head.get("kind") != _KIND:
        raise _no_export("its first line does not say so")
    _refuse_other_format(head)
    found = _binding(head)
    refuse_foreign(found, bind(account, key))
    count = _number(head, "events")
    rows = [_row(_next(documents)) for _ in range(count)]
    events = tuple(read_rows(rows, found, Head(count, _link(head))))
    people = tuple(_people(_next(documents)) for _ in range(_number(head, "people_sets")))
    if next(documents, None) is not None:
        raise _no_export("it goes on behind its end")
    whole = Whole(found, events, people)
    refuse_unsound(whole, key)
    return whole


def _line(document: Mapping[str, Any]) -> str:
    return canonical_json(dict(document)) + "\n"


def _documents(lines: Iterable[bytes]) -> Iterator[Mapping[str, Any]]:
    for line in lines:
        try:
            document = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _no_export("a line of it is no JSON") from error
        if not isinstance(document, dict):
            raise _no_export("a line of it is no JSON object")
        yield document


def _next(documents: Iterator[Mapping[str, Any]]) -> Mapping[str, Any]:
    document = next(documents, None)
    if document is None:
        raise _no_export("it is cut off")
    return document


def _refuse_other_format(head: Mapping[str, Any]) -> None:
    found = _number(head, "format")
    refuse_later_format(found, FORMAT)
    if found != FORMAT:
        raise _no_export(f"its format {found} was never released")


def _binding(head: Mapping[str, Any]) -> Binding:
    bound = head.get("binding")
    words = [bound.get(name) for name in _BOUND] if isinstance(bound, dict) else []
    if len(words) != len(_BOUND) or not all(isinstance(word, str) for word in words):
        raise _no_export("it does not say whose it is")
    origin, organization_id, tenant_id, project, key_check = map(str, words)
    return Binding(Account(origin, organization_id, tenant_id, project), key_check)


def _row(document: Mapping[str, Any]) -> Row:
    at, event = document.get("at"), document.get("event")
    if not isinstance(at, str) or not isinstance(event, dict):
        raise _no_export("a line of it is no event")
    try:
        text = canonical_json(event)
    except ValueError as error:  # NaN and infinities, which Python reads
        raise _no_export("a line of it is no event") from error
    return Row(_number(document, "sequence"), at, text, _link(document))


def _people(document: Mapping[str, Any]) -> PeopleSet:
    ref, records = document.get("people"), document.get("records")
    try:
        if isinstance(ref, str) and isinstance(records, str):
            return PeopleSet(ref, base64.b64decode(records, validate=True))
    except ValueError as error:
        raise _no_export("a set of people in it cannot be read") from error
    raise _no_export("a line of it is no set of people")


def _number(document: Mapping[str, Any], name: str) -> int:
    found = document.get(name)
    if type(found) is not int or found < 0:
        raise _no_export(f"a line of it has no {name}")
    return found


def _link(document: Mapping[str, Any]) -> bytes:
    try:
        return bytes.fromhex(document["link"])
    except (KeyError, TypeError, ValueError) as error:
        raise _no_export("a line of it has no link") from error


def _no_export(why: str) -> ExportUnusable:
    return ExportUnusable(
        f"The file is no ledger that `teli-iac ledger export` wrote: {why}.",
        "Export it again, or take another copy of the file.",
    )
