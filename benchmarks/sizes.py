"""How much is measured: enough to mean something, or just enough to see that measuring works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large, how often, and how long.

    `times` is how often a thing is measured, `quick` how often what ends at once; whatever they say, a table
    begins no new round once it has taken about `patience` seconds. `latency` is of the API, in seconds;
    `histories` are compared.
    """

    times: int
    quick: int
    patience: float
    campaigns: tuple[int, ...]
    leads: tuple[int, ...]
    many_leads: int
    messy_leads: int
    launches: int
    latency: float
    histories: int


FULL = Sizes(
    times=5,
    quick=20,
    patience=100,
    campaigns=(100, 1_000, 10_000),
    leads=(10_000, 100_000, 1_000_000),
    many_leads=10_000_000,
    messy_leads=300_000,
    launches=1_000,
    latency=0.1,
    histories=24,
)
SHORT = Sizes(
    times=1,
    quick=1,
    patience=5,
    campaigns=(20, 60),
    leads=(2_000, 60_000),
    many_leads=120_000,
    messy_leads=2_000,
    launches=16,
    latency=0.02,
    histories=6,
)
