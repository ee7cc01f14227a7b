"""What people commit: other people, settings, runs, names; campaigns leave, come back or are reverted."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from teli_iac.model import DesiredStatus, OnRemove
from tests.simulator.manifests import Manifests, Version, Wanted
from tests.simulator.stage import Stage
from tests.simulator.themes import Theme

_CROWDS = {"fall": range(12), "spring": range(20, 32), "gala": range(40, 52)}
_AGENTS = ("agent_one", "agent_two")
_SPLITS = 0.5
_LIMITED = 0.3
_EVERY_STATUS = tuple(DesiredStatus)
_EVERY_REMOVAL = tuple(OnRemove)


class Limits:
    """How many people a part may have: drawn apart, so that a history without limits stays what it was."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(f"limits {seed}")  # noqa: S311  the same
        self._splits = self._draw.random() < _SPLITS

    def change(self) -> bool:
        """Whether somebody edits a campaign's limit now."""
        return self._splits and self._draw.random() < _LIMITED

    def draw(self) -> int | None:
        """The limit it gets."""
        return self._draw.choice((1, 2, 2, 3, None))


class Editor:
    """Whoever edits the manifests."""

    def __init__(self, stage: Stage, manifests: Manifests, theme: Theme) -> None:
        self._stage = stage
        self._draw: random.Random = stage.random
        self._manifests = manifests
        self._theme = theme
        edits: list[tuple[int, Callable[[str], None]]] = [
            (10, self._change_people),
            (4, lambda name: self._edit(name, agent=self._draw.choice(_AGENTS))),
            (2, lambda name: self._edit(name, begin=self._begin())),
            (2, self._change_run),
            (3, lambda name: self._edit(name, status=self._draw.choice(_EVERY_STATUS))),
            (1, lambda name: self._edit(name, on_remove=self._draw.choice(_EVERY_REMOVAL))),
        ]
        if theme.leaves:
            edits += [(3, self._leave), (2, self._rename)]
        self._limits = Limits(stage.seed)
        self._edits = [edit for _, edit in edits]
        self._weights = [weight for weight, _ in edits]

    def begin(self) -> None:
        """The first version."""
        names = self._draw.sample(sorted(_CROWDS), self._draw.choice((1, 1, 2)))
        self._manifests.commit({name: self._fresh(name) for name in names})
        self._limit()
        self._stage.tell(f"commit: {told(self._manifests.today)}")

    def edit(self) -> None:
        """Another version."""
        today = self._manifests.today
        if today and self._draw.random() < 0.8:
            self._draw.choices(self._edits, self._weights)[0](self._draw.choice(sorted(today)))
        elif self._theme.leaves and self._draw.random() < 0.5:
            self._manifests.commit(self._draw.choice(self._manifests.versions))
        else:
            self._come()
        self._limit()
        self._stage.tell(f"commit: {told(self._manifests.today)}")

    def _limit(self) -> None:
        for name in sorted(self._manifests.today):
            if self._limits.change():
                self._edit(name, most=self._limits.draw())

    def _edit(self, name: str, **changes: object) -> None:
        self._manifests.edit(name, **changes)

    def _fresh(self, name: str) -> Wanted:
        people = self._draw.sample(_CROWDS[name], self._draw.randrange(1, 6))
        return Wanted(tuple((person, "Ann") for person in sorted(people)), begin=self._begin())

    def _begin(self) -> datetime | None:
        begin = self._stage.now.replace(minute=0, second=0) + timedelta(hours=self._draw.randrange(3, 9))
        return begin if self._draw.random() < self._theme.begins_later else None

    def _change_people(self, name: str) -> None:
        people = dict(self._manifests.today[name].people)
        crowd = _CROWDS[self._manifests.lineage(name)]
        for person in self._draw.sample(crowd, self._draw.randrange(1, 4)):
            if person in people and self._draw.random() < 0.6:
                del people[person]
            else:
                people[person] = self._draw.choice(("Ann", "Bob"))
        if people:
            self._edit(name, people=tuple(sorted(people.items())))

    def _change_run(self, name: str) -> None:
        run = self._manifests.today[name].run + self._draw.choice((1, 1, -1))
        self._edit(name, run=max(1, run))

    def _leave(self, name: str) -> None:
        self._manifests.commit(self._without(name))

    def _rename(self, name: str) -> None:
        new = f"{self._manifests.lineage(name)}-{len(self._manifests.versions)}"
        moved = replace(self._manifests.today[name], renamed_from=name)
        self._manifests.commit({**self._without(name), new: moved})

    def _come(self) -> None:
        manifests = self._manifests
        absent = sorted(_CROWDS.keys() - {manifests.lineage(name) for name in manifests.today})
        if not absent:
            return
        name = self._draw.choice(absent)
        if manifests.was_renamed(name):  # it would come back under a name that others have inherited from
            return
        last = next((version[name] for version in reversed(manifests.versions) if name in version), None)
        manifests.commit({**manifests.today, name: last or self._fresh(name)})

    def _without(self, name: str) -> Version:
        return {each: wanted for each, wanted in self._manifests.today.items() if each != name}


def told(version: Version) -> str:
    """A version in one line."""
    return "; ".join(f"{name} {_told(wanted)}" for name, wanted in version.items())


def _told(wanted: Wanted) -> str:
    people = " ".join(f"{person}{detail[0]}" for person, detail in wanted.people)
    before = f" from {wanted.renamed_from}" if wanted.renamed_from else ""
    begin = f" begins {wanted.begin:%d %H}" if wanted.begin else ""
    most = f" at most {wanted.most}" if wanted.most else ""
    return f"r{wanted.run} {wanted.status} {wanted.agent} {people}{before}{begin}{most}"
