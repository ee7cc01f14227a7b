"""A project in the middle of a day: something of everything that can be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from teli_iac.kinds.tallying import Counts
from teli_iac.model import Account, FieldChange, Hold, Status
from teli_iac.standing import CampaignStanding, PartStanding, Phase, Question, Standing

NOON = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
ACCOUNT = Account("https://api.teli.ai", "1762896364768x389173798861431550", "acme", "acme")


def part(name: str, phase: Phase, **facts: object) -> PartStanding:
    usual: dict[str, object] = {
        "campaign_id": f"acme_{name}_r1p1_aaaaaaaaaaaa",
        "run": 1,
        "part": 1,
        "phase": phase,
        "status_text": "active",
        "people": 600,
        "counts": Counts(total=600, reached=250, failed=40, voicemail=22, uncalled=288),
        "begin": NOON - timedelta(hours=3),
        "end": NOON + timedelta(hours=8),
        "freed": 0,
        "handed_on": 0,
        "caller_ids": 3,
        "by_person": None,
        "per_hour": None,
        "finish": None,
        "drift": (),
        "not_observable": ("agent_outbound_number", "number_pool", "redial", "leads"),
        "questions": (),
    }
    return PartStanding(**{**usual, **facts})  # type: ignore[arg-type]  # the names are PartStanding's own


def noon() -> Standing:
    """Six campaigns, what asks for attention first."""
    parts = {
        "doubtful": part(
            "doubtful",
            Phase.CALLING,
            counts=Counts(total=600, reached=250, failed=40, voicemail=22, uncalled=200),
            questions=(Question.DOES_NOT_ADD_UP,),
        ),
        "fall-renewals": part(
            "fall-renewals", Phase.CALLING, per_hour=104.0, finish=NOON + timedelta(hours=2, minutes=46)
        ),
        "late": part("late", Phase.CALLING, per_hour=10.0, finish=NOON + timedelta(days=1, hours=4)),
        "open": part("open", Phase.OPEN, counts=None, status_text="", questions=(Question.UNKNOWN_OUTCOME,)),
        "paused": part("paused", Phase.PAUSED, status_text="paused", by_person=Status.PAUSED),
        "spring": part(
            "spring",
            Phase.COMPLETED,
            status_text="completed",
            counts=Counts(total=600, reached=500, failed=70, voicemail=30, uncalled=0),
            drift=(FieldChange("contacts_count", 600, 601, None),),
        ),
    }
    campaigns = [CampaignStanding(f"campaign/{name}", (each,)) for name, each in parts.items()]
    return Standing(
        account=ACCOUNT,
        at=NOON,
        campaigns=tuple(sorted(campaigns, key=lambda each: (not each.asks, not each.live))),
        unmanaged=2,
        hold=Hold(NOON - timedelta(minutes=5), "ann@desk", "the price is wrong", ()),
        gaps=(),
    )
