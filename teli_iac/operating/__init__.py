"""Where people on duty act and watch: `posts` opens a project, `acts` does, `watching` shows."""

from __future__ import annotations

from teli_iac.operating.acts import (
    Approve,
    Halting,
    Steering,
    halt_campaigns,
    release_hold,
    steer_campaigns,
)
from teli_iac.operating.posts import open_post, person
from teli_iac.operating.watching import Stock, find_drift, take_stock

__all__ = [
    "Approve",
    "Halting",
    "Steering",
    "Stock",
    "find_drift",
    "halt_campaigns",
    "open_post",
    "person",
    "release_hold",
    "steer_campaigns",
    "take_stock",
]
