"""All that is known of the voice-campaign endpoints: what is sent, and how an answer is read.

Sources: teli-api.md §1 and teli-openapi.yaml. An answer that is not as documented is refused, never
interpreted (hazards: HTTP).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from urllib.parse import quote

from teli_iac.errors import AnswerUnreadable, ApiRefused
from teli_iac.identity import utc_text
from teli_iac.model import JsonValue, Launch, ObservedCampaign, Project, Reply, Request, Status, WeighedBody
from teli_iac.model.making import maker
from teli_iac.people import in_pieces

CAMPAIGNS = "/v1/voice/campaigns"
_CLOSING = b"]}"
_make_observed = maker(ObservedCampaign)
_OK = 200
_NO_CONTENT = 204
_NOT_FOUND = 404
_TOO_MANY_REQUESTS = 429
_TIMED_OUT_BETWEEN = frozenset({408, 499})
"""A gateway gave up waiting; what it had forwarded may still be carried out."""
_REFUSALS = frozenset({401, 403})
_STATUSES = {status.value: status for status in Status}


def list_request(project: Project) -> Request:
    """Ask for every campaign of the organization; `is_admin=true` shows all users' (teli-api.md §1.2)."""
    return Request(
        "GET",
        CAMPAIGNS,
        query=(
            ("organization_id", project.organization_id),
            ("tenant_id", project.tenant_id),
            ("is_admin", "true"),
        ),
    )


def look_up_request(campaign_id: str) -> Request:
    """Ask for status and progress of one id."""
    return Request("GET", _path(campaign_id))


def pause_request(campaign_id: str) -> Request:
    """Stop placing new calls, reversibly."""
    return Request("POST", _path(campaign_id) + "/pause")


def resume_request(campaign_id: str) -> Request:
    """Place calls again."""
    return Request("POST", _path(campaign_id) + "/resume")


def failed_numbers_request(campaign_id: str, *, include_not_called: bool) -> Request:
    """Ask who was not reached, voicemail counted as not reached (teli-api.md §1.9)."""
    return Request(
        "GET",
        _path(campaign_id) + "/failed-numbers",
        query=(
            ("format", "simple"),
            ("include_voicemail", "true"),
            ("include_not_called", "true" if include_not_called else "false"),
        ),
    )


def analytics_request(campaign_id: str) -> Request:
    """Ask for counts, `not_called` among them."""
    return Request("GET", _path(campaign_id) + "/analytics")


def end_request(campaign_id: str) -> Request:
    """Stop for good; calls in progress finish."""
    return Request("POST", _path(campaign_id) + "/end")


def delete_request(campaign_id: str) -> Request:
    """Remove the campaign and its contacts; call history stays."""
    return Request("DELETE", _path(campaign_id))


def create_request(
    launch: Launch, project: Project, begin: datetime, end: datetime, weight: int | None = None
) -> Request:
    """The one request that starts calls to people. Times are always sent, in UTC with `Z`.

    `weight` is the bytes of its leads (`people.key_and_weigh`), where they were counted before.
    """
    body = LaunchBody(launch, project, begin, end)
    return Request("POST", CAMPAIGNS, body=body if weight is None else body.weighed(weight))


@dataclass(frozen=True, slots=True, repr=False)
class LaunchBody:
    """The body of a create, encoded piece by piece: the settings, then the leads as their list is read.

    Whoever reads it to its end has proof that the leads are those of the launch; a list that is another by
    now raises LeadsChanged before the last byte, so that no server can take the half of it.
    """

    launch: Launch
    project: Project
    begin: datetime
    end: datetime

    def __iter__(self) -> Iterator[bytes]:
        yield self._opening()
        comma = b""
        for piece in in_pieces(self.launch.leads.rows):
            yield comma + piece.objects()
            comma = b","
        yield _CLOSING

    def weighed(self, weight: int) -> WeighedBody:
        """The same, knowing its length: all leads have so many bytes."""
        return WeighedBody(self, len(self._opening()) + weight + len(_CLOSING))

    def _opening(self) -> bytes:
        return _encode(self._head())[:-1] + b',"leads":['

    def __repr__(self) -> str:
        return f"LaunchBody({self.launch.campaign_id}, {len(self.launch.leads)} people)"

    def _head(self) -> dict[str, JsonValue]:
        settings = self.launch.settings
        head: dict[str, JsonValue] = {
            "campaign_id": self.launch.campaign_id,
            "organization_id": self.project.organization_id,
            "tenant_id": self.project.tenant_id,
            "user_id": self.project.user_id,
            "voice_agent_id": settings.voice_agent_id,
            "agent_outbound_number": settings.agent_outbound_number,
            "campaign_begin_time": utc_text(self.begin),
            "campaign_end_time": utc_text(self.end),
            "redial_enabled": settings.redial is not None,
        }
        if settings.number_pool:
            head["number_pool"] = [{"phone_number": number} for number in settings.number_pool]
        if settings.redial:
            head["redial_config"] = {
                "retry_limit": settings.redial.retry_limit,
                "call_interval_days": settings.redial.call_interval_days,
            }
        return head


class CreateAnswer(Enum):
    """What an answer to a create tells: yes, yes under another id, no, not now, or nothing certain."""

    ACCEPTED = auto()
    MISNAMED = auto()
    REJECTED = auto()
    REFUSED_UNPROCESSED = auto()
    DOUBTFUL = auto()


def read_create(reply: Reply, campaign_id: str) -> CreateAnswer:
    """Sort the answer to a create (semantics §6): 429 is unprocessed, other 4xx reject, the rest is doubt."""
    if reply.status == _TOO_MANY_REQUESTS:
        return CreateAnswer.REFUSED_UNPROCESSED
    if reply.status in _TIMED_OUT_BETWEEN:
        return CreateAnswer.DOUBTFUL
    if 400 <= reply.status < 500:  # noqa: PLR2004  the class of client errors, named by RFC 9110
        return CreateAnswer.REJECTED
    document = reply.document or {}
    told = document.get("campaign_id")
    if reply.status != _OK or document.get("success") is not True or not isinstance(told, str):
        return CreateAnswer.DOUBTFUL
    return CreateAnswer.ACCEPTED if told == campaign_id else CreateAnswer.MISNAMED


def read_list(reply: Reply) -> tuple[ObservedCampaign, ...]:
    """The campaigns of a list answer.

    Raises ApiRefused for 401 and 403, AnswerUnreadable when it is not a whole, consistent list.
    """
    document = success_document(reply, "the list of campaigns")
    items = document.get("campaigns")
    if not isinstance(items, list):
        raise unreadable("the list of campaigns has no campaigns array")
    campaigns = tuple(_listed(item) for item in items)
    count = document.get("count", len(campaigns))
    if count != len(campaigns) or isinstance(count, bool):
        raise unreadable(f"the list says it has {count} campaigns and holds {len(campaigns)}")
    repeated = [name for name, times in Counter(c.campaign_id for c in campaigns).items() if times > 1]
    if repeated:
        raise unreadable(f"the list names {len(repeated)} campaign ids twice")
    return campaigns


def read_look_up(reply: Reply, campaign_id: str) -> ObservedCampaign | None:
    """One campaign's status, or None when the API says in its own words that there is no such campaign."""
    if reply.status == _NOT_FOUND:
        if not _says_error(reply):
            raise unreadable("a look-up answered 404 without the API's error message")
        return None
    document = success_document(reply, "a look-up")
    if document.get("campaign_id") != campaign_id:
        raise unreadable("a look-up answered with another campaign's id")
    return ObservedCampaign(campaign_id, *_status(document.get("status")), None, None, None, None)


def read_delete(reply: Reply) -> bool:
    """Whether a campaign is deleted: Teli says so, or says in its own words that there is none."""
    if reply.status == _NOT_FOUND:
        return _says_error(reply)
    if reply.status == _NO_CONTENT:
        return True
    return reply.status == _OK and reply.document is not None and reply.document.get("success") is True


def read_failed_numbers(reply: Reply, campaign_id: str) -> frozenset[str]:
    """The numbers of a failed-numbers answer. They are used at once and kept nowhere (semantics §11)."""
    document = success_document(reply, "the numbers not reached")
    numbers = document.get("failed_numbers")
    sound = isinstance(numbers, list) and all(isinstance(number, str) for number in numbers)
    if not sound or document.get("campaign_id") != campaign_id:
        raise unreadable("the numbers not reached are no list of numbers of this campaign")
    if document.get("count", len(numbers)) != len(numbers):  # type: ignore[arg-type]  # it is a list here
        raise unreadable("the numbers not reached are not as many as their count")
    return frozenset(numbers)  # type: ignore[arg-type]  # and its items are texts


def read_not_called(reply: Reply, campaign_id: str) -> int:
    """How many contacts the analytics count as not called."""
    document = success_document(reply, "the analytics")
    count = read_count(document.get("not_called"))
    if count is None or document.get("campaign_id") != campaign_id:
        raise unreadable("the analytics do not count who was not called in this campaign")
    return count


def read_time(value: JsonValue) -> datetime | None:
    """A time as the API writes it: naive times are UTC (teli-api.md §9); what does not parse is None."""
    if not isinstance(value, str) or not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):  # an offset can carry a time beyond the calendar
        return None


def read_count(value: JsonValue) -> int | None:
    """A count, or None when the API left it out."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _listed(item: JsonValue) -> ObservedCampaign:
    if not isinstance(item, dict):
        raise unreadable("the list holds something that is not a campaign")
    campaign_id = item.get("campaign_id")
    if not isinstance(campaign_id, str) or not campaign_id:
        raise unreadable("the list holds a campaign without an id")
    agent = item.get("voice_agent_id")
    return _make_observed(
        campaign_id,
        *_status(item.get("status")),
        voice_agent_id=agent if isinstance(agent, str) else None,
        contacts_count=read_count(item.get("contacts_count")),
        begin=read_time(item.get("campaign_begin_time")),
        end=read_time(item.get("campaign_end_time")),
    )


def _says_error(reply: Reply) -> bool:
    # A 404 without the API's error field comes from a proxy or a wrong base URL and proves nothing.
    return reply.document is not None and isinstance(reply.document.get("error"), str)


def _status(value: JsonValue) -> tuple[Status, str]:
    text = value if isinstance(value, str) else ""
    return _STATUSES.get(text.strip().lower(), Status.UNKNOWN), text


def success_document(reply: Reply, what: str) -> dict[str, JsonValue]:
    """The body of a success; `what` was asked for. Raises ApiRefused or AnswerUnreadable."""
    if reply.status in _REFUSALS:
        raise ApiRefused(
            f"the API refused the key ({reply.status}) when asked for {what}",
            "Check TELI_API_KEY and that it belongs to the Project's tenant.",
            reply.status,
        )
    if reply.status != _OK or reply.document is None or reply.document.get("success") is not True:
        raise unreadable(f"{what} answered {reply.status} without a readable success")
    return reply.document


def unreadable(what: str) -> AnswerUnreadable:
    """The error of an answer that is not as documented."""
    return AnswerUnreadable(
        what, "Nothing was written. Check base_url; if it is right, try again later or ask Teli."
    )


def _encode(value: JsonValue) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _path(campaign_id: str) -> str:
    return f"{CAMPAIGNS}/{quote(campaign_id, safe='')}"
