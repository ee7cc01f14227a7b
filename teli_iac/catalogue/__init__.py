"""What every code of ours means: the one list behind `explain` and the documentation.

Each area keeps its own entries; CATALOGUE joins them.
"""

from __future__ import annotations

from teli_iac.catalogue import api, common, leads, ledger, manifests, people, sandbox, saved_plans
from teli_iac.catalogue.entry import Entry

CATALOGUE: dict[str, Entry] = (
    common.PROBLEMS
    | manifests.PROBLEMS
    | leads.PROBLEMS
    | people.PROBLEMS
    | api.PROBLEMS
    | ledger.PROBLEMS
    | saved_plans.PROBLEMS
    | sandbox.PROBLEMS
)

__all__ = ["CATALOGUE", "Entry"]
