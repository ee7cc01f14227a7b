"""What an apply works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from teli_iac.api import Waiting, WritingClient
from teli_iac.leads import Lists
from teli_iac.ledger import Journal
from teli_iac.model import Event, LedgerKey, OnError, Project


@dataclass(slots=True)
class TheirClock:
    """How far the API's clock was ahead of ours, at most, in the answers of this apply.

    Threads may tell it at once; the worst is that one of their answers is forgotten, as if it had not come.
    """

    ahead: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, repr=False)
class Means:
    """The API, the ledger's writing hand, the clock, and how boldly to go on.

    `stopping` turns true when a person asked to stop: what is in flight is finished, nothing new begins.
    `parallelism` is how many campaigns are worked on at once. `lists` are those of whom not to call, read
    again before each create. `news` is recorded before anything is sent. `their_clock` is one for all
    that is done, since the look-up of a create may have been a scout's.
    """

    api: WritingClient
    journal: Journal
    project: Project
    key: LedgerKey
    waiting: Waiting
    parallelism: int
    on_error: OnError
    stopping: Callable[[], bool]
    lists: Lists
    news: tuple[Event, ...] = ()
    their_clock: TheirClock = field(default_factory=TheirClock)

    def __repr__(self) -> str:
        return f"Means({self.project.name})"
