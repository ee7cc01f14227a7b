"""The call history: what was dialled, newest first, at most 100 at once, without the campaign."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from teli_iac.model import JsonValue
from teli_iac.sandbox.answers import Answer, Call, Refused, failure, success
from teli_iac.sandbox.outcomes import Outcome
from teli_iac.sandbox.store import Store
from teli_iac.sandbox.times import read_time, wire_time

_MOST = 100
_USUAL = 50
_CONNECTED_SECONDS = 90
_FIRST, _LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def list_calls(store: Store, call: Call) -> Answer:
    """Calls that ended, within the dates that were asked for. Calls here take no time, so none is ongoing."""
    if not call.asked("organization_id"):
        raise Refused(failure(400, "organization_id required"))
    outgoing = call.asked("direction") in {"", "outbound"} and call.asked("call_status") in {"", "ended"}
    rows = _rows(store, call) if outgoing else []
    return success(count=len(rows), calls=rows)


def _rows(store: Store, call: Call) -> list[JsonValue]:
    with store.reading() as connection:
        found = connection.execute(
            """SELECT dial_log.id, phone_number, at, outcome, attempt, campaigns.voice_agent_id,
                      campaigns.organization_id
               FROM dial_log LEFT JOIN campaigns ON campaigns.key =
                 (SELECT max(key) FROM campaigns WHERE campaigns.campaign_id = dial_log.campaign_id)
               WHERE at >= ? AND at <= ? AND coalesce(campaigns.organization_id, ?) = ?
                 AND (? = '' OR campaigns.voice_agent_id = ?)
               ORDER BY at DESC, dial_log.id DESC LIMIT ?""",
            (
                wire_time(_date(call, "start_date", _FIRST)),
                wire_time(_date(call, "end_date", _LAST)),
                call.asked("organization_id"),
                call.asked("organization_id"),
                call.asked("agent_id"),
                call.asked("agent_id"),
                _limit(call),
            ),
        ).fetchall()
    return [_item(*row) for row in found]


def _item(  # noqa: PLR0913, PLR0917  the columns of a row
    number: int,
    phone_number: str,
    at: str,
    outcome: str,
    attempt: int,
    agent: str | None,
    organization: str | None,
) -> JsonValue:
    began = read_time(at)
    connected = outcome == Outcome.CONNECTED
    ended = began + timedelta(seconds=_CONNECTED_SECONDS if connected else 0)
    return {
        "call_id": f"call_{number:024d}",
        "voice_agent_id": agent,
        "organization_id": organization,
        "start_timestamp": _milliseconds(began),
        "end_timestamp": _milliseconds(ended),
        "call_status": "ended",
        "direction": "outbound",
        "call_successful": connected,
        "in_voicemail": outcome == Outcome.VOICEMAIL,
        "to_number": phone_number,
        "duration_ms": _milliseconds(ended) - _milliseconds(began),
        "attempt": attempt,
    }


def _milliseconds(instant: datetime) -> int:
    return round(instant.timestamp() * 1000)


def _limit(call: Call) -> int:
    text = call.asked("limit")
    return min(int(text), _MOST) if text.isdecimal() and len(text) < 10 and int(text) else _USUAL  # noqa: PLR2004


def _date(call: Call, name: str, otherwise: datetime) -> datetime:
    text = call.asked(name)
    if not text:
        return otherwise
    try:
        return read_time(text)
    except ValueError as fault:
        raise Refused(failure(400, f"{name} is no date")) from fault
