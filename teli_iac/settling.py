"""What a person decides about launches when nobody else can know (semantics §6, `settle`)."""

from __future__ import annotations

from teli_iac.errors import NothingToSettle
from teli_iac.kinds.wire import look_up_request, read_look_up
from teli_iac.ledger import Journal
from teli_iac.model import IntentSettled, PartState, Recorded, RecordedPart, Settlement, Verification
from teli_iac.worlds import Worlds

_DONE = {
    Settlement.ADOPT: "adopted: it counts as launched, and the next plan goes on from there.",
    Settlement.ABANDON: "given up: its people count as called, and should it appear, apply ends it.",
    Settlement.RETRY: "given up: its people may be launched anew, counted as called again.",
}


def settle_parts(address: str, settlement: Settlement, worlds: Worlds, journal: Journal) -> str:
    """Record the decision about every part of the campaign that waits for one; a sentence for each.

    Raises NothingToSettle when none does, or when a part is to be adopted that is not on Teli.
    """
    parts = _waiting_for_decision(journal.load(), address)
    if not parts:
        raise NothingToSettle(
            f"Nothing of {address} waits for a decision.",
            "`teli-iac plan` names what does: unknown_outcome and verification_failed.",
        )
    for part in parts:
        if settlement is Settlement.ADOPT:
            _refuse_absent(part, worlds)
        if settlement is not Settlement.ABANDON:
            _refuse_open_release(part)
    decided = (IntentSettled(part.campaign_id, settlement) for part in parts)
    journal.record(*decided, at=worlds.asked.waiting.now())
    return "\n".join(f"{part.campaign_id} is {_DONE[settlement]}" for part in parts)


def _waiting_for_decision(recorded: Recorded, address: str) -> tuple[RecordedPart, ...]:
    return tuple(
        part
        for part in recorded.parts.values()
        if f"campaign/{part.name}" == address
        and (part.state is PartState.INTENDED or part.verification is Verification.FAILED or part.releasing)
    )


def _refuse_open_release(part: RecordedPart) -> None:
    if part.releasing:
        raise NothingToSettle(
            f"The release of {part.campaign_id} is open; only --abandon can end it. Nothing was settled.",
            "Apply again to continue it. With --abandon all its people count as called.",
        )


def _refuse_absent(part: RecordedPart, worlds: Worlds) -> None:
    campaign_id = part.campaign_id
    if read_look_up(worlds.api.read(look_up_request(campaign_id)), campaign_id) is None:
        raise NothingToSettle(
            f"{campaign_id} is not on Teli, so it cannot be adopted; nothing was settled.",
            "Wait: when it stays absent it lapses after the Project's `settle_after`, unless that is `never`."
            " To give it up now, use --abandon.",
        )
