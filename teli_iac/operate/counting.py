"""How far campaigns have come, many asked at once."""

from __future__ import annotations

from collections.abc import Iterable

from teli_iac.errors import ApiError
from teli_iac.kinds.tallying import Counts, read_analytics
from teli_iac.kinds.wire import analytics_request
from teli_iac.operate.looking import Teli, at_once


def read_counts(teli: Teli, campaign_ids: Iterable[str]) -> list[Counts | None]:
    """The counts of each campaign in order; None where Teli has none of it, or gives no readable ones."""

    def one(campaign_id: str) -> Counts | None:
        try:
            return read_analytics(teli.api.read(analytics_request(campaign_id)), campaign_id)
        except ApiError:
            return None

    ids = list(campaign_ids)
    counted = at_once(one, ids, teli.parallelism)
    return [counted[campaign_id] for campaign_id in ids]
