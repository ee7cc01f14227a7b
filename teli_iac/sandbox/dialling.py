"""The simulated dialler at work: it picks what is due, writes each call down, and completes campaigns.

No call leaves the database. How a call goes and when it is repeated is decided in `outcomes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from teli_iac.sandbox.outcomes import Outcome, RedialRule, call_outcome, redial_at
from teli_iac.sandbox.store import Connection
from teli_iac.sandbox.times import read_time, wire_time
from teli_iac.sandbox.transitions import CampaignStatus

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class DialReport:
    """What the dialler did: calls by outcome, and the campaigns it completed, by id."""

    outcomes: Mapping[Outcome, int]
    completed: tuple[str, ...]

    @property
    def calls(self) -> int:
        """All calls placed."""
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True, repr=False)
class DueCall:
    """A call to be placed at `at`, which is attempt number `attempt` (from 1) at this contact."""

    contact: int
    phone_number: str
    attempt: int
    at: str
    rule: RedialRule
    campaign_id: str

    def __repr__(self) -> str:
        return f"DueCall(…{self.phone_number[-2:]}, attempt {self.attempt} at {self.at})"


def place_calls(connection: Connection, since: datetime, until: datetime, limit: int | None) -> DialReport:
    """Place what is due between two instants, at most `limit` calls, earlier contacts first.

    A call is due while its campaign is active and inside its window. Repeats that come due before
    `until` are placed too.
    """
    placed: Counter[Outcome] = Counter()
    while batch := list(_round(connection, since, until, _remaining(limit, placed))):
        placed.update(batch)
    return DialReport(dict(placed), _complete_campaigns(connection, until))


def _remaining(limit: int | None, placed: Counter[Outcome]) -> int | None:
    return None if limit is None else max(0, limit - placed.total())


def _round(connection: Connection, since: datetime, until: datetime, limit: int | None) -> Iterator[Outcome]:
    """Call every contact that is due once, in pieces, so that a million of them need little memory."""
    last = 0
    while due := _due_calls(connection, since, until, last, _BATCH if limit is None else min(limit, _BATCH)):
        yield from [_place(connection, call) for call in due]
        last = due[-1].contact
        limit = None if limit is None else limit - len(due)


def _due_calls(
    connection: Connection, since: datetime, until: datetime, after: int, size: int
) -> list[DueCall]:
    rows = connection.execute(
        """SELECT contacts.id, phone_number, attempts + 1, max(due, begins, :since),
                  retry_limit, call_interval_days, campaign_id
           FROM contacts JOIN campaigns ON campaigns.key = campaign_key
           WHERE contacts.id > :after AND NOT done AND status = :active
             AND max(due, begins, :since) <= min(ends, :until)
           ORDER BY contacts.id LIMIT :size""",
        {
            "since": wire_time(since),
            "until": wire_time(until),
            "after": after,
            "size": size,
            "active": CampaignStatus.ACTIVE,
        },
    )
    return [
        DueCall(contact, number, attempt, at, RedialRule(retries, days), campaign_id)
        for contact, number, attempt, at, retries, days, campaign_id in rows
    ]


def _place(connection: Connection, call: DueCall) -> Outcome:
    outcome = call_outcome(call.phone_number, call.attempt)
    again = redial_at(outcome, call.attempt, read_time(call.at), call.rule)
    connection.execute(
        "INSERT INTO dial_log (phone_number, campaign_id, at, outcome, attempt) VALUES (?, ?, ?, ?, ?)",
        (call.phone_number, call.campaign_id, call.at, outcome, call.attempt),
    )
    connection.execute(
        "UPDATE contacts SET attempts = ?, outcome = ?, called_at = ?, due = ?, done = ? WHERE id = ?",
        (call.attempt, outcome, call.at, wire_time(again) if again else "", again is None, call.contact),
    )
    return outcome


def _complete_campaigns(connection: Connection, until: datetime) -> tuple[str, ...]:
    rows = connection.execute(
        """UPDATE campaigns SET status = ? WHERE status = ? AND begins <= ? AND NOT EXISTS
           (SELECT 1 FROM contacts WHERE campaign_key = key AND NOT done) RETURNING campaign_id, visible""",
        (CampaignStatus.COMPLETED, CampaignStatus.ACTIVE, wire_time(until)),
    )
    return tuple(sorted(campaign_id for campaign_id, visible in rows if visible))
