"""Which parts of the named campaigns a person's act is for, and which are left alone and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from teli_iac.errors import UsageError
from teli_iac.model import (
    LeftAlone,
    ObservedCampaign,
    PartState,
    PersonAct,
    Recorded,
    RecordedPart,
    Status,
    Verification,
)
from teli_iac.operate.orders import ORDERS


@dataclass(frozen=True, slots=True)
class Chosen:
    """The ids that an act is ordered for, those that are so already, and those that it must not touch."""

    act: PersonAct
    campaign_ids: tuple[str, ...]
    before: tuple[str, ...]
    left_alone: tuple[LeftAlone, ...]


def choose(
    act: PersonAct, shown: Mapping[str, ObservedCampaign], recorded: Recorded | None, now: datetime
) -> Chosen:
    """Whatever is not yet as the act wants it; of a resume only what may call and call nobody twice."""
    before = sorted(one for one, campaign in shown.items() if campaign.status in ORDERS[act].done)
    rest = sorted(shown.keys() - set(before))
    if act is not PersonAct.RESUME:
        return Chosen(act, tuple(rest), tuple(before), ())
    reasons = {one: _why_not_resumed(shown[one], recorded, now) for one in rest}
    return Chosen(
        act,
        tuple(one for one, why in reasons.items() if not why),
        tuple(before),
        tuple(LeftAlone(one, why) for one, why in reasons.items() if why),
    )


def refuse_unknown(addresses: Iterable[str], known: Collection[str]) -> None:
    """Raises UsageError for an address that neither Teli nor the ledger has heard of."""
    for address in addresses:
        if address in known:
            continue
        close = get_close_matches(address, sorted(known), n=1)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise UsageError(
            f"Neither Teli nor the ledger has heard of {address}.{meant}",
            "`teli-iac status` names every campaign of the project.",
        )


def _why_not_resumed(campaign: ObservedCampaign, recorded: Recorded | None, now: datetime) -> str:
    """Why a part must not call again, empty when it may."""
    if campaign.status is not Status.PAUSED:
        return "it has ended for good" if campaign.status is Status.ENDED else "it is not paused"
    if campaign.end is not None and campaign.end <= now:
        return "its calling window is over"
    part = recorded.parts.get(campaign.campaign_id) if recorded else None
    if part is None or recorded is None:
        return "the ledger does not know whom it calls"
    return _why_record_forbids(part, recorded)


def _why_record_forbids(part: RecordedPart, recorded: Recorded) -> str:
    if part.state is not PartState.LAUNCHED:
        return "its launch was given up, and its people may have been handed on: apply ends it"
    if part.verification is Verification.FAILED:
        return "Teli made something else of it: settle it first"
    if part.releasing or part.released is not None:
        return "its people are being handed on: apply goes on with that"
    if any(other.name == part.name and other.run > part.run for other in recorded.parts.values()):
        return "a later run of it was launched"
    return ""
