"""The same list read in every way there is; what comes of it must not differ."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from teli_iac.leads import load_leads
from teli_iac.leads.ways import Ways
from teli_iac.model import Fingerprint, JsonValue, Leads, LedgerKey
from teli_iac.people import in_pieces, key_and_weigh
from tests.leads.reading import declared

KEY = LedgerKey(b"a key for tests, 32 bytes long..")
IN_MEMORY = Ways(long_bytes=2**60)
FAR = Ways(long_bytes=0, extras=False)


def by_engine(piece_bytes: int = 1024) -> Ways:
    """In pieces of this size, by the engine wherever it has no doubt."""
    return Ways(long_bytes=0, piece_bytes=piece_bytes)


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that anybody is told of a list, and all that is made of its people."""

    told: tuple[str, ...]
    counted: dict[str, int] | None
    fingerprint: Fingerprint | None
    people: tuple[tuple[str, tuple[tuple[str, JsonValue], ...], int], ...]
    records: bytes
    objects: bytes
    weight: int


def verdict(folder: Path, ways: Ways, **options: Any) -> Verdict:
    """What comes of the one list that is declared so."""
    leads, problems = load_leads([declared(**options)], str(folder), ways)
    found = leads.get("fall-renewals")
    if found is None:
        return Verdict(tuple(map(str, problems)), None, None, (), b"", b"", 0)
    rows = map(str, found.refused.described)
    keyed, weight = key_and_weigh(KEY, found.rows)
    return Verdict(
        (*map(str, problems), *rows),
        dict(found.refused.by_kind),
        found.fingerprint,
        tuple((lead.phone_number, lead.fields, lead.line) for lead in found),
        keyed.records,
        b",".join(piece.objects() for piece in in_pieces(found.rows)),
        weight,
    )


def is_proven(leads: Leads) -> bool:
    """Whether the engine had no doubt about them."""
    return bool(getattr(leads.rows, "is_proven", False))
