"""What every code of ours means: the one list behind `explain` and the documentation.

Each area keeps its own entries; CATALOGUE joins them.
"""

from __future__ import annotations

from teli_iac.catalogue import (
    api,
    common,
    holds,
    leads,
    ledger,
    manifests,
    people,
    preflight,
    queries,
    sandbox,
    saved_plans,
    suppression,
    taking_over,
)
from teli_iac.catalogue.entry import Entry

AREAS = (
    common,
    holds,
    manifests,
    leads,
    queries,
    suppression,
    people,
    api,
    ledger,
    saved_plans,
    taking_over,
    preflight,
    sandbox,
)

CATALOGUE: dict[str, Entry] = {code: entry for area in AREAS for code, entry in area.PROBLEMS.items()}

__all__ = ["AREAS", "CATALOGUE", "Entry"]
