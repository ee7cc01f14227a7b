"""How much is measured: enough to mean something, or just enough to see that measuring works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """`times` short commands are repeated; `latency` is of the API, in seconds; `histories` are compared."""

    times: int
    campaigns: tuple[int, ...]
    leads: int
    many_leads: int
    launches: int
    latency: float
    histories: int


FULL = Sizes(
    times=20,
    campaigns=(1_000, 10_000),
    leads=1_000_000,
    many_leads=10_000_000,
    launches=1_000,
    latency=0.1,
    histories=24,
)
SHORT = Sizes(
    times=2, campaigns=(20,), leads=60_000, many_leads=120_000, launches=16, latency=0.02, histories=6
)
