"""The `NumberPool` kind: caller ids used in turn, shared by the campaigns that name the pool."""

from __future__ import annotations

from typing import TypedDict

KIND = "NumberPool"
SCHEMA = "number_pool"


class NumberPoolSpec(TypedDict):
    """The spec as schemas/number_pool.json lets it pass."""

    numbers: list[str]


def parse_number_pool(spec: NumberPoolSpec) -> tuple[str, ...]:
    """The caller ids in their order, which belongs to what a part is declared to be."""
    return tuple(spec["numbers"])
