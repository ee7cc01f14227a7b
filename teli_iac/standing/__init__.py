"""How campaigns stand now: recorded x observed x counted -> Standing, for `status` and `drift`. Pure."""

from __future__ import annotations

from teli_iac.standing.taking import Seen, people_needed, stand, to_be_counted
from teli_iac.standing.values import (
    LIVE,
    MOVING,
    CampaignStanding,
    PartStanding,
    Phase,
    Question,
    Standing,
)

__all__ = [
    "LIVE",
    "MOVING",
    "CampaignStanding",
    "PartStanding",
    "Phase",
    "Question",
    "Seen",
    "Standing",
    "people_needed",
    "stand",
    "to_be_counted",
]
