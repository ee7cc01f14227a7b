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

from teli_iac.ledger import texts
from teli_iac.ledger.binding import Binding
from teli_iac.ledger.chain import Head, Row
from teli_iac.ledger.protocol import Lease
from teli_iac.ledger.rules import refuse_later_format, torn

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
    return texts.write_document({"format": FORMAT, "binding": texts.write_binding(binding)})


def read_binding(content: bytes) -> Binding:
    """What the ledger belongs to."""
    found = texts.read_document(LEDGER, content, {"format": int, "binding": dict})
    return texts.read_binding(LEDGER, found["binding"])


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
        now[LEDGER] = changed[LEDGER] = texts.write_document(document)
    return changed


def write_head(head: Head) -> bytes:
    """The file that says where the chain ends."""
    return texts.write_document({"version": head.version, "link": head.link.hex()})


def read_head(content: bytes) -> Head:
    """The end of the chain."""
    found = texts.read_document(HEAD, content, {"version": int, "link": str})
    return Head(found["version"], texts.read_link(HEAD, found["link"]))


def write_lease(lease: Lease) -> bytes:
    """The file that says who may write."""
    return texts.write_document(texts.write_lease(lease))


def read_lease(content: bytes) -> Lease:
    """The last lease given; one given back has no holder."""
    return texts.read_lease(texts.read_document(LEASE, content, texts.LEASE_FIELDS))


def file_of(sequence: int) -> str:
    """The file that holds the event of this place."""
    return f"{EVENTS}{(sequence - 1) // _LINES:08}.log"


def add_rows(rows: Sequence[Row], last: bytes) -> Mapping[str, bytes]:
    """The files that these rows change; `last` is what the file of the first of them holds so far."""
    changed: dict[str, bytes] = {}
    for name, group in groupby(rows, lambda row: file_of(row.sequence)):
        changed[name] = (b"" if changed else last) + texts.write_rows(group)
    return changed


def read_rows(files: Mapping[str, bytes]) -> Iterator[Row]:
    """The rows of all files of events, in the order of the files' names."""
    for name in sorted(files):
        yield from texts.read_rows(name, files[name])
