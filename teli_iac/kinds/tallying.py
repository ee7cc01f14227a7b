"""How far a campaign has come, as its analytics count it (teli-api.md §1.8)."""

from __future__ import annotations

from dataclasses import dataclass

from teli_iac.errors import AnswerUnreadable
from teli_iac.kinds.wire import read_count
from teli_iac.model import Reply

_OK = 200


@dataclass(frozen=True, slots=True)
class Counts:
    """People of one campaign: `total` of them, each reached, failed, met by a voicemail or not called."""

    total: int
    reached: int
    failed: int
    voicemail: int
    uncalled: int

    @property
    def called(self) -> int:
        """Everybody who was called at least once."""
        return self.reached + self.failed + self.voicemail

    @property
    def adds_up(self) -> bool:
        """Whether called and not called come to the total; else none of the numbers is to be relied on."""
        return self.called + self.uncalled == self.total


def read_analytics(reply: Reply, campaign_id: str) -> Counts | None:
    """The counts of an analytics answer, None when Teli has no such campaign. AnswerUnreadable otherwise."""
    if reply.status == 404 and reply.document and isinstance(reply.document.get("error"), str):  # noqa: PLR2004  not found
        return None
    document = reply.document or {}
    fields = ("total_contacts", "connected_calls", "failed_calls", "voicemail_calls", "not_called")
    counted = [read_count(document.get(field)) for field in fields]
    if reply.status != _OK or document.get("campaign_id") != campaign_id or None in counted:
        raise AnswerUnreadable(
            f"the analytics answered {reply.status} without readable counts", "Run the command again."
        )
    return Counts(*(count for count in counted if count is not None))
