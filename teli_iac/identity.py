"""Digests, campaign ids and keyed people: what makes a launch recognisable for ever (semantics §4).

FROZEN. The campaign id is the only thing the API both stores and shows. If a release computed another
digest for an unchanged manifest, it would take a finished campaign for a new one and call everybody
again. `tests/golden/` pins every rule here; those files may be added to, never changed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, reduce

from teli_iac.model import CampaignSettings, Fingerprint, JsonValue, Lead, LedgerKey, PeopleSet, Redial
from teli_iac.model.recorded import DETAIL_KEY_BYTES, PERSON_KEY_BYTES

DIGEST_SCHEME = 1
"""Written into every digest, so that a later scheme can never be mistaken for this one."""

_SUM_MODULUS = 2**128
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_SIXTY_FOUR_BITS = 2**64 - 1
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _BASE32 for second in _BASE32]
_NAME = r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?"
_CAMPAIGN_ID = re.compile(
    rf"(?P<project>{_NAME})_(?P<name>{_NAME})_r(?P<run>[1-9][0-9]{{0,8}})p(?P<part>[1-9][0-9]{{0,8}})_(?P<digest>[a-z2-7]{{12}})"
)


@dataclass(frozen=True, slots=True)
class PartReference:
    """A campaign id of ours, taken apart."""

    project: str
    name: str
    run: int
    part: int
    digest: str

    @property
    def campaign_id(self) -> str:
        """The id put together again."""
        return f"{self.project}_{self.name}_r{self.run}p{self.part}_{self.digest}"


@lru_cache(maxsize=65_536)
def parse_campaign_id(campaign_id: str) -> PartReference | None:
    """Take an id apart, or None when it is not one of ours (of any project).

    Remembered, since a plan asks about every id on Teli several times.
    """
    found = _CAMPAIGN_ID.fullmatch(campaign_id)
    if found is None:
        return None
    return PartReference(
        found["project"], found["name"], int(found["run"]), int(found["part"]), found["digest"]
    )


def canonical_json(value: JsonValue) -> str:
    """JSON with sorted keys, no spaces and no escapes but the needed ones; NaN and infinities are refused."""
    return _CANONICAL.encode(value)


def row_text(lead: Lead) -> str:
    r"""The number, then in order of their names each sent field: `\x1e` name, `\x1f` text or `\x1d` JSON.

    Leads carry no control characters, so no two different rows have the same text.
    """
    return lead.phone_number + "".join(
        f"\x1e{name}\x1f{value}" if isinstance(value, str) else f"\x1e{name}\x1d{canonical_json(value)}"
        for name, value in lead.fields
    )


def fingerprint_people(leads: Iterable[Lead]) -> Fingerprint:
    """Count the people and add up the first 128 bits of SHA-256 over each row, in any order."""
    count = total = 0
    for lead in leads:
        count += 1
        total += int.from_bytes(hashlib.sha256(row_text(lead).encode()).digest()[:16])
    return Fingerprint(count, total % _SUM_MODULUS)


def fingerprint_texts(texts: Sequence[bytes]) -> Fingerprint:
    """The same of people who are given as their row texts, in UTF-8."""
    sha256, number = hashlib.sha256, int.from_bytes
    return Fingerprint(len(texts), sum([number(sha256(text).digest()[:16]) for text in texts]) % _SUM_MODULUS)


def add_fingerprints(left: Fingerprint, right: Fingerprint) -> Fingerprint:
    """The fingerprint of two pieces that share nobody."""
    return Fingerprint(left.count + right.count, (left.total + right.total) % _SUM_MODULUS)


def subtract_fingerprints(whole: Fingerprint, left_out: Fingerprint) -> Fingerprint:
    """The fingerprint of the others, when those left out are all among the whole."""
    return Fingerprint(whole.count - left_out.count, (whole.total - left_out.total) % _SUM_MODULUS)


def sum_fingerprints(pieces: Iterable[Fingerprint]) -> Fingerprint:
    """The fingerprint of any number of pieces that share nobody."""
    return reduce(add_fingerprints, pieces, Fingerprint(0, 0))


@lru_cache(maxsize=65_536)
def digest_part(settings: CampaignSettings, people: Fingerprint) -> str:
    """Twelve base32 characters that name what a part was declared to be.

    Remembered, since a plan asks for the digest of every campaign several times.
    """
    before, after = _around_people(settings)
    # As `canonical_json` writes them, without a look at the settings, which thousands of campaigns share.
    counted = f'{{"count":{people.count},"sum":"{people.total:032x}"}}'
    hashed = hashlib.blake2b(f"{before}{counted}{after}".encode()).digest()
    # Twelve characters are the first sixty bits; `base64` would take half of the time.
    bits = int.from_bytes(hashed[:8]) >> 4
    return "".join([_PAIRS[bits >> place & 1023] for place in (50, 40, 30, 20, 10, 0)])


@lru_cache(maxsize=4096)
def _around_people(settings: CampaignSettings) -> tuple[str, str]:
    """What a part is declared to be, as canonical JSON, up to its people and after them."""
    declared: dict[str, JsonValue] = {
        "scheme": DIGEST_SCHEME,
        "voice_agent_id": settings.voice_agent_id,
        "agent_outbound_number": settings.agent_outbound_number,
        "number_pool": list(settings.number_pool),
        "redial": _redial(settings.redial),
        "campaign_begin_time": utc_text(settings.begin) if settings.begin else None,
        "campaign_end_time": utc_text(settings.end) if settings.end else None,
    }
    # Sorted, `people` stands between these; no text can look like the end of one of them.
    first = {key: value for key, value in declared.items() if key < "people"}
    last = {key: value for key, value in declared.items() if key > "people"}
    return f'{canonical_json(first)[:-1]},"people":', f",{canonical_json(last)[1:]}"


def _redial(redial: Redial | None) -> JsonValue:
    if redial is None:
        return None
    return {"retry_limit": redial.retry_limit, "call_interval_days": redial.call_interval_days}


def utc_text(instant: datetime) -> str:
    """An aware time as `2026-12-01T14:00:00Z`, with microseconds only when there are any."""
    moved = instant.astimezone(UTC).replace(tzinfo=None)
    return moved.isoformat(timespec="microseconds" if moved.microsecond else "seconds") + "Z"


def key_people(key: LedgerKey, leads: Iterable[Lead]) -> PeopleSet:
    """The people as sorted keyed hashes of their numbers and rows, named by content."""
    records = sorted(person_key(key, lead.phone_number) + detail_key(key, lead) for lead in leads)
    joined = b"".join(records)
    return PeopleSet(ref=people_ref(joined), records=joined)


def people_ref(records: bytes) -> str:
    """The name of a people set: a hash of its records, so that a damaged set does not answer to it."""
    return hashlib.blake2b(records, digest_size=16).hexdigest()


def person_key(key: LedgerKey, phone_number: str) -> bytes:
    """The keyed hash under which the ledger knows this number."""
    return _keyed(key, b"number", phone_number, PERSON_KEY_BYTES)


def detail_key(key: LedgerKey, lead: Lead) -> bytes:
    """The keyed hash of everything that is sent of this person."""
    return _keyed(key, b"details", row_text(lead), DETAIL_KEY_BYTES)


def person_keys(key: LedgerKey, phone_numbers: Iterable[str]) -> list[bytes]:
    """`person_key` of each; a million in half the time, since the key is taken in once."""
    return _all_keyed(key, b"number", [number.encode() for number in phone_numbers], PERSON_KEY_BYTES)


def detail_keys(key: LedgerKey, texts: Iterable[bytes]) -> list[bytes]:
    """`detail_key` of people who are given as their row texts, in UTF-8."""
    return _all_keyed(key, b"details", texts, DETAIL_KEY_BYTES)


def places_of(phone_numbers: Iterable[str]) -> list[int]:
    """Where each number stands among all others when a list is split: 64 bits that look like chance.

    For number n it is what SplitMix64, begun at 0, draws the n-th time. Each of its steps can be undone, so
    no two numbers have the same place.
    """
    places = []
    for number in phone_numbers:
        mixed = int(number) * 0x9E3779B97F4A7C15 & _SIXTY_FOUR_BITS
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & _SIXTY_FOUR_BITS
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & _SIXTY_FOUR_BITS
        places.append(mixed ^ mixed >> 31)
    return places


def pick_people(people: PeopleSet, persons: Container[bytes]) -> PeopleSet:
    """Those of the people whose keyed numbers are among `persons`, as a set of its own."""
    records = b"".join(person + detail for person, detail in people if person in persons)
    return PeopleSet(ref=people_ref(records), records=records)


def _all_keyed(key: LedgerKey, purpose: bytes, texts: Iterable[bytes], size: int) -> list[bytes]:
    begun = hashlib.blake2b(key=key.secret, person=purpose, digest_size=size).copy
    keyed = []
    for text in texts:
        hashed = begun()
        hashed.update(text)
        keyed.append(hashed.digest())
    return keyed


def _keyed(key: LedgerKey, purpose: bytes, text: str, size: int) -> bytes:
    return hashlib.blake2b(text.encode(), key=key.secret, person=purpose, digest_size=size).digest()
