"""What the decision about one campaign needs to know of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from teli_iac.decisions.situation import Situation
from teli_iac.identity import PartReference
from teli_iac.model import Reason


@dataclass(frozen=True, slots=True)
class World:
    """The plan as a whole: its time, who leaves, every id shaped like ours that Teli shows or we launched.

    `leaving` are campaigns that no manifest wants any more, `left` those whose departure was dealt with
    before. `hindrance` is why nothing may be created now: an incomplete list, a missing ledger, an unknown
    outcome. `given_up` are names of launched campaigns that were renamed since, and that no manifest wants
    under their new name.
    """

    now: datetime
    project: str
    leaving: tuple[Situation, ...]
    left: tuple[Situation, ...]
    known: Mapping[tuple[int, str], frozenset[tuple[str, str]]]
    hindrance: Reason | None
    given_up: frozenset[str]

    def has_twin(self, name: str, run: int, digest: str) -> bool:
        """Whether an id exists that is equal to this campaign's but for project or name."""
        return any(other != (self.project, name) for other in self.known.get((run, digest), ()))


def group_by_content(
    references: Iterable[PartReference],
) -> Mapping[tuple[int, str], frozenset[tuple[str, str]]]:
    """Project and name of every id, by run and digest."""
    grouped: dict[tuple[int, str], set[tuple[str, str]]] = {}
    for reference in references:
        grouped.setdefault((reference.run, reference.digest), set()).add((reference.project, reference.name))
    return {content: frozenset(names) for content, names in grouped.items()}
