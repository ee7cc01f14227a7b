"""Look at Teli and send orders to many campaigns at once; a fault of one is told, never raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from teli_iac.api import Waiting, WritingClient
from teli_iac.errors import ApiError, ApiRefused, TransportFault
from teli_iac.kinds.wire import list_request, look_up_request, read_list, read_look_up
from teli_iac.model import ObservedCampaign, Project, Request

_Given = TypeVar("_Given")
_Got = TypeVar("_Got")


@dataclass(frozen=True, slots=True, repr=False)
class Teli:
    """The API of one project and how boldly it is used; `parallelism` requests go out at once."""

    api: WritingClient
    project: Project
    waiting: Waiting
    parallelism: int

    def __repr__(self) -> str:
        return f"Teli({self.project.name})"


@dataclass(frozen=True, slots=True)
class Look:
    """What one reading of the list showed, by id; None when it could not be read, for the reason `fault`."""

    shown: Mapping[str, ObservedCampaign] | None
    date: datetime | None
    fault: str = ""


def look(teli: Teli) -> Look:
    """Read the list once. Raises ApiRefused for a key that is refused; any other fault is told."""
    try:
        reply = teli.api.read(list_request(teli.project))
        return Look({campaign.campaign_id: campaign for campaign in read_list(reply)}, reply.date)
    except ApiRefused:
        raise
    except ApiError as error:
        return Look(None, None, error.message)


def look_up(teli: Teli, campaign_ids: Iterable[str]) -> Mapping[str, ObservedCampaign | ApiError | None]:
    """Each campaign by its id, None where Teli has none, or the fault of asking."""

    def one(campaign_id: str) -> ObservedCampaign | ApiError | None:
        try:
            return read_look_up(teli.api.read(look_up_request(campaign_id)), campaign_id)
        except ApiError as error:
            return error

    return at_once(one, campaign_ids, teli.parallelism)


def order_all(teli: Teli, request: Callable[[str], Request], campaign_ids: Iterable[str]) -> None:
    """Send the same order to every campaign; whether it was carried out, the next look shows."""

    def one(campaign_id: str) -> None:
        try:
            teli.api.write(request(campaign_id))
        except (TransportFault, ApiError):  # an order may be repeated, and is, until it is seen to be done
            return

    at_once(one, campaign_ids, teli.parallelism)


def at_once(work: Callable[[_Given], _Got], given: Iterable[_Given], parallelism: int) -> dict[_Given, _Got]:
    """The results by what was given, worked on several at a time."""
    items = list(dict.fromkeys(given))
    if not items:
        return {}
    with ThreadPoolExecutor(min(parallelism, len(items)), thread_name_prefix="operate") as pool:
        return dict(zip(items, pool.map(work, items), strict=True))
