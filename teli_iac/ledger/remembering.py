"""Remembers what the events of a ledger came to, so that a plan need not fold ten thousand launches again.

It speaks of a ledger with the very same events: each link of a chain hashes all that came before it, so that
whoever has checked every link and found the last one to be that which is remembered has the same history.
Only a plan uses it (`sealed`); whoever writes to a ledger has read its events.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from teli_iac.identity import canonical_json
from teli_iac.ledger.binding import Binding
from teli_iac.ledger.chain import Head
from teli_iac.ledger.events import SETTINGS
from teli_iac.ledger.forms import read_instant, write_instant
from teli_iac.model import (
    CampaignSettings,
    LedgerKey,
    OnRemove,
    PartState,
    Recorded,
    RecordedPart,
    Status,
    Verification,
)
from teli_iac.model.making import maker
from teli_iac.sealed import SealedFile, sealed_file

_SCHEME = 1
_WORTH_IT = 200
"""Parts of a ledger below which folding its events takes a few hundredths of a second."""

_make_part = maker(RecordedPart)
_STATES: Mapping[str, PartState] = {each.value: each for each in PartState}
_VERIFICATIONS: Mapping[str, Verification] = {each.value: each for each in Verification}
_STATUSES: Mapping[str | None, Any] = {None: None, **{each.value: each for each in Status}}
_ON_REMOVE: Mapping[str, OnRemove] = {each.value: each for each in OnRemove}
_USUAL = (False, (), False, None, None, False, None)
"""How the last fields of a part are that was launched and is left alone; they are not written then."""


class LedgerMemory:
    """What is remembered of one ledger; with `worth_it` parts it is worth it."""

    def __init__(self, sealed: SealedFile, worth_it: int) -> None:
        self._sealed = sealed
        self._worth_it = worth_it

    def recall(self, head: Head) -> Recorded | None:
        """What its events come to up to this head, None unless that is known."""
        body = self._sealed.read()
        if body is None:
            return None
        known, _, told = body.partition(b"\n")
        return _read(json.loads(told), head.version, self._sealed.key) if known == _line(head) else None

    def remember(self, head: Head, recorded: Recorded) -> None:
        """Keep it, unless there is more to it than parts, or little."""
        is_plain = recorded.moved_to is None and recorded.hold is None and not recorded.imports
        if is_plain and len(recorded.parts) >= self._worth_it:
            self._sealed.write(_line(head) + b"\n" + json.dumps(_written(recorded)).encode())


def memory_of(
    caches: Path, key: LedgerKey, release: str, binding: Binding, worth_it: int = _WORTH_IT
) -> LedgerMemory:
    """That of the ledger which is bound so."""
    name = canonical_json([*binding.words, binding.key_check])
    about = canonical_json([_SCHEME, release, [each.name for each in fields(RecordedPart)]])
    return LedgerMemory(sealed_file(caches / "teli-iac" / "ledgers", key, name, about), worth_it)


def _line(head: Head) -> bytes:
    return f"{head.version} {head.link.hex()}".encode()


def _written(recorded: Recorded) -> dict[str, Any]:
    """Settings that many parts share are written once."""
    places: dict[str, int] = {}
    parts = [_written_part(part, places) for part in recorded.parts.values()]
    return {
        "settings": [json.loads(settings) for settings in places],
        "parts": parts,
        "on_remove": recorded.on_remove,
        "left": sorted(recorded.left),
        "consumed": sorted(recorded.consumed),
        "renamed": recorded.renamed,
    }


def _written_part(part: RecordedPart, places: dict[str, int]) -> list[Any]:
    """Its fields in their order; the last ones only where they say something."""
    settings = canonical_json(SETTINGS.write(part.settings))
    last = (
        part.appeared,
        part.faults,
        part.releasing,
        part.uncontacted,
        part.released,
        part.unread,
        part.by_person,
    )
    return [
        part.campaign_id,
        part.name,
        part.run,
        part.part,
        part.digest,
        places.setdefault(settings, len(places)),
        part.begin and write_instant(part.begin),
        part.end and write_instant(part.end),
        part.people,
        part.people_count,
        write_instant(part.intended_at),
        part.state,
        part.verification,
        part.our_status,
        part.finished,
        part.gone,
        *(() if last == _USUAL else last),
    ]


def _read(told: Any, version: int, key: LedgerKey) -> Recorded:
    settings = [SETTINGS.read(each) for each in told["settings"]]
    moments: dict[str | None, Any] = {None: None}
    parts = [_read_part(each, settings, moments) for each in told["parts"]]
    return Recorded(
        version=version,
        key=key,
        parts={part.campaign_id: part for part in parts},
        on_remove={name: _ON_REMOVE[word] for name, word in told["on_remove"].items()},
        left=frozenset(told["left"]),
        consumed=frozenset(told["consumed"]),
        renamed=told["renamed"],
    )


def _read_part(
    told: list[Any], settings: list[CampaignSettings], moments: dict[str | None, Any]
) -> RecordedPart:
    campaign_id, name, run, part, digest, place, begin, end, people, count, at, *states = told
    for text in (begin, end, at):
        if text not in moments:
            moments[text] = read_instant(text)
    state, verification, our_status, finished, gone, *last = states
    return _make_part(
        campaign_id,
        name,
        run,
        part,
        digest,
        settings[place],
        moments[begin],
        moments[end],
        people,
        count,
        moments[at],
        _STATES[state],
        _VERIFICATIONS[verification],
        _STATUSES[our_status],
        _STATUSES[finished],
        gone,
        *(_read_last(last) if last else ()),
    )


def _read_last(told: list[Any]) -> tuple[Any, ...]:
    appeared, faults, *released, by_person = told
    return (appeared, tuple(faults), *released, _STATUSES[by_person])
