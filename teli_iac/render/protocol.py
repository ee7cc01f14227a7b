"""What renderers are given and what they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from teli_iac.model import GuardName, Plan


class Refused(Protocol):
    """A guard that refuses a plan, as `guards.Refusal` is one: what it counted, and the limit in force."""

    @property
    def guard(self) -> GuardName:
        """Which guard."""

    @property
    def count(self) -> int:
        """What it counted."""

    @property
    def limit(self) -> int:
        """What it lets pass."""

    @property
    def consent(self) -> str:
        """The flag that lifts it, with the exact number."""


class Format(Protocol):
    """A format that a plan is told in. The text ends with one newline."""

    def __call__(self, plan: Plan, refusals: Sequence[Refused], *, colour: bool, width: int) -> str:
        """Tell the plan; `colour` and `width` matter only to formats that people read in a terminal."""
