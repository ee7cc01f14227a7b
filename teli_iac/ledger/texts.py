"""Bindings, leases and rows as JSON and as lines, for the backends that store text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from teli_iac.identity import canonical_json
from teli_iac.ledger.binding import Binding
from teli_iac.ledger.chain import Row
from teli_iac.ledger.forms import read_instant, write_instant
from teli_iac.ledger.protocol import Lease
from teli_iac.ledger.rules import torn
from teli_iac.model import Account

LEASE_FIELDS: Mapping[str, type] = {"token": int, "holder": str, "expires": str}


def write_document(fields: Mapping[str, Any]) -> bytes:
    """A JSON object on one line."""
    return canonical_json(dict(fields)).encode() + b"\n"


def read_document(name: str, content: bytes, types: Mapping[str, type]) -> dict[str, Any]:
    """The object of just these fields; `name` says in the complaint where it lies."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise torn(f"{name} is no JSON") from error
    refuse_other_fields(name, document, types)
    return dict(document)


def refuse_other_fields(name: str, document: object, types: Mapping[str, type]) -> None:
    """LedgerDamaged unless this is an object of just these fields."""
    if not isinstance(document, dict) or {key: type(value) for key, value in document.items()} != dict(types):
        raise torn(f"{name} does not hold {', '.join(types)}")


def write_binding(binding: Binding) -> dict[str, str]:
    """What the ledger belongs to, as an object."""
    names = ("origin", "organization_id", "tenant_id", "project", "key_check")
    return dict(zip(names, (*binding.words, binding.key_check), strict=True))


def read_binding(name: str, bound: Mapping[str, Any]) -> Binding:
    """The binding of an object that `write_binding` made."""
    try:
        account = Account(bound["origin"], bound["organization_id"], bound["tenant_id"], bound["project"])
        return Binding(account, bound["key_check"])
    except KeyError as error:
        raise torn(f"{name} lacks {error}") from error


def write_lease(lease: Lease) -> dict[str, Any]:
    """Who may write, as an object of LEASE_FIELDS."""
    return {"token": lease.token, "holder": lease.holder, "expires": write_instant(lease.expires)}


def read_lease(found: Mapping[str, Any]) -> Lease:
    """The last lease given; one given back has no holder."""
    try:
        return Lease(found["token"], found["holder"], read_instant(found["expires"]))
    except ValueError as error:
        raise torn("its lease ends at no known time") from error


def write_row(row: Row) -> str:
    """An event on one line, without its end: sequence, time, link, event."""
    return f"{row.sequence} {row.at} {row.link.hex()} {row.event}"


def read_row(name: str, line: str) -> Row:
    """The event of a line that `write_row` made."""
    try:
        sequence, at, link, event = line.split(" ", 3)
        return Row(int(sequence), at, event, read_link(name, link))
    except ValueError as error:
        raise torn(f"{name} holds a line that is no event") from error


def write_rows(rows: Iterable[Row]) -> bytes:
    """Events, each on its line."""
    return b"".join(f"{write_row(row)}\n".encode() for row in rows)


def read_rows(name: str, content: bytes) -> Iterator[Row]:
    """The events of a file or object."""
    if not content.endswith(b"\n"):
        raise torn(f"{name} ends in the middle of a line")
    try:
        lines = content[:-1].decode().split("\n")
    except UnicodeDecodeError as error:
        raise torn(f"{name} holds text that is none") from error
    return (read_row(name, line) for line in lines)


def read_link(name: str, text: str) -> bytes:
    """The link of its hexadecimal text."""
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise torn(f"{name} holds a link that is none") from error
