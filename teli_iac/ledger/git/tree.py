"""The files of a ledger in git, format version 1, as our values and back (docs/ledger.md).

ledger.json          {"format": 1, "binding": {origin, organization_id, tenant_id, project, key_check}}
head.json            {"version": 24, "link": "…"}
lease.json           {"token": 3, "holder": "…", "expires": "…"}
events/00000000.log  256 lines at most: sequence, time, link, event
people/<name>        one people set
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from teli_iac.identity import canonical_json
from teli_iac.ledger.binding import Binding
from teli_iac.ledger.chain import Head, Row
from teli_iac.ledger.forms import read_instant, write_instant
from teli_iac.ledger.protocol import Lease
from teli_iac.ledger.rules import refuse_later_format, torn
from teli_iac.model import Account

FORMAT = 1
"""Kept in ledger.json, where every release can read it."""

Files = Mapping[str, bytes]
Migration = Callable[[Files], Mapping[str, bytes | None]]

MIGRATIONS: dict[int, Migration] = {}
"""By format: the files that turn it into the next one, None for one to be removed. A release reads every
format before its own."""

LEDGER, HEAD, LEASE = "ledger.json", "head.json", "lease.json"
EVENTS, PEOPLE = "events/", "people/"
_LINES = 256
"""Events per file: few enough that an append rewrites little, many enough that the folder stays small."""


def write_binding(binding: Binding) -> bytes:
    """The file that says what the ledger belongs to."""
    names = ("origin", "organization_id", "tenant_id", "project", "key_check")
    bound = dict(zip(names, (*binding.words, binding.key_check), strict=True))
    return _document({"format": FORMAT, "binding": bound})


def read_binding(content: bytes) -> Binding:
    """What the ledger belongs to."""
    bound = _fields(LEDGER, content, {"format": int, "binding": dict})["binding"]
    try:
        account = Account(bound["origin"], bound["organization_id"], bound["tenant_id"], bound["project"])
        return Binding(account, bound["key_check"])
    except KeyError as error:
        raise torn(f"{LEDGER} lacks {error}") from error


def found_format(content: bytes) -> int:
    """The format that ledger.json names; LedgerDamaged for one of a later release."""
    try:
        found = json.loads(content)["format"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise torn(f"{LEDGER} does not name its format") from error
    if type(found) is not int:
        raise torn(f"{LEDGER} does not name its format")
    refuse_later_format(found, FORMAT)
    return found


def brought_forward(
    files: Files, found: int, migrations: Mapping[int, Migration]
) -> Mapping[str, bytes | None]:
    """What changes in the files when they are brought from the format found to today's, step by step."""
    now, changed = dict(files), dict[str, bytes | None]()
    for step in range(found, FORMAT):
        if step not in migrations:
            raise torn(f"its format {step} was never released")
        changed |= migrations[step](now)
        now = {name: content for name, content in {**now, **changed}.items() if content is not None}
        document = {**json.loads(now[LEDGER]), "format": step + 1}
        now[LEDGER] = changed[LEDGER] = _document(document)
    return changed


def write_head(head: Head) -> bytes:
    """The file that says where the chain ends."""
    return _document({"version": head.version, "link": head.link.hex()})


def read_head(content: bytes) -> Head:
    """The end of the chain."""
    found = _fields(HEAD, content, {"version": int, "link": str})
    return Head(found["version"], _link(HEAD, found["link"]))


def write_lease(lease: Lease) -> bytes:
    """The file that says who may write."""
    written = {"token": lease.token, "holder": lease.holder, "expires": write_instant(lease.expires)}
    return _document(written)


def read_lease(content: bytes) -> Lease:
    """The last lease given; one given back has no holder."""
    found = _fields(LEASE, content, {"token": int, "holder": str, "expires": str})
    try:
        return Lease(found["token"], found["holder"], read_instant(found["expires"]))
    except ValueError as error:
        raise torn("its lease ends at no known time") from error


def file_of(sequence: int) -> str:
    """The file that holds the event of this place."""
    return f"{EVENTS}{(sequence - 1) // _LINES:08}.log"


def add_rows(rows: Sequence[Row], last: bytes) -> Mapping[str, bytes]:
    """The files that these rows change; `last` is what the file of the first of them holds so far."""
    changed: dict[str, bytes] = {}
    for name, group in groupby(rows, lambda row: file_of(row.sequence)):
        changed[name] = (b"" if changed else last) + b"".join(map(_line, group))
    return changed


def read_rows(files: Mapping[str, bytes]) -> Iterator[Row]:
    """The rows of all files of events, in the order of the files' names."""
    for name in sorted(files):
        if not files[name].endswith(b"\n"):
            raise torn(f"{name} ends in the middle of a line")
        for line in files[name][:-1].split(b"\n"):
            yield _row(name, line)


def _line(row: Row) -> bytes:
    return f"{row.sequence} {row.at} {row.link.hex()} {row.event}\n".encode()


def _row(name: str, line: bytes) -> Row:
    try:
        sequence, at, link, event = line.decode().split(" ", 3)
        return Row(int(sequence), at, event, _link(name, link))
    except ValueError as error:
        raise torn(f"{name} holds a line that is no event") from error


def _link(name: str, text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise torn(f"{name} holds a link that is none") from error


def _document(fields: Mapping[str, Any]) -> bytes:
    return canonical_json(dict(fields)).encode() + b"\n"


def _fields(name: str, content: bytes, types: Mapping[str, type]) -> dict[str, Any]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise torn(f"{name} is no JSON") from error
    if not isinstance(document, dict) or {key: type(value) for key, value in document.items()} != dict(types):
        raise torn(f"{name} does not hold {', '.join(types)}")
    return document
