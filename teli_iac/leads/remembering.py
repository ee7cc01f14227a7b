"""Remembers on this machine that a long file was clean, so that an unchanged one need not be judged again.

A memory that may be thrown away at any time. It holds nobody: the hash of the file's bytes, how many people
it has, and their fingerprint, a sum over thousands of people from which nobody can be told. It speaks of a
file with the very same bytes, read in the very same way by the same release; of anything else it says
nothing, and a list with a row that may not be called is never remembered.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from teli_iac.identity import canonical_json
from teli_iac.leads.far import FarPeople
from teli_iac.leads.faults import Unreadable
from teli_iac.leads.opened import opened_below
from teli_iac.leads.opening import size_of
from teli_iac.leads.refusals import Refusals
from teli_iac.leads.ways import Ways
from teli_iac.model import Fingerprint, JsonValue, Leads, LeadsReference

_SCHEME = 1
_JUDGES = ("phonenumbers", "polars")
"""Packages whose next version may judge otherwise."""


def recall(reference: LeadsReference, folder: str, source: str, ways: Ways) -> Leads | None:
    """The people of a file that was found clean before, when it still has the same bytes; else None."""
    if ways.cache is None:
        return None
    try:
        with opened_below(folder, reference.file or "") as opened:
            known = _read(ways.cache / _name(reference, size_of(opened.file), ways))
            if known is None:
                return None
            opened.read_through()
            if known["content"] != opened.content:
                return None
    except Unreadable:  # told by who reads it for its people
        return None
    fingerprint = Fingerprint(known["count"], int(known["sum"], 16))
    people = FarPeople(
        reference, folder, ways, known["content"], fingerprint.count, is_proven=known["proven"]
    )
    return Leads(people, fingerprint, Refusals().finished(), source)


def remember(leads: Leads, ways: Ways) -> Leads:
    """The same people; if all of them may be called, they will be recalled."""
    people = leads.rows
    if ways.cache is None or leads.refused.count or not isinstance(people, FarPeople):
        return leads
    told: dict[str, JsonValue] = {
        "content": people.content,
        "count": people.count,
        "sum": f"{leads.fingerprint.total:032x}",
        "proven": people.is_proven,
    }
    with suppress(OSError, Unreadable), opened_below(people.folder, people.reference.file or "") as opened:
        _write(ways.cache, _name(people.reference, size_of(opened.file), ways), told)
    return leads


def _name(reference: LeadsReference, size: int, ways: Ways) -> str:
    """Another one for whatever could change what comes of the same bytes."""
    way: list[JsonValue] = [
        _SCHEME,
        ways.release,
        [_version(package) for package in _JUDGES],
        size,
        (reference.file or "").lower().rpartition("/")[2].partition(".")[2],
        [[ours, theirs] for ours, theirs in sorted(reference.columns.items())],
        [*sorted(reference.variables)],
        reference.default_country,
        reference.delimiter,
        reference.encoding,
        reference.allow_test_numbers,
    ]
    return hashlib.blake2b(canonical_json(way).encode(), digest_size=16).hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _read(file: Path) -> dict[str, Any] | None:
    """What was written there; None for anything else, a half of it included."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        told: dict[str, Any] = kept["told"]
        return told if kept["check"] == _check(told) else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _write(folder: Path, name: str, told: dict[str, JsonValue]) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, path = tempfile.mkstemp(dir=folder)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump({"told": told, "check": _check(told)}, out)
    Path(path).replace(folder / name)


def _check(told: dict[str, JsonValue]) -> str:
    return hashlib.blake2b(canonical_json(told).encode(), digest_size=16).hexdigest()
