"""All that is known of the call history: 100 calls an answer, no cursor, no campaign (teli-api.md §4.1).

The names of the two dates are inferred. A service that does not know them answers with its newest calls,
which are outside of what was asked; such an answer is refused, not interpreted.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from teli_iac.identity import utc_text
from teli_iac.kinds.wire import success_document, unreadable
from teli_iac.model import CallSeen, JsonValue, Project, Reply, Request

PAGE = 100
STATUSES = ("ended", "error", "ongoing")
_TOLERANCE = timedelta(seconds=2)
_LATEST_EPOCH_SECONDS = 253_402_300_799


def calls_request(project: Project, status: str, since: datetime, until: datetime) -> Request:
    """Ask for the newest calls of one status within a time span."""
    return Request(
        "GET",
        "/v1/voice/calls",
        query=(
            ("organization_id", project.organization_id),
            ("user_id", project.user_id),
            ("is_admin", "true"),
            ("call_status", status),
            ("direction", "outbound"),
            ("start_date", utc_text(since)),
            ("end_date", utc_text(until)),
            ("limit", str(PAGE)),
        ),
    )


def read_calls(reply: Reply, since: datetime, until: datetime) -> tuple[CallSeen, ...]:
    """The calls of an answer. Raises ApiRefused, or AnswerUnreadable for one that is not what was asked."""
    document = success_document(reply, "the call history")
    items = document.get("calls")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise unreadable("the call history has no calls array")
    calls = tuple(_call(item) for item in items if isinstance(item, dict))
    if len(calls) > PAGE:
        raise unreadable(f"the call history gave {len(calls)} calls, and {PAGE} were asked for")
    if any(not since - _TOLERANCE <= call.at <= until + _TOLERANCE for call in calls):
        raise unreadable("the call history gave calls outside of the time that was asked for")
    return calls


def _call(item: dict[str, JsonValue]) -> CallSeen:
    call_id, started = item.get("call_id"), _instant(item.get("start_timestamp"))
    if not isinstance(call_id, str) or started is None:
        raise unreadable("the call history has a call without an id or a time")
    ended = _instant(item.get("end_timestamp"))
    return CallSeen(
        call_id=call_id,
        at=started,
        voice_agent_id=_text(item.get("voice_agent_id")),
        status=_text(item.get("call_status")) or "",
        seconds=max(0.0, (ended - started).total_seconds()) if ended else None,
        voicemail=_truth(item.get("in_voicemail")),
        successful=_truth(item.get("call_successful")),
        to_number=_text(item.get("to_number")),
    )


def _instant(value: JsonValue) -> datetime | None:
    """Epoch milliseconds; the history's other times are those of its processing."""
    if (
        not isinstance(value, int)
        or isinstance(value, bool)
        or not 0 <= value // 1000 <= _LATEST_EPOCH_SECONDS
    ):
        return None
    return datetime.fromtimestamp(value / 1000, UTC)


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) and value else None


def _truth(value: JsonValue) -> bool | None:
    return value if isinstance(value, bool) else None
