"""What the decision about one campaign needs to know of the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from teli_iac.decisions.situation import Situation
from teli_iac.identity import PartReference
from teli_iac.model import Reason


@dataclass(frozen=True, slots=True)
class World:
    """The plan as a whole: its time, who leaves, every id shaped like ours that Teli shows or we launched.

    `hindrance` is why nothing may be created now: an incomplete list or a missing ledger.
    """

    now: datetime
    project: str
    leaving: tuple[Situation, ...]
    known: tuple[PartReference, ...]
    hindrance: Reason | None

    def others(self, name: str) -> frozenset[tuple[int, str]]:
        """Run and digest of every id that is equal to one of this campaign's but for project or name."""
        return frozenset(
            (other.run, other.digest)
            for other in self.known
            if (other.project, other.name) != (self.project, name)
        )
