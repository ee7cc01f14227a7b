"""How hard properties search: a little on every run, `TELI_SOAK` times as much in a soak (`make soak`)."""

from __future__ import annotations

import os

SOAK = int(os.environ.get("TELI_SOAK") or 0)
"""How many times the usual number of examples; 0 outside a soak."""


def examples(usual: int) -> int:
    """What a property that needs its own number writes: `@settings(max_examples=examples(300))`."""
    return usual * (SOAK or 1)
