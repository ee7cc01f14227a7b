"""What an order does to a campaign's status: the record says little, so the worst that fits it."""

from __future__ import annotations

from enum import StrEnum


class CampaignStatus(StrEnum):
    """The four documented statuses; there is none for a window that has closed."""

    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED = "ended"


class Order(StrEnum):
    """What a caller may tell a campaign."""

    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


_TARGET = {
    Order.PAUSE: CampaignStatus.PAUSED,
    Order.RESUME: CampaignStatus.ACTIVE,
    Order.END: CampaignStatus.ENDED,
}


def follow(status: CampaignStatus, order: Order) -> CampaignStatus:
    """The status after the order, which is always answered with 200.

    Ended is for good (documented). Anything else is overwritten without a look, so a completed campaign
    can be paused, and resuming it makes it active again: no page says that this is refused.
    """
    if status is CampaignStatus.ENDED:
        return status
    return _TARGET[order]
